/** An outgoing call from the first click to the last word. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { DIALECTS, stageOver } from '../fakes/dialects';
import { stage } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

const SIGN_IN = { telnyx: ['login', 'gatewayState'], verto: ['login'] } as const;

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);

  it('is answered at once where media and answer come back to back, and a slow description changes nothing', async () => {
    const { phone, platform, server, pass, call } = stage({
      prepare: (fake) => {
        fake.onPeer = (peer) => (peer.acceptDelayMs = 300);
      },
    });
    await pass();
    phone.dial({ to: '100' });
    await pass();
    const leg = server.leg();
    server.ringing(leg);
    server.media(leg);
    server.answer(leg);
    await pass(299);
    expect(call().state.phase).toBe('ringing');
    await pass(1);
    expect(call().state.phase).toBe('connecting');
    platform.peer.flows();
    await pass();
    expect(call().state.phase).toBe('active');
  });

  it('says how long it took to set up, without the time that it rang', async () => {
    const { phone, platform, server, pass, call } = stage();
    await pass();
    phone.dial({ to: '100' });
    await pass(250);
    const leg = server.leg();
    server.ringing(leg);
    await pass(5_000);
    server.media(leg);
    server.answer(leg);
    await pass(400);
    expect(call().state.phase).toBe('connecting');
    expect(call().setUpMs).toBeUndefined();
    platform.peer.flows();
    await pass();
    // Where no word of the ringing comes it rings from the invite's result on.
    const setUpMs = dialect === 'telnyx' ? 650 : 400;
    expect(call()).toMatchObject({ state: { phase: 'active' }, setUpMs });
    await Promise.all([phone.hold(call().id, true), pass(1_000)]);
    expect(call().setUpMs).toBe(setUpMs);
  });

  it('is not taken back by a late CALL CREATED', async () => {
    const { phone, platform, server, pass, call } = stage();
    await pass();
    let created: (() => void) | null = null;
    server.reply('invite', ({ id }) => {
      created = () => server.socket.say({ jsonrpc: '2.0', id, result: { message: 'CALL CREATED' } });
      return null;
    });
    phone.dial({ to: '100' });
    await pass();
    const leg = server.leg();
    server.media(leg);
    server.answer(leg);
    platform.peer.flows();
    await pass();
    expect(call().state.phase).toBe('active');
    (created as (() => void) | null)?.();
    await pass();
    expect(call().state.phase).toBe('active');
  });

  it('takes a description that comes only with the answer, or only after it', async () => {
    const { phone, platform, server, pass, call } = stage();
    await pass();
    phone.dial({ to: '100' });
    await pass();
    server.answer(server.leg(), 'v=0\r\nanswer\r\n');
    await pass();
    expect(platform.peer.remoteSdp()).toContain('answer');
    expect(call().state.phase).toBe('connecting');
    phone.hangUp(call().id);

    phone.dial({ to: '101' });
    await pass();
    const second = server.leg();
    server.answer(second);
    await pass();
    server.media(second);
    await pass();
    platform.peer.flows();
    await pass();
    expect(call().state.phase).toBe('active');
  });

  it('ends with a reason where the answer never brings a description', async () => {
    const { phone, server, pass, call } = stage();
    await pass();
    phone.dial({ to: '100' });
    await pass();
    server.answer(server.leg());
    await pass(10_000);
    expect(call().state).toMatchObject({ phase: 'ended', cause: { kind: 'failed', error: { reason: 'negotiation' } } });
    expect(server.heard().at(-1)).toBe('bye');
  });

  it('waits for the line to be ready and dials then', async () => {
    const { phone, server, pass, call } = stage();
    const id = phone.dial({ to: '100' });
    expect(call()).toMatchObject({ id, state: { phase: 'dialling' } });
    await pass();
    expect(server.heard()).toEqual([...SIGN_IN[dialect], 'invite']);
  });

  it('fails with the server’s absence as its reason where the line never gets ready', async () => {
    const { phone, platform, pass, call } = stage({
      prepare: (fake) => {
        fake.isOnline = false;
      },
    });
    await pass();
    phone.dial({ to: '100' });
    await pass(20_000);
    expect(call().state).toMatchObject({ phase: 'ended', cause: { kind: 'failed', error: { reason: 'offline' } } });
    expect(platform.peers).toHaveLength(0);
  });

  it.each([
    ['USER_BUSY', 17, 'busy'],
    ['CALL_REJECTED', 21, 'declined-there'],
    ['UNALLOCATED_NUMBER', 1, 'no-such-number'],
    ['NO_ANSWER', 19, 'no-answer'],
    ['NORMAL_TEMPORARY_FAILURE', 41, 'unavailable'],
  ])('ends %s (%i) as %s, with the server’s words beside it', async (cause, code, kind) => {
    const { phone, platform, server, pass, call } = stage();
    await pass();
    phone.dial({ to: '100' });
    await pass();
    const leg = server.leg();
    server.ringing(leg);
    server.bye(leg, cause, code, { sipCode: 486, sipReason: 'Busy Here' });
    await pass();
    expect(call().state).toMatchObject({
      phase: 'ended',
      cause: { kind, code, name: cause, sipCode: 486, sipReason: 'Busy Here' },
    });
    expect(platform.openMicrophones).toEqual([]);
    expect(platform.speaker.now).toBe('off');
    expect(server.heard()).not.toContain('bye');
  });

  it('cancels with BYE, and without one where the server never heard of the call', async () => {
    const { phone, platform, server, pass, call } = stage();
    await pass();
    const id = phone.dial({ to: '100' });
    await pass();
    phone.hangUp(id);
    await pass();
    expect(call().state).toMatchObject({ phase: 'ended', cause: { kind: 'cancelled' } });
    expect(server.last('bye')).toMatchObject({ cause: 'ORIGINATOR_CANCEL', causeCode: 487 });

    platform.microphoneDelayMs = 50;
    const second = phone.dial({ to: '101' });
    phone.hangUp(second);
    await pass(100);
    expect(server.heard().filter((verb) => verb === 'bye')).toHaveLength(1);
    expect(platform.openMicrophones).toEqual([]);
    expect(platform.peers.every(({ closed }) => closed)).toBe(true);
  });

  it('rings for five minutes at most where no word comes any more, and then nobody answered', async () => {
    const { phone, platform, server, pass, call } = stage();
    await pass();
    phone.dial({ to: '100' });
    await pass();
    const leg = server.leg();
    if (dialect === 'telnyx') server.ringing(leg);
    await pass(200_000);
    // Told twice, it still rings since the first time.
    if (dialect === 'telnyx') server.ringing(leg);
    await pass(99_000);
    expect(call().state.phase).toBe('ringing');
    expect(server.heard()).not.toContain('bye');
    await pass(1000);
    expect(call().state).toMatchObject({ phase: 'ended', cause: { kind: 'no-answer', error: null } });
    expect(server.last('bye')).toMatchObject({
      cause: 'ORIGINATOR_CANCEL',
      causeCode: 487,
      dialogParams: { callID: leg },
    });
    expect(platform.openMicrophones).toEqual([]);
    expect(platform.speaker.now).toBe('off');
  });

  it('takes nobody out of a queue whose music is heard, and rings no further than five minutes once that stops', async () => {
    const { phone, platform, server, pass, call } = stage();
    await pass();
    phone.dial({ to: '100' });
    await pass();
    server.media(server.leg());
    await pass();
    platform.peer.flows();
    await pass(900_000);
    expect(call().state).toMatchObject({ phase: 'ringing', earlyMedia: true });
    platform.peer.stalls();
    await pass(300_000);
    expect(call().state).toMatchObject({ phase: 'ended', cause: { kind: 'no-answer' } });
  });

  it('ends with the refusal where the server will not have the invite', async () => {
    const { phone, server, pass, call } = stage();
    await pass();
    server.reply('invite', () => ({ error: { code: -32002, message: 'CALL ERROR' } }));
    phone.dial({ to: '100' });
    await pass();
    expect(call().state).toMatchObject({
      phase: 'ended',
      cause: { kind: 'failed', error: { reason: 'refused', facts: { code: -32002, message: 'CALL ERROR' } } },
    });
  });
});

it('signs in, dials, rings, talks and hangs up, in the order of Telnyx’s protocol', async () => {
  const { phone, platform, server, pass, call, ended } = stage();
  await pass();
  expect(phone.snapshot().lines[0]?.session.phase).toBe('ready');
  expect(server.heard()).toEqual(['login', 'gatewayState']);

  const id = phone.dial({ to: '+15550100', name: 'Dana' });
  expect(call().state.phase).toBe('dialling');
  await pass();
  const leg = server.leg();
  expect(server.last('invite')).toMatchObject({
    sessid: 'session-1',
    dialogParams: { callID: leg, destination_number: '+15550100', caller_id_number: '+15550199', attach: false },
  });

  server.ringing(leg);
  await pass();
  expect(call().state).toMatchObject({ phase: 'ringing', earlyMedia: false });
  expect(platform.speaker.now).toBe('out');

  server.media(leg);
  await pass();
  expect(call().state).toMatchObject({ phase: 'ringing', earlyMedia: true });
  expect(platform.speaker.now).toBe('off');

  server.answer(leg);
  await pass();
  expect(call().state.phase).toBe('connecting');
  platform.peer.flows();
  await pass();
  expect(call()).toMatchObject({
    state: { phase: 'active', held: false },
    sound: 'flowing',
    telnyxIds: { callControlId: 'v3:one' },
  });

  phone.hangUp(id);
  expect(platform.openMicrophones).toEqual([]);
  await pass();
  expect(server.last('bye')).toMatchObject({ cause: 'NORMAL_CLEARING', causeCode: 16 });
  expect(server.heard()).toEqual(['login', 'gatewayState', 'invite', 'bye']);
  expect(ended).toMatchObject([{ id, direction: 'out', who: { name: 'Dana' }, cause: { kind: 'hung-up-here' } }]);
  expect(server.acknowledged()).toEqual(['telnyx_rtc.ringing', 'telnyx_rtc.media', 'telnyx_rtc.answer']);
});

/** Over FreeSWITCH it rings from the invite's result on, as nothing is said of the ringing there: that has its own, longer time. */
it('ends a call that the server took and never says another word of', async () => {
  const { phone, server, platform, pass, call } = stage();
  await pass();
  phone.dial({ to: '100' });
  await pass(89_000);
  expect(call().state.phase).toBe('dialling');
  await pass(1000);
  expect(call().state).toMatchObject({ phase: 'ended', cause: { kind: 'failed', error: { reason: 'timeout' } } });
  expect(server.last('bye')).toMatchObject({ dialogParams: { callID: server.leg() } });
  expect(platform.openMicrophones).toEqual([]);
});
