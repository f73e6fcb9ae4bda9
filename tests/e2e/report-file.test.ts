/** What leaves the built extension at the end of a call: a report among the downloads, and a BYE when the extension goes away. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../../scripts/stage/until';
import type { Actor } from './harness/actor';
import { Theatre } from './harness/theatre';

const NAME = /^call-\d{4}-\d\d-\d\d-\d{4}-\d\d-(?:in|out)-[\da-f]{8}\.json$/;
const TURN = { urls: 'turn:127.0.0.1:9', username: 'agent', credential: 'never-told' };

let theatre: Theatre;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(() => theatre.close());

async function person(user: 'alice' | 'bob', granted: readonly string[]): Promise<Actor> {
  const options = { debug: true, debugOutput: 'file', iceServers: [TURN], hangupOnBeforeUnload: user === 'alice' };
  const actor = await theatre.actor(user, { granted, settings: { options } });
  await actor.line('ready');
  return actor;
}

/** The one file of that person, once the browser has written the whole of it under its own name. */
async function report(folder: string): Promise<{ readonly name: string; readonly text: string }> {
  return until(`a report, and nothing else, is in ${folder}`, async () => {
    const [name, ...others] = await readdir(folder);
    if (name === undefined || others.length > 0) return null;
    const text = await readFile(join(folder, name), 'utf8');
    JSON.parse(text);
    return { name, text };
  });
}

it('keeps a report of each call, with the downloads permission and without it, and no secret in it', async () => {
  const [alice, bob] = await Promise.all([person('alice', []), person('bob', ['downloads'])]);
  const folders = [await alice.stage.keepDownloads(), await bob.stage.keepDownloads()] as const;
  await alice.ask('dial', { to: bob.account.extension });
  await bob.answers();
  await alice.call('active');
  await alice.endCalls();
  for (const [actor, folder, direction] of [
    [alice, folders[0], 'out'],
    [bob, folders[1], 'in'],
  ] as const) {
    const { name, text } = await report(folder);
    expect(name).toMatch(NAME);
    expect(JSON.parse(text)).toMatchObject({ version: 1, direction, output: 'file' });
    for (const secret of ['never-told', actor.account.password, 'ice-pwd:']) expect(text).not.toContain(secret);
  }

  // The extension is reloaded, as an update does it; alice wants her calls to end with it.
  await alice.ask('dial', { to: '2' });
  const { legs } = await alice.call('active');
  await alice.leaveDesk();
  await alice.stage.reload();
  const ended = await until('the gateway was told', () =>
    theatre.gateway.calls().find(({ callId, phase }) => callId === legs.id && phase === 'ended'),
  );
  expect(ended).toMatchObject({ endedBy: 'client', cause: 'NORMAL_CLEARING' });
});
