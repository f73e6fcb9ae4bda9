import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Phone, dialog, invite, pickUp } from './client';
import { eventually, hears } from './eventually';
import { useStage } from './stage';

const stage = useStage();

describe('a call between two accounts', () => {
  it.each(['bob', '202', '+14155550202', 'sip:bob@example.com'])(
    'reaches %s, and both hear each other',
    async (number) => {
      const alice = await stage.signIn('alice');
      const bob = await stage.signIn('bob');
      const { callId, phone } = await invite(alice, number);
      const atBob = await pickUp(bob, 1300);
      const { sdp } = await alice.next('media');
      await alice.next('answer');
      await phone.peer.accept(String(sdp));
      phone.speak(800);
      await hears(phone.ear, 1300);
      await hears(atBob.phone.ear, 800);
      await hears(stage.ear(callId), 800);
      await hears(stage.ear(atBob.callId), 1300);
      await alice.ask('bye', { cause: 'NORMAL_CLEARING', causeCode: 16, ...dialog(callId) });
      expect(await bob.next('bye')).toEqual({ callID: atBob.callId, cause: 'NORMAL_CLEARING', causeCode: 16 });
    },
  );

  it('tells who calls, with headers and client state', async () => {
    const alice = await stage.signIn('alice');
    const bob = await stage.signIn('bob');
    const custom_headers = [{ name: 'X-Ticket', value: '81' }];
    await invite(alice, 'bob', { custom_headers, clientState: 'eyJ0IjoxfQ==', caller_id_name: 'Support' });
    const ringing = await bob.next('invite');
    expect(ringing).toMatchObject({
      caller_id_name: 'Support',
      caller_id_number: '+14155550201',
      callee_id_name: 'Bob',
      callee_id_number: '+14155550202',
      display_direction: 'outbound',
      dialogParams: { custom_headers },
      client_state: 'eyJ0IjoxfQ==',
      telnyx_call_control_id: expect.any(String),
    });
    await alice.next('ringing');
  });

  it('tells the callee when the caller gives up', async () => {
    const alice = await stage.signIn('alice');
    const bob = await stage.signIn('bob');
    const { callId } = await invite(alice, 'bob');
    const ringing = await bob.next('invite');
    await alice.ask('bye', { cause: 'USER_BUSY', causeCode: 17, ...dialog(callId) });
    expect(await bob.next('bye')).toMatchObject({
      callID: ringing['callID'],
      cause: 'ORIGINATOR_CANCEL',
      causeCode: 487,
    });
  });

  it('tells the caller when the callee declines', async () => {
    const alice = await stage.signIn('alice');
    const bob = await stage.signIn('bob');
    const { callId } = await invite(alice, 'bob');
    const ringing = await bob.next('invite');
    await bob.ask('bye', { cause: 'USER_BUSY', causeCode: 17, ...dialog(String(ringing['callID'])) });
    expect(await alice.next('bye')).toMatchObject({ callID: callId, cause: 'USER_BUSY', causeCode: 17 });
  });

  it('says when the account is not signed in', async () => {
    const alice = await stage.signIn('alice');
    await invite(alice, 'bob');
    expect(await alice.next('bye')).toMatchObject({ cause: 'USER_NOT_REGISTERED', causeCode: 806 });
  });

  it('rings every phone of an account; the first to answer has the call', async () => {
    const alice = await stage.signIn('alice');
    const desk = await stage.signIn('bob');
    const mobile = await stage.signIn('bob');
    const { phone } = await invite(alice, 'bob');
    await desk.next('invite');
    await pickUp(mobile, 1300);
    expect(await desk.next('bye')).toMatchObject({ cause: 'LOSE_RACE', causeCode: 502 });
    await phone.peer.accept(String((await alice.next('media'))['sdp']));
    await hears(phone.ear, 1300);
  });

  it('refuses a second answer of a call', async () => {
    const bob = await stage.signIn('bob');
    stage.gateway.call('bob', '1');
    const { callId } = await pickUp(bob);
    const phone = new Phone();
    const sdp = await phone.peer.offer();
    await expect(bob.ask('answer', { sdp, ...dialog(callId) })).rejects.toMatchObject({ code: -32_002 });
  });
});

