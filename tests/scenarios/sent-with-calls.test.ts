/** What a line sends with every call of its own: headers, state, the order of codecs; and who else gets to see it. */

import { afterEach, expect, it, vi } from 'vitest';
import { TelnyxClient } from '../../lib/phone';
import type { ClientOptions } from '../../lib/phone/options';
import { FakePlatform } from '../fakes/platform';
import { FakeServer } from '../fakes/server';
import { lineSettings, settings, stage, type Stage } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

const SENT = {
  customHeaders: [{ name: 'X-Key', value: 'hush' }],
  clientState: 'eyJ0IjoxfQ==',
  preferred_codecs: [{ mimeType: 'audio/PCMU' }, { mimeType: 'audio/opus' }],
} satisfies ClientOptions;
const CODECS = ['audio/PCMU', 'audio/opus'];
const ON_THE_WIRE = { custom_headers: SENT.customHeaders, clientState: SENT.clientState };
const dialog = ({ server }: Pick<Stage, 'server'>, method: string): unknown => server.last(method)['dialogParams'];

it('goes with a call that is dialled, and with the one that recovery makes of it', async () => {
  const play = stage({ options: SENT });
  await play.talk();
  expect(dialog(play, 'invite')).toMatchObject(ON_THE_WIRE);
  expect(play.platform.peer.options.codecs).toEqual(CODECS);
  play.server.attach(play.server.leg());
  await play.pass();
  expect(play.platform.peers).toHaveLength(2);
  expect(dialog(play, 'attach')).toMatchObject(ON_THE_WIRE);
  expect(play.platform.peer.options.codecs).toEqual(CODECS);
});

it('goes with an answer: headers in the place of the caller’s, the state stays the caller’s', async () => {
  const play = stage({ options: SENT });
  await play.pass();
  const theirs = { dialogParams: { custom_headers: [{ name: 'X-Queue', value: 'sales' }] }, client_state: 'dGhlaXJz' };
  play.server.invite('leg-in', theirs);
  await play.pass();
  expect(play.call().headers).toEqual([{ name: 'X-Queue', value: 'sales' }]);
  await Promise.all([play.phone.answer(play.call().id), play.pass()]);
  expect(dialog(play, 'answer')).toMatchObject({ ...ON_THE_WIRE, clientState: 'dGhlaXJz' });
  expect(play.platform.peer.options.codecs).toEqual(CODECS);
});

it('says nothing of its own where nothing is set: the caller’s headers go back', async () => {
  const play = stage();
  await play.talk();
  expect(dialog(play, 'invite')).not.toHaveProperty('custom_headers');
  expect(dialog(play, 'invite')).not.toHaveProperty('clientState');
  const other = stage();
  await other.pass();
  other.server.invite('leg-in', { dialogParams: { custom_headers: [{ name: 'X-Queue', value: 'sales' }] } });
  await other.pass();
  await Promise.all([other.phone.answer(other.call().id), other.pass()]);
  expect(dialog(other, 'answer')).toMatchObject({ custom_headers: [{ name: 'X-Queue', value: 'sales' }] });
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

it('is no reason to sign in again, and waits for no call: the next one has it', async () => {
  const play = stage();
  const { id } = await play.talk();
  play.phone.configure(settings([lineSettings(SENT)]));
  await play.pass();
  expect(play.phone.snapshot().lines[0]?.notices).toEqual([]);
  play.phone.hangUp(id);
  await play.pass();
  await play.talk();
  expect(dialog(play, 'invite')).toMatchObject(ON_THE_WIRE);
  expect(play.server.heard().filter((verb) => verb === 'login')).toHaveLength(1);
});

it('stands in no snapshot and no report', async () => {
  const play = stage({ options: SENT });
  await play.talk();
  const seen = JSON.stringify([play.snapshots, play.phone.snapshot(), play.phone.report(), play.platform.log]);
  expect(seen).toContain('X-Key');
  for (const value of ['hush', SENT.clientState]) expect(seen).not.toContain(value);
});
