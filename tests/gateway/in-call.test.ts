import { describe, expect, it } from 'vitest';
import { dial, dialog, invite, pickUp } from './client';
import type { Call, Client } from './client';
import { eventually, hears, hearsSilence } from './eventually';
import { useStage } from './stage';

const stage = useStage();

/** Alice at 800 Hz and Bob at 1300 Hz, in a call. */
async function inACall(): Promise<{ alice: Client; bob: Client; atAlice: Call; atBob: Call }> {
  const alice = await stage.signIn('alice');
  const bob = await stage.signIn('bob');
  const atAlice = await invite(alice, 'bob');
  const atBob = await pickUp(bob, 1300);
  await atAlice.phone.peer.accept(String((await alice.next('media'))['sdp']));
  atAlice.phone.speak(800);
  await hears(atBob.phone.ear, 800);
  return { alice, bob, atAlice, atBob };
}

const modify = (client: Client, callId: string, more: object) => client.ask('modify', { ...more, ...dialog(callId) });

/** One of the notes of the hold music. */
async function hearsMusic(call: Call): Promise<void> {
  await eventually('hold music is heard', () => {
    const { hertz } = call.phone.ear.heard(200);
    return hertz !== null && [262, 330, 392, 523].some((note) => Math.abs(note - hertz) < 6);
  });
}

describe('hold', () => {
  it('gives silence to the one who holds and music to the other, and takes both back', async () => {
    const { alice, atAlice, atBob } = await inACall();
    expect(await modify(alice, atAlice.callId, { action: 'hold' })).toMatchObject({
      callID: atAlice.callId,
      action: 'hold',
      holdState: 'held',
    });
    await hearsSilence(atAlice.phone.ear);
    await hearsMusic(atBob);
    expect(stage.call(atAlice.callId).held).toBe(true);
    expect(await modify(alice, atAlice.callId, { action: 'unhold' })).toMatchObject({ holdState: 'active' });
    await hears(atAlice.phone.ear, 1300);
    await hears(atBob.phone.ear, 800);
  });

  it('toggles', async () => {
    const { alice, atAlice } = await inACall();
    const toggle = () => modify(alice, atAlice.callId, { action: 'toggleHold' });
    expect(await toggle()).toMatchObject({ holdState: 'held' });
    expect(await toggle()).toMatchObject({ holdState: 'active' });
  });

  it('keeps packets coming while a bot is held', async () => {
    const alice = await stage.signIn();
    const call = await dial(alice, '2');
    await hears(call.phone.ear, 440);
    await modify(alice, call.callId, { action: 'hold' });
    const before = (await hearsSilence(call.phone.ear)).packets;
    await eventually('fifty more', () => call.phone.ear.heard().packets > before + 50);
    await modify(alice, call.callId, { action: 'unhold' });
    await hears(call.phone.ear, 440);
  });

  it('is refused before the answer', async () => {
    const alice = await stage.signIn();
    const { callId } = await invite(alice, '4');
    await expect(modify(alice, callId, { action: 'hold' })).rejects.toMatchObject({ code: -32_002 });
  });
});

describe('keys', () => {
  it('arrive in order, each as it was sent', async () => {
    const { alice, atAlice } = await inACall();
    for (const dtmf of ['1', '2', '345', '*', '#']) await alice.ask('info', { dtmf, ...dialog(atAlice.callId) });
    expect(stage.call(atAlice.callId).digits).toEqual(['1', '2', '345', '*', '#']);
  });
});

describe('an ICE restart', () => {
  it('gives new credentials and the same certificate, and the audio goes on', async () => {
    const alice = await stage.signIn();
    const call = await dial(alice, '1', 900);
    await hears(call.phone.ear, 900);
    const before = call.phone.peer.remote;
    const offer = await call.phone.peer.restart();
    const result = await modify(alice, call.callId, { action: 'updateMedia', callID: call.callId, sdp: offer });
    await call.phone.peer.accept(String(result['sdp']));
    expect(call.phone.peer.remote?.ufrag).not.toBe(before?.ufrag);
    call.phone.speak(1100);
    await hears(call.phone.ear, 1100);
  });

  it('is refused without a description', async () => {
    const alice = await stage.signIn();
    const call = await dial(alice, '1');
    await expect(modify(alice, call.callId, { action: 'updateMedia' })).rejects.toMatchObject({ code: -32_002 });
  });
});

