/** An incoming call: rung, answered, declined, missed, and the second one beside the first. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { PhoneError } from '../../lib/phone/model/errors';
import { DIALECTS, stageOver } from '../fakes/dialects';
import { stage } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

/** Each of them keeps its server from trying elsewhere. */
const DECLINED = {
  telnyx: { cause: 'USER_BUSY', causeCode: 17 },
  verto: { cause: 'CALL_REJECTED', causeCode: 21 },
} as const;

describe.each(DIALECTS)('over %s', (dialect) => {
  const stage = stageOver(dialect);

  it('rings, is answered and talks', async () => {
    const { phone, platform, server, pass, call, ended } = stage();
    await pass();
    server.invite('leg-in');
    await pass();
    expect(call()).toMatchObject({
      direction: 'in',
      who: { name: 'Ada', number: '+15550123' },
      ours: { number: '+15550199' },
      state: { phase: 'ringing' },
    });
    expect(platform.speaker.now).toBe('in');
    expect(platform.microphones).toHaveLength(0);
    expect(server.acknowledged()).toContain(`${server.prefix}invite`);

    await Promise.all([phone.answer(call().id), pass()]);
    expect(call().state.phase).toBe('connecting');
    expect(platform.speaker.now).toBe('off');
    expect(server.last('answer')).toMatchObject({ dialogParams: { callID: 'leg-in' } });
    platform.peer.flows();
    await pass();
    expect(call().state.phase).toBe('active');

    server.bye('leg-in');
    await pass();
    expect(ended).toMatchObject([{ direction: 'in', cause: { kind: 'hung-up-there' } }]);
    expect(platform.openMicrophones).toEqual([]);
  });

  it('declines with the cause that keeps the server from trying again', async () => {
    const { phone, server, pass, call } = stage();
    await pass();
    server.invite('leg-in');
    await pass();
    phone.decline(call().id);
    await pass();
    expect(server.last('bye')).toMatchObject({ ...DECLINED[dialect], dialogParams: { callID: 'leg-in' } });
    expect(call().state).toMatchObject({ phase: 'ended', cause: { kind: 'declined-here' } });
  });

  it.each([
    ['busy', 'USER_BUSY', 17],
    ['away', 'NO_ANSWER', 19],
    ['unwanted', 'CALL_REJECTED', 21],
  ] as const)('declines as %s with %s', async (reason, cause, causeCode) => {
    const { phone, server, pass, call } = stage();
    await pass();
    server.invite('leg-in');
    await pass();
    phone.decline(call().id, reason);
    await pass();
    expect(server.last('bye')).toMatchObject({ cause, causeCode, dialogParams: { callID: 'leg-in' } });
    expect(call().state).toMatchObject({ phase: 'ended', cause: { kind: 'declined-here' } });
  });

  it('declines a blocked number before it rings, whatever its spelling, and tells the history', async () => {
    const { platform, server, pass, phases, ended } = stage({
      settings: { blocked: ['+44 20 7946 0999', '+1 555-0100'] },
    });
    await pass();
    server.invite('leg-in', { caller_id_number: '15550100' });
    await pass();
    expect(server.last('bye')).toMatchObject({ ...DECLINED[dialect], dialogParams: { callID: 'leg-in' } });
    expect(phases()).toEqual(['ended']);
    expect(platform.speaker.rings).not.toContain('in');
    expect(ended).toMatchObject([{ direction: 'in', who: { number: '15550100' }, cause: { kind: 'blocked' } }]);
  });

  it('rings for everybody else, and for one who hides the number', async () => {
    const { server, pass, call } = stage({ settings: { blocked: ['+15550100', ''] } });
    await pass();
    server.invite('leg-1', { caller_id_number: '+15550101' });
    await pass();
    expect(call().state.phase).toBe('ringing');
    server.bye('leg-1', 'ORIGINATOR_CANCEL', 487);
    server.invite('leg-2', { caller_id_number: '' });
    await pass();
    expect(call().state.phase).toBe('ringing');
  });

  it.each([
    ['ORIGINATOR_CANCEL', 487, 'missed'],
    ['LOSE_RACE', 502, 'answered-elsewhere'],
    ['NO_ANSWER', 19, 'missed'],
  ])('after %s (%i) it is %s and the ring stops', async (cause, code, kind) => {
    const { platform, server, pass, call } = stage();
    await pass();
    server.invite('leg-in');
    await pass();
    server.bye('leg-in', cause, code);
    await pass();
    expect(call().state).toMatchObject({ phase: 'ended', cause: { kind } });
    expect(platform.speaker.now).toBe('off');
  });

  it('rings on where the microphone is refused, says so, and can be answered once it is granted', async () => {
    const { phone, platform, server, pass, call } = stage();
    await pass();
    server.invite('leg-in');
    await pass();
    platform.microphoneError = new PhoneError('microphone-denied');
    const answered = phone.answer(call().id);
    const refused = expect(answered).rejects.toMatchObject({ reason: 'microphone-denied' });
    await pass();
    await refused;
    expect(call()).toMatchObject({ state: { phase: 'ringing' }, trouble: { reason: 'microphone-denied' } });

    platform.microphoneError = null;
    await Promise.all([phone.answer(call().id), pass()]);
    expect(call()).toMatchObject({ state: { phase: 'connecting' }, trouble: null });
  });

  it('refuses to be answered twice', async () => {
    const { phone, server, pass, call } = stage();
    await pass();
    server.invite('leg-in');
    await pass();
    const first = phone.answer(call().id);
    await expect(phone.answer(call().id)).rejects.toMatchObject({ reason: 'wrong-phase' });
    await Promise.all([first, pass()]);
    expect(server.heard().filter((verb) => verb === 'answer')).toHaveLength(1);
  });

  it('beeps beside a call that talks; answering holds the first', async () => {
    const { phone, platform, server, pass, talk } = stage();
    const { id } = await talk();
    server.invite('leg-in');
    await pass();
    expect(platform.speaker.now).toBe('waiting');
    const second = phone.snapshot().calls.find(({ direction }) => direction === 'in');
    if (!second) throw new Error('no second call');
    await Promise.all([phone.answer(second.id), pass()]);
    platform.peer.flows();
    await pass();
    expect(platform.speaker.now).toBe('off');
    expect(phone.snapshot().calls).toMatchObject([
      { id, state: { phase: 'active', held: true } },
      { id: second.id, state: { phase: 'active', held: false } },
    ]);
    expect(server.last('modify')).toMatchObject({ action: 'hold' });
  });

  it('can be silenced without being answered', async () => {
    const { phone, platform, server, pass, call } = stage();
    await pass();
    server.invite('leg-in');
    await pass();
    phone.silence(call().id);
    expect(platform.speaker.now).toBe('off');
    expect(call().state.phase).toBe('ringing');
  });

  it('says busy and rings nothing while it must not disturb', async () => {
    const { platform, server, pass, ended } = stage({ settings: { doNotDisturbUntil: -1 } });
    await pass();
    server.invite('leg-in');
    await pass();
    expect(platform.speaker.rings.filter((ring) => ring !== 'off')).toEqual([]);
    expect(server.last('bye')).toMatchObject({ cause: 'USER_BUSY', causeCode: 17 });
    expect(ended).toMatchObject([{ cause: { kind: 'missed' } }]);
  });

  it('answers by itself where that was chosen, unless a call talks', async () => {
    const { phone, platform, server, pass, call } = stage({ settings: { autoAnswerMs: 2000 } });
    await pass();
    server.invite('leg-in');
    await pass(1999);
    expect(call().state.phase).toBe('ringing');
    await pass(2);
    platform.peer.flows();
    await pass();
    expect(call().state.phase).toBe('active');
    server.invite('leg-two');
    await pass(5000);
    expect(phone.snapshot().calls.at(-1)?.state.phase).toBe('ringing');
  });

  it('ends with a reason where the offer cannot be answered', async () => {
    const { phone, platform, server, pass, call } = stage();
    await pass();
    platform.onPeer = (peer) => (peer.failNext = new PhoneError('negotiation', { step: 'answer' }));
    server.invite('leg-in');
    await pass();
    const refused = expect(phone.answer(call().id)).rejects.toMatchObject({ reason: 'negotiation' });
    await pass();
    await refused;
    expect(call().state).toMatchObject({ phase: 'ended', cause: { kind: 'failed', error: { reason: 'negotiation' } } });
    expect(server.heard().at(-1)).toBe('bye');
  });
});

it('keeps remote candidates that come before the answer', async () => {
  const { phone, platform, server, pass, call } = stage({ options: { trickleIce: true } });
  await pass();
  server.invite('leg-in');
  server.tell('candidate', { callID: 'leg-in', candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 });
  server.tell('endOfCandidates', { callID: 'leg-in' });
  await pass();
  await Promise.all([phone.answer(call().id), pass()]);
  expect(platform.peer.candidates).toEqual([{ candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 }, null]);
  expect(server.last('answer')).toMatchObject({ trickle: true });
});
