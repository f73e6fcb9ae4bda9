import { describe, expect, it } from 'vitest';
import { iceOf, fingerprintOf } from '../../gateway/media/sdp';
import type { Call, Client } from './client';
import { Phone, dial, dialog, invite, pickUp } from './client';
import { eventually, hears } from './eventually';
import { useStage } from './stage';

const stage = useStage();

/** Alice with a tone of 440 Hz in her ear, whose socket has just been cut. */
async function cutOff(): Promise<{ call: Call; sessid: string }> {
  const alice = await stage.signIn();
  const call = await dial(alice, '1', 900);
  await hears(call.phone.ear, 900);
  stage.gateway.faults.close({ user: 'alice' });
  await alice.gone();
  return { call, sessid: alice.sessid };
}

/** Answers the attach with the description that the kept peer has. */
const keep = (client: Client, call: Call) =>
  client.ask('attach', { sdp: call.offer, ...dialog(call.callId, { attach: true }) });

/** Answers the attach with a new peer. */
async function rebuild(client: Client, call: Call, hertz: number): Promise<Phone> {
  const { sdp } = await client.next('attach');
  const phone = new Phone();
  const answer = await phone.peer.answer(String(sdp));
  await client.ask('attach', { sdp: answer, ...dialog(call.callId, { attach: true }) });
  phone.speak(hertz);
  return phone;
}

