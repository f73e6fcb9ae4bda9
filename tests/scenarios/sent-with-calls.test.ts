/** What a line sends with every call of its own: headers, state, the order of codecs; and who else gets to see it. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { TelnyxClient } from '../../lib/phone';
import type { ClientOptions } from '../../lib/phone/options';
import { DIALECTS, lineOver, stageOver } from '../fakes/dialects';
import { FakePlatform } from '../fakes/platform';
import { FakeServer } from '../fakes/server';
import { settings, type Stage } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

const SENT = {
  customHeaders: [{ name: 'X-Key', value: 'hush' }],
  clientState: 'eyJ0IjoxfQ==',
  preferred_codecs: [{ mimeType: 'audio/PCMU' }, { mimeType: 'audio/opus' }],
} satisfies ClientOptions;
const CODECS = ['audio/PCMU', 'audio/opus'];
/** How each family spells it: what goes with a call of ours, what a caller sends, and what the answer to that has. */
const SPELLED = {
  telnyx: {
    own: { custom_headers: SENT.customHeaders, clientState: SENT.clientState },
    invite: { dialogParams: { custom_headers: [{ name: 'X-Queue', value: 'sales' }] }, client_state: 'dGhlaXJz' },
    answered: { custom_headers: SENT.customHeaders, clientState: 'dGhlaXJz' },
    back: { custom_headers: [{ name: 'X-Queue', value: 'sales' }] },
  },
  // A FreeSWITCH knows channel variables, and no state of a client's.
  verto: {
    own: { userVariables: { 'verto_h_X-Key': 'hush' } },
    invite: { 'verto_h_X-Queue': 'sales' },
    answered: { userVariables: { 'verto_h_X-Key': 'hush' } },
    back: { userVariables: { 'verto_h_X-Queue': 'sales' } },
  },
} as const;

const dialog = ({ server }: Pick<Stage, 'server'>, method: string): unknown => server.last(method)['dialogParams'];

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);
  const said = SPELLED[dialect];

  it('goes with a call that is dialled, and with the one that recovery makes of it', async () => {
    const play = stage({ options: SENT });
    await play.talk();
    expect(dialog(play, 'invite')).toMatchObject(said.own);
    expect(play.platform.peer.options.codecs).toEqual(CODECS);
    play.server.attach(play.server.leg());
    await play.pass();
    expect(play.platform.peers).toHaveLength(2);
    expect(dialog(play, 'attach')).toMatchObject(said.own);
    expect(play.platform.peer.options.codecs).toEqual(CODECS);
  });

  it('goes with an answer: headers in the place of the caller’s, the state stays the caller’s', async () => {
    const play = stage({ options: SENT });
    await play.pass();
    play.server.invite('leg-in', said.invite);
    await play.pass();
    expect(play.call().headers).toEqual([{ name: 'X-Queue', value: 'sales' }]);
    await Promise.all([play.phone.answer(play.call().id), play.pass()]);
    expect(dialog(play, 'answer')).toMatchObject(said.answered);
    expect(play.platform.peer.options.codecs).toEqual(CODECS);
  });

  it('says nothing of its own where nothing is set: the caller’s headers go back', async () => {
    const play = stage();
    await play.talk();
    for (const value of ['X-Key', 'clientState', 'hush'])
      expect(JSON.stringify(dialog(play, 'invite'))).not.toContain(value);
    const other = stage();
    await other.pass();
    other.server.invite('leg-in', said.invite);
    await other.pass();
    await Promise.all([other.phone.answer(other.call().id), other.pass()]);
    expect(dialog(other, 'answer')).toMatchObject(said.back);
  });

  it('is no reason to sign in again, and waits for no call: the next one has it', async () => {
    const play = stage();
    const { id } = await play.talk();
    play.phone.configure(settings([lineOver(dialect, SENT)]));
    await play.pass();
    expect(play.phone.snapshot().lines[0]?.notices).toEqual([]);
    play.phone.hangUp(id);
    await play.pass();
    await play.talk();
    expect(dialog(play, 'invite')).toMatchObject(said.own);
    expect(play.server.heard().filter((verb) => verb === 'login')).toHaveLength(1);
  });

  it('stands in no snapshot and no report', async () => {
    const play = stage({ options: SENT });
    await play.talk();
    const seen = JSON.stringify([play.snapshots, play.phone.snapshot(), play.phone.report(), play.platform.log]);
    expect(seen).toContain('X-Key');
    for (const value of ['hush', SENT.clientState]) expect(seen).not.toContain(value);
  });
});

it('gives way to what one call brings, an empty list included', async () => {
  vi.useFakeTimers({ now: 1_800_000_000_000 });
  const platform = new FakePlatform();
  const server = new FakeServer(platform);
  const client = new TelnyxClient({ login: 'a', password: 'b', iceServers: [], ...SENT }, { ports: platform.ports });
  const failed: unknown[] = [];
  client.on('telnyx.error', ({ error }) => failed.push(error.originalError.facts));
  await client.connect();
  await vi.advanceTimersByTimeAsync(0);
  client.newCall({ destinationNumber: '1', customHeaders: [], clientState: 'b3Ro', preferred_codecs: [] });
  await vi.advanceTimersByTimeAsync(0);
  expect(dialog({ server }, 'invite')).toMatchObject({ clientState: 'b3Ro' });
  expect(dialog({ server }, 'invite')).not.toHaveProperty('custom_headers');
  expect(platform.peer.options.codecs).toEqual([]);

  server.invite('leg-in');
  await vi.advanceTimersByTimeAsync(0);
  const call = client.calls['leg-in'];
  await call?.answer({ customHeaders: [{ name: 'Via', value: 'x' }] });
  expect(JSON.stringify(failed)).toContain('customHeaders[0].name');
  expect(call?.state).toBe('ringing');
  const answered = call?.answer({ customHeaders: [{ name: 'X-Own', value: 'x' }] });
  await Promise.all([answered, vi.advanceTimersByTimeAsync(0)]);
  expect(dialog({ server }, 'answer')).toMatchObject({ custom_headers: [{ name: 'X-Own', value: 'x' }] });
});