describe('blind transfer', () => {
  it('connects the other end to the number and leaves', async () => {
    const { alice, bob, atAlice, atBob } = await inACall();
    expect(await modify(alice, atAlice.callId, { action: 'transfer', destination: '2' })).toMatchObject({
      message: 'CALL TRANSFERRED',
    });
    expect(await alice.next('bye')).toMatchObject({ callID: atAlice.callId, cause: 'NORMAL_CLEARING' });
    await hears(atBob.phone.ear, 440);
    expect(bob.all('bye')).toEqual([]);
  });

  it('takes a bot along to another account', async () => {
    const alice = await stage.signIn('alice');
    const bob = await stage.signIn('bob');
    const call = await dial(alice, '16');
    await hears(call.phone.ear, 600);
    await modify(alice, call.callId, { action: 'transfer', destination: 'bob' });
    const atBob = await pickUp(bob, 1300);
    expect(atBob.invite).toMatchObject({ caller_id_name: 'Customer' });
    await hears(atBob.phone.ear, 600);
  });

  it('plays ringback to the one who waits, and music no more when it was on hold', async () => {
    const { alice, atAlice, atBob } = await inACall();
    await stage.signIn('carol');
    await modify(alice, atAlice.callId, { action: 'hold' });
    await hearsMusic(atBob);
    await modify(alice, atAlice.callId, { action: 'transfer', destination: 'carol' });
    await hears(atBob.phone.ear, 425);
  });

  it('ends the calls of both with the reason when nobody has the number', async () => {
    const { alice, bob, atAlice, atBob } = await inACall();
    await modify(alice, atAlice.callId, { action: 'transfer', destination: '77' });
    expect(await bob.next('bye')).toMatchObject({ callID: atBob.callId, cause: 'UNALLOCATED_NUMBER' });
    expect(await alice.next('bye')).toMatchObject({ callID: atAlice.callId, cause: 'UNALLOCATED_NUMBER' });
  });

  it.each([
    ['1', 'without a destination', { action: 'transfer' }, 'destination missing'],
    ['1', 'without another call', { action: 'replace', replaceCallID: 'nobody' }, 'CALL DOES NOT EXIST'],
    ['9196', 'by an application of the dialplan', { action: 'transfer', destination: '2' }, 'call is not bridged'],
  ])('of %s is refused %s', async (number, _, params, message) => {
    const alice = await stage.signIn();
    const call = await dial(alice, number);
    await expect(modify(alice, call.callId, params)).rejects.toMatchObject({ code: -32_002, message });
  });
});

describe('attended transfer', () => {
  it('connects the two others, tells them who they speak to, and leaves both calls', async () => {
    const { alice, bob, atAlice, atBob } = await inACall();
    const carol = await stage.signIn('carol');
    await modify(alice, atAlice.callId, { action: 'hold' });
    const second = await invite(alice, 'carol');
    const atCarol = await pickUp(carol, 1700);
    await alice.next('answer', 1);
    await modify(alice, second.callId, { action: 'replace', replaceCallID: atAlice.callId });
    await alice.next('bye', 1);
    await hears(atCarol.phone.ear, 1300);
    await hears(atBob.phone.ear, 1700);
    expect(await bob.next('display')).toMatchObject({ callID: atBob.callId, display_name: 'Carol' });
    expect(await carol.next('display')).toMatchObject({ callID: atCarol.callId, display_name: 'Bob' });
  });

  it('works between the bots customer and expert', async () => {
    const alice = await stage.signIn();
    const customer = await dial(alice, '16');
    await modify(alice, customer.callId, { action: 'hold' });
    const expert = await dial(alice, '17');
    await hears(expert.phone.ear, 800);
    await modify(alice, expert.callId, { action: 'replace', replaceCallID: customer.callId });
    await alice.next('bye', 1);
    const heard = (name: string) => stage.gateway.bots().find((bot) => bot.name === name)?.heard.hertz ?? 0;
    await eventually(
      'they hear each other',
      () => Math.abs(heard('Customer') - 800) < 8 && Math.abs(heard('Expert') - 600) < 8,
    );
  });
});