describe('a client that comes back', () => {
  it('is told of its calls and offered each again', async () => {
    const { call, sessid } = await cutOff();
    const again = await stage.signIn('alice', sessid);
    expect(again.sessid).toBe(sessid);
    expect(await again.next('clientReady')).toEqual({ reattached_sessions: [call.callId] });
    expect(await again.next('attach')).toMatchObject({
      callID: call.callId,
      sdp: expect.stringContaining('a=setup:actpass'),
      display_direction: 'inbound',
      callee_id_number: '1',
      telnyx_leg_id: expect.any(String),
    });
    const methods = again.methods();
    expect(methods.indexOf('telnyx_rtc.clientReady')).toBeLessThan(methods.indexOf('telnyx_rtc.attach'));
  });

  it('hears every packet when it keeps its peer', async () => {
    const { call, sessid } = await cutOff();
    call.phone.ear.resetCounts();
    stage.gateway.resetHeard(call.callId);
    const again = await stage.signIn('alice', sessid);
    const { sdp } = await again.next('attach');
    expect(iceOf(String(sdp))).toEqual(call.phone.peer.remote);
    expect(await keep(again, call)).toMatchObject({ message: 'CALL ATTACHED', callID: call.callId });
    expect(stage.call(call.callId).audio.returns).toEqual({ kept: 1, rebuilt: 0 });
    await eventually('a second of audio has passed since', () => call.phone.ear.heard().packets > 50);
    await hears(call.phone.ear, 900);
    expect(call.phone.ear.heard()).toMatchObject({ lost: 0 });
    expect(stage.ear(call.callId).heard()).toMatchObject({ lost: 0 });
  });

  it.each([
    ['the same', 'same'],
    ['new', 'new'],
  ] as const)('gets its audio back with a new peer, from an offer with %s credentials', async (_, credentials) => {
    const { call, sessid } = await cutOff();
    const before = call.phone.peer.remote;
    stage.gateway.faults.attach({ credentials });
    const again = await stage.signIn('alice', sessid);
    const { sdp } = await again.next('attach');
    const offered = iceOf(String(sdp));
    if (credentials === 'same') expect(offered).toEqual(before);
    else expect(offered?.ufrag).not.toBe(before?.ufrag);
    const phone = await rebuild(again, call, 1200);
    await hears(phone.ear, 1200);
    await hears(stage.ear(call.callId), 1200);
    expect(stage.call(call.callId).audio.returns).toEqual({ kept: 0, rebuilt: 1 });
  });

  it('shows a new fingerprint with new credentials only', async () => {
    const { call, sessid } = await cutOff();
    const again = await stage.signIn('alice', sessid);
    const same = fingerprintOf(String((await again.next('attach'))['sdp']));
    await keep(again, call);
    stage.gateway.faults.attach({ credentials: 'new' });
    stage.gateway.faults.close({ user: 'alice' });
    await again.gone();
    const third = await stage.signIn('alice', sessid);
    const fresh = fingerprintOf(String((await third.next('attach'))['sdp']));
    expect(fresh).not.toBe(same);
  });

  it('is still heard and hears over the old peer until the new one flows', async () => {
    const { call, sessid } = await cutOff();
    stage.gateway.faults.attach({ credentials: 'new' });
    const again = await stage.signIn('alice', sessid);
    const { sdp } = await again.next('attach');
    const phone = new Phone();
    const answer = await phone.peer.answer(String(sdp));
    call.phone.ear.resetCounts();
    stage.gateway.resetHeard(call.callId);
    await again.ask('attach', { sdp: answer, ...dialog(call.callId) });
    await eventually('the new transport is up', () => phone.peer.connected);
    await eventually('the old one still plays', () => call.phone.ear.heard().packets > 10);
    expect(stage.ear(call.callId).heard()).toMatchObject({ lost: 0 });
    phone.speak(1200);
    await hears(phone.ear, 1200);
    await eventually('the old one falls silent in the end', () => (call.phone.ear.heard().quietForMs ?? 0) > 300);
  });

  it('may build a new peer twice', async () => {
    const { call, sessid } = await cutOff();
    const second = await stage.signIn('alice', sessid);
    const phone = await rebuild(second, call, 1200);
    await hears(phone.ear, 1200);
    stage.gateway.faults.close({ user: 'alice' });
    await second.gone();
    const third = await stage.signIn('alice', sessid);
    const last = await rebuild(third, call, 700);
    await hears(last.ear, 700);
  });

  it('may find its kept peer silent, and build a new one from the same offer', async () => {
    const { call, sessid } = await cutOff();
    stage.gateway.faults.stopMedia({ until: 'replaced' });
    const again = await stage.signIn('alice', sessid);
    await again.next('attach');
    await keep(again, call);
    await eventually('nothing comes', () => (call.phone.ear.heard().quietForMs ?? 0) > 150);
    const phone = await rebuild(again, call, 1200);
    await hears(phone.ear, 1200);
    expect(stage.call(call.callId).audio).toMatchObject({ returns: { kept: 1, rebuilt: 1 }, stoppedUntil: null });
  });

  it('is refused a new peer that answers nothing', async () => {
    const alice = await stage.signIn();
    const call = await dial(alice, '1', 900);
    const sdp = await new Phone().peer.offer();
    await expect(alice.ask('attach', { sdp, ...dialog(call.callId) })).rejects.toMatchObject({ code: -32_002 });
    await hears(call.phone.ear, 900);
  });

  it('keeps its hold', async () => {
    const alice = await stage.signIn();
    const call = await dial(alice, '2');
    await alice.ask('modify', { action: 'hold', ...dialog(call.callId) });
    stage.gateway.faults.close({ user: 'alice' });
    await alice.gone();
    const again = await stage.signIn('alice', alice.sessid);
    await again.next('attach');
    await keep(again, call);
    expect(stage.call(call.callId).held).toBe(true);
    const result = await again.ask('modify', { action: 'unhold', ...dialog(call.callId) });
    expect(result).toMatchObject({ holdState: 'active' });
    await hears(call.phone.ear, 440);
  });

  it('gets both of its calls back', async () => {
    const alice = await stage.signIn();
    const one = await dial(alice, '2');
    const two = await dial(alice, '1', 900);
    stage.gateway.faults.close({ user: 'alice' });
    await alice.gone();
    const again = await stage.signIn('alice', alice.sessid);
    const ids = (await again.next('clientReady'))['reattached_sessions'];
    expect(new Set([ids].flat())).toEqual(new Set([one.callId, two.callId]));
    await again.next('attach', 1);
    await keep(again, one);
    await keep(again, two);
    await hears(one.phone.ear, 440);
    await hears(two.phone.ear, 900);
  });

  it('is offered its calls before it is ready, when the server is of that kind', async () => {
    const { sessid } = await cutOff();
    stage.gateway.faults.attach({ first: true });
    const again = await stage.signIn('alice', sessid);
    const methods = again.methods();
    expect(methods.indexOf('telnyx_rtc.attach')).toBe(0);
    expect(methods.indexOf('telnyx_rtc.clientReady')).toBe(1);
  });

  it('is listed its calls and offered none, when a fault says so', async () => {
    const { call, sessid } = await cutOff();
    stage.gateway.faults.attach({ skip: true });
    const again = await stage.signIn('alice', sessid);
    await again.ask('gatewayState', {});
    expect(again.all('attach')).toEqual([]);
    expect(await again.next('clientReady')).toEqual({ reattached_sessions: [call.callId] });
    await hears(call.phone.ear, 900);
  });

  it('takes the place of its own half-dead socket, which is punted', async () => {
    const alice = await stage.signIn();
    const call = await dial(alice, '2');
    const again = await stage.signIn('alice', alice.sessid);
    await alice.next('punt');
    expect(await alice.gone()).toBe(1000);
    expect(await again.next('attach')).toMatchObject({ callID: call.callId });
    await keep(again, call);
    await hears(call.phone.ear, 440);
    expect(stage.gateway.sessions()).toMatchObject([{ sessid: alice.sessid, online: true }]);
  });

  it('may end a call that it is offered', async () => {
    const { call, sessid } = await cutOff();
    const again = await stage.signIn('alice', sessid);
    await again.next('attach');
    expect(await again.ask('bye', { cause: 'NORMAL_CLEARING', causeCode: 16, ...dialog(call.callId) })).toMatchObject({
      message: 'CALL ENDED',
    });
    expect(stage.call(call.callId)).toMatchObject({ phase: 'ended', endedBy: 'client' });
  });

  it('is not offered a call whose other end hung up meanwhile', async () => {
    const { call, sessid } = await cutOff();
    expect(stage.gateway.faults.hangUp({ callId: call.callId })).toBe(true);
    const again = await stage.signIn('alice', sessid);
    expect(await again.next('clientReady')).toEqual({ reattached_sessions: [] });
    expect(again.all('bye')).toEqual([]);
  });

  it('finds nothing after the detach window', async () => {
    stage.gateway.faults.setDetachMs(30);
    const { call, sessid } = await cutOff();
    await eventually('the call is given up', () => stage.call(call.callId).phase === 'ended');
    expect(stage.call(call.callId)).toMatchObject({ cause: 'RECOVERY_ON_TIMER_EXPIRE', causeCode: 102 });
    const again = await stage.signIn('alice', sessid);
    expect(await again.next('clientReady')).toEqual({ reattached_sessions: [] });
  });
});