describe('a call that nobody takes', () => {
  const hasty = useStage({ timing: { noAnswerMs: 2_000 } });

  it('gives up when nobody answers', async () => {
    const alice = await hasty.signIn('alice');
    const bob = await hasty.signIn('bob');
    await invite(alice, 'bob');
    expect(await alice.next('bye')).toMatchObject({ cause: 'NO_ANSWER', causeCode: 19 });
    expect(await bob.next('bye')).toMatchObject({ cause: 'NO_ANSWER' });
  });
});

describe('calls from a bot', () => {
  it('ring the account, and play once it answers', async () => {
    const alice = await stage.signIn('alice');
    const [callId] = stage.gateway.call('alice', '2');
    const call = await pickUp(alice);
    expect(call.callId).toBe(callId);
    await hears(call.phone.ear, 440);
    await hears(stage.ear(call.callId), 1000);
  });

  it('ring nobody who is not there', () => {
    expect(stage.gateway.call('alice', '2')).toEqual([]);
    expect(stage.gateway.call('nobody', '2')).toEqual([]);
  });
});

describe('descriptions', () => {
  it('refuses a call id that is in use', async () => {
    const alice = await stage.signIn();
    const { callId, offer } = await invite(alice, '4');
    const again = alice.ask('invite', { sdp: offer, ...dialog(callId, { destination_number: '1' }) });
    await expect(again).rejects.toMatchObject({ code: -32_002, message: 'CALL ERROR' });
  });

  it('ends a call whose offer it cannot answer', async () => {
    const alice = await stage.signIn();
    const callId = randomUUID();
    await alice.ask('invite', { sdp: 'v=0\r\nnonsense', ...dialog(callId, { destination_number: '1' }) });
    expect(await alice.next('bye')).toMatchObject({ callID: callId, cause: 'INCOMPATIBLE_DESTINATION', causeCode: 88 });
  });

  it('speaks PCMU to a phone that knows nothing else, and translates for the other', async () => {
    const alice = await stage.signIn('alice');
    const bob = await stage.signIn('bob');
    const callId = randomUUID();
    const phone = new Phone();
    const both = await phone.peer.offer();
    const sdp = both.replace('SAVPF 111 0', 'SAVPF 0').replace(/a=(rtpmap|fmtp):111.*\r\n/g, '');
    await alice.ask('invite', { sdp, ...dialog(callId, { destination_number: 'bob' }) });
    const atBob = await pickUp(bob, 1300);
    await phone.peer.accept(String((await alice.next('media'))['sdp']));
    await hears(phone.ear, 1300);
    phone.speak(800, 'pcmu');
    await hears(atBob.phone.ear, 800);
    expect(stage.call(callId).audio.codec).toBe('pcmu');
    expect(stage.call(atBob.callId).audio.codec).toBe('opus');
  });

  it('takes candidates one by one', async () => {
    const alice = await stage.signIn();
    const callId = randomUUID();
    const phone = new Phone();
    const offer = await phone.peer.offer();
    const candidates = [...offer.matchAll(/^a=(candidate:.*)$/gm)].map((match) => String(match[1]).trim());
    const sdp = offer.replace(/^a=(candidate:.*|end-of-candidates)\r\n/gm, '');
    await alice.ask('invite', { sdp, trickle: true, ...dialog(callId, { destination_number: '2' }) });
    for (const candidate of candidates)
      await alice.ask('candidate', { candidate, sdpMid: '0', sdpMLineIndex: 0, ...dialog(callId) });
    await alice.ask('endOfCandidates', { endOfCandidates: true, ...dialog(callId) });
    await phone.peer.accept(String((await alice.next('media'))['sdp']));
    await hears(phone.ear, 440);
  });

  it('passes a text message on to the other end', async () => {
    const alice = await stage.signIn('alice');
    const bob = await stage.signIn('bob');
    const { callId } = await invite(alice, 'bob');
    const atBob = await pickUp(bob);
    await alice.next('answer');
    const msg = { from: 'alice', to: 'bob', body: 'hello' };
    expect(await alice.ask('info', { msg, ...dialog(callId) })).toMatchObject({ message: 'SENT' });
    await eventually('it is there', () => stage.call(atBob.callId).messages.length === 1);
    expect(stage.call(atBob.callId).messages).toEqual([msg]);
  });
});