describe('calls that are not answered yet', () => {
  it('end with the socket of the caller', async () => {
    const alice = await stage.signIn('alice');
    const bob = await stage.signIn('bob');
    await invite(alice, 'bob');
    await bob.next('invite');
    alice.cut();
    expect(await bob.next('bye')).toMatchObject({ cause: 'ORIGINATOR_CANCEL' });
  });

  it('end with the socket of the callee', async () => {
    const alice = await stage.signIn('alice');
    const bob = await stage.signIn('bob');
    await invite(alice, 'bob');
    await bob.next('invite');
    bob.cut();
    expect(await alice.next('bye')).toMatchObject({ cause: 'DESTINATION_OUT_OF_ORDER', causeCode: 27 });
  });
});

describe('a server that keeps ringing calls', () => {
  const patient = useStage({ keepUnanswered: true });

  it('offers an incoming call again', async () => {
    const bob = await patient.signIn('bob');
    patient.gateway.call('bob', '2');
    const first = await bob.next('invite');
    bob.cut();
    await eventually('bob is away', () => patient.gateway.sessions()[0]?.online === false);
    const again = await patient.signIn('bob', bob.sessid);
    expect(await again.next('clientReady')).toEqual({ reattached_sessions: [first['callID']] });
    const call = await pickUp(again);
    expect(call.callId).toBe(first['callID']);
    await hears(call.phone.ear, 440);
  });

  it('goes on with an outgoing call', async () => {
    const alice = await patient.signIn('alice');
    const bob = await patient.signIn('bob');
    const { callId, phone } = await invite(alice, 'bob');
    await alice.next('ringing');
    alice.cut();
    await eventually('alice is away', () => patient.gateway.sessions()[0]?.online === false);
    const again = await patient.signIn('alice', alice.sessid);
    expect(await again.next('ringing')).toMatchObject({ callID: callId });
    await pickUp(bob, 1300);
    await phone.peer.accept(String((await again.next('media'))['sdp']));
    await again.next('answer');
    await hears(phone.ear, 1300);
  });
});
