import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fields, type Fields } from '../../gateway/fields';
import { Phone, dial, dialog, invite, pickUp } from './client';
import type { Client } from './client';
import { eventually, hears, hearsSilence } from './eventually';
import { useStage } from './stage';

const stage = useStage();
const frames = (client: Client) => client.raw.join('');

describe('signing in', () => {
  it('is ready at clientReady, with no token and no gateway state', async () => {
    const sessid = randomUUID();
    const client = await stage.signInVerto('alice', sessid);
    expect(client.sessid).toBe(sessid);
    expect(client.methods()).toEqual(['verto.clientReady']);
    expect(frames(client)).not.toContain('voice_sdk_id');
    await expect(client.ask('gatewayState', {})).rejects.toMatchObject({ code: -32_601 });
    expect(await client.ask('ping', {})).toEqual({ message: 'PONG', sessid });
    expect(stage.gateway.sessions()).toMatchObject([{ user: 'alice', dialect: 'verto' }]);
  });

  it.each([
    [{ login: 'alice@127.0.0.1', passwd: 'nope' }, -32_001, 'Authentication Failure'],
    [{ login: '9999@127.0.0.1', passwd: 'nope' }, -32_001, 'Login Incorrect'],
    [{ login: 'alice@127.0.0.1' }, -32_001, 'Missing passwd'],
    [{ sessid: 'x' }, -32_000, 'Authentication Required'],
    [{ login_token: 'x' }, -32_000, 'Authentication Required'],
  ])('refuses %o in its own words', async (params, code, message) => {
    const client = await stage.connectVerto();
    await expect(client.send('login', params)).rejects.toMatchObject({ code, message });
  });

  it('knows no method of the other dialect', async () => {
    const client = await stage.signInVerto();
    await expect(client.send('telnyx_rtc.ping', {})).rejects.toMatchObject({ code: -32_601 });
    const telnyx = await stage.signIn('bob');
    await expect(telnyx.send('verto.ping', {})).rejects.toMatchObject({ code: -32_601 });
  });

  it('answers a frame of another protocol', async () => {
    const client = await stage.signInVerto();
    client.sendText('{"jsonrpc":"1.0","method":"verto.ping","params":{},"id":16}');
    await eventually('it is refused', () =>
      frames(client).includes('"id":16,"error":{"code":-32600,"message":"Invalid message"}'),
    );
  });
});

describe('calls', () => {
  it('says nothing while it rings, and brings the description with the answer', async () => {
    const client = await stage.signInVerto();
    const call = await dial(client, '2');
    expect(client.methods()).toEqual(['verto.clientReady', 'verto.answer']);
    const { sdp } = await client.next('answer');
    expect(sdp).not.toMatch(/a=mid|BUNDLE/);
    expect(sdp).toContain('UDP/TLS/RTP/SAVPF');
    await hears(call.phone.ear, 440);
    await hears(stage.ear(call.callId), 1000);
    expect(await client.ask('info', { dtmf: '5', ...dialog(call.callId) })).toEqual({
      message: 'SENT',
      sessid: client.sessid,
    });
    expect(await client.ask('bye', dialog(call.callId))).toEqual({
      callID: call.callId,
      message: 'CALL ENDED',
      causeCode: 16,
      cause: 'NORMAL_CLEARING',
      sessid: client.sessid,
    });
  });

  it.each([
    ['3', 'USER_BUSY', 17],
    ['12', 'CALL_REJECTED', 21],
    ['13', 'UNALLOCATED_NUMBER', 1],
    ['77', 'NO_ROUTE_DESTINATION', 3],
  ])('refuses %s by a late bye with cause and code alone', async (number, cause, causeCode) => {
    const client = await stage.signInVerto();
    const { callId, result } = await invite(client, number);
    expect(result).toEqual({ message: 'CALL CREATED', callID: callId, sessid: client.sessid });
    expect(await client.next('bye')).toEqual({ callID: callId, causeCode, cause });
    expect(client.all('ringing')).toEqual([]);
  });

  it.each([
    ['no candidates', ''],
    ['hidden addresses alone', 'a=candidate:1 1 udp 2122260223 0f8f5a31-6d41.local 50000 typ host\r\n'],
    ['TCP alone', 'a=candidate:1 1 tcp 1518280447 127.0.0.1 9 typ host tcptype active\r\n'],
  ])('refuses an offer with %s', async (_what, candidates) => {
    const client = await stage.signInVerto();
    const callId = randomUUID();
    const sdp = `${(await new Phone().peer.offer()).replace(/^a=candidate.*\r\n/gm, '')}${candidates}`;
    await client.ask('invite', { sdp, ...dialog(callId, { destination_number: '1' }) });
    expect(await client.next('bye')).toEqual({ callID: callId, causeCode: 88, cause: 'INCOMPATIBLE_DESTINATION' });
  });

  it('can be without a codec, ICE or a certificate, and takes back what it spoiled', async () => {
    const client = await stage.signInVerto();
    const { faults } = stage.gateway;
    faults.lack('codec');
    const { callId } = await invite(client, '1');
    expect(await client.next('bye')).toEqual({ callID: callId, causeCode: 88, cause: 'INCOMPATIBLE_DESTINATION' });
    for (const [count, [lack, line]] of (
      [
        ['ice', /^a=(ice-|candidate)/m],
        ['certificate', /^a=fingerprint/m],
      ] as const
    ).entries()) {
      faults.lack(lack);
      await invite(client, '1');
      expect((await client.next('answer', count))['sdp']).not.toMatch(line);
    }
    faults.lack('path');
    const silent = await invite(client, '1');
    expect(stage.call(silent.callId).audio.stoppedUntil).toBe('resumed');
    faults.lack(null);
    const { phone } = await dial(client, '9197');
    await hears(phone.ear, 440);
  });

  it('has no full ICE: the first candidate alone is tried, or where asked is all that sounds', async () => {
    const client = await stage.signInVerto();
    const nowhere = 'a=candidate:9 1 udp 2130706431 192.0.2.1 9 typ host\r\n';
    const unread = 'a=candidate:8 1 tcp 2130706431 192.0.2.1 9 typ host tcptype active\r\n';
    const talk = async (before: string) => {
      const callId = randomUUID();
      const phone = new Phone();
      const sdp = (await phone.peer.offer()).replace('a=candidate:', `${before}a=candidate:`);
      await client.ask('invite', { sdp, ...dialog(callId, { destination_number: '2' }) });
      const mine = (frame: Fields): boolean => fields(frame, 'params')['callID'] === callId;
      const answer = await eventually('it is answered', () => client.all('answer').find(mine) ?? null);
      await phone.peer.accept(String(fields(answer, 'params')['sdp']));
      phone.speak(900);
      return { callId, phone, connected: () => phone.peer.connected && stage.call(callId).audio.connected };
    };
    const astray = await talk(nowhere);
    stage.gateway.faults.lack('full-ice');
    const silent = await talk(nowhere);
    await eventually('the checks were answered', silent.connected);
    stage.gateway.faults.lack(null);
    const direct = await talk(unread);
    // Begun later, and heard already both ways.
    await hears(direct.phone.ear, 440);
    await hears(stage.ear(direct.callId), 900);
    expect([astray.connected(), silent.connected(), direct.connected()]).toEqual([false, true, true]);
    for (const { callId, phone } of [astray, silent])
      expect([phone.ear.heard().packets, stage.ear(callId).heard().packets]).toEqual([0, 0]);
  });

  it('offers without mid, bundle and telephone-event, and tells both whom they speak to', async () => {
    const alice = await stage.signInVerto('alice');
    const bob = await stage.signInVerto('bob');
    const userVariables = { 'verto_h_X-Ticket': '81' };
    const { callId, phone } = await invite(alice, 'bob', { userVariables });
    const atBob = await pickUp(bob, 1300);
    expect(atBob.offer).toContain(' RTP/SAVPF ');
    expect(atBob.offer).not.toMatch(/UDP\/TLS|a=mid|BUNDLE|telephone-event/);
    expect(atBob.invite).toMatchObject({ display_direction: 'outbound', 'verto_h_X-Ticket': '81' });
    expect(atBob.invite).not.toHaveProperty('dialogParams');
    await phone.peer.accept(String((await alice.next('answer'))['sdp']));
    phone.speak(800);
    await hears(phone.ear, 1300);
    await hears(atBob.phone.ear, 800);
    expect(await alice.next('display')).toMatchObject({
      callID: callId,
      display_name: 'Bob',
      display_direction: 'inbound',
    });
    expect(await bob.next('display')).toMatchObject({ callID: atBob.callId, display_name: 'Alice' });
  });

  it('connects the two dialects', async () => {
    const alice = await stage.signIn('alice');
    const bob = await stage.signInVerto('bob');
    const { phone } = await invite(alice, 'bob');
    const atBob = await pickUp(bob, 1300);
    await phone.peer.accept(String((await alice.next('media'))['sdp']));
    phone.speak(800);
    await hears(phone.ear, 1300);
    await hears(atBob.phone.ear, 800);
  });

  it('numbers the lost race as FreeSWITCH does', async () => {
    const alice = await stage.signInVerto('alice');
    const desk = await stage.signInVerto('bob');
    const mobile = await stage.signInVerto('bob');
    await invite(alice, 'bob');
    await desk.next('invite');
    await pickUp(mobile);
    expect(await desk.next('bye')).toMatchObject({ cause: 'LOSE_RACE', causeCode: 702 });
  });

  it('holds, transfers, and answers an action that it does not know', async () => {
    const alice = await stage.signInVerto('alice');
    const bob = await stage.signInVerto('bob');
    const { callId, phone } = await invite(alice, 'bob');
    const atBob = await pickUp(bob, 1300);
    await phone.peer.accept(String((await alice.next('answer'))['sdp']));
    const modify = (more: object) => alice.ask('modify', { ...more, ...dialog(callId) });
    const { sessid } = alice;
    expect(await modify({ action: 'hold' })).toEqual({ callID: callId, action: 'hold', holdState: 'held', sessid });
    await hearsSilence(phone.ear);
    expect(await modify({ action: 'unhold' })).toEqual({
      callID: callId,
      action: 'unhold',
      holdState: 'active',
      sessid,
    });
    await hears(phone.ear, 1300);
    expect(await modify({ action: 'fly' })).toEqual({ callID: callId, action: 'fly', holdState: 'active', sessid });
    expect(await modify({ action: 'transfer', destination: '2' })).toEqual({
      callID: callId,
      action: 'transfer',
      message: 'CALL TRANSFERRED',
      holdState: 'active',
      sessid,
    });
    expect(await alice.next('bye')).toEqual({ callID: callId, causeCode: 16, cause: 'NORMAL_CLEARING' });
    await hears(atBob.phone.ear, 440);
  });

  it('restarts ICE', async () => {
    const client = await stage.signInVerto();
    const call = await dial(client, '1', 900);
    await hears(call.phone.ear, 900);
    const sdp = await call.phone.peer.restart();
    const result = await client.ask('modify', { action: 'updateMedia', sdp, ...dialog(call.callId) });
    await call.phone.peer.accept(String(result['sdp']));
    call.phone.speak(1100);
    await hears(call.phone.ear, 1100);
    const nowhere = sdp.replace(/^a=candidate.*\r\n/gm, '');
    await expect(
      client.ask('modify', { action: 'updateMedia', sdp: nowhere, ...dialog(call.callId) }),
    ).rejects.toMatchObject({ code: -32_002, message: 'CODEC NEGOTIATION ERROR' });
  });
});

describe('early media', () => {
  /** So long that no machine is too busy to hear it before the answer. */
  const patient = useStage({ timing: { slowRingMs: 60_000 } });

  it('is heard before the answer', async () => {
    const client = await patient.signInVerto();
    const { phone } = await invite(client, '7');
    await phone.peer.accept(String((await client.next('media'))['sdp']));
    await hears(phone.ear, 425);
    expect(client.all('answer')).toEqual([]);
  });

  it('is the ringing of a person’s phone behind a seven, until that person answers', async () => {
    const alice = await stage.signInVerto('alice');
    const bob = await stage.signInVerto('bob');
    const { phone } = await invite(alice, '7202');
    await phone.peer.accept(String((await alice.next('media'))['sdp']));
    phone.speak(800);
    await hears(phone.ear, 425);
    expect(alice.all('answer')).toEqual([]);
    const atBob = await pickUp(bob, 1300);
    expect(await alice.next('answer')).not.toHaveProperty('sdp');
    await hears(phone.ear, 1300);
    await hears(atBob.phone.ear, 800);
  });

  it('is not heard of a person who is signed in nowhere', async () => {
    const alice = await stage.signInVerto('alice');
    await invite(alice, '7202');
    expect(await alice.next('bye')).toMatchObject({ cause: 'USER_NOT_REGISTERED' });
    expect(alice.all('media')).toEqual([]);
  });

  it('is followed by an answer without a description', async () => {
    const client = await stage.signInVerto();
    const { phone } = await invite(client, '7');
    await phone.peer.accept(String((await client.next('media'))['sdp']));
    expect(await client.next('answer')).not.toHaveProperty('sdp');
    await hears(phone.ear, 440);
  });
});

describe('a client that comes back', () => {
  async function away(): Promise<{ sessid: string; call: Awaited<ReturnType<typeof dial>> }> {
    const alice = await stage.signInVerto();
    const call = await dial(alice, '1', 900);
    await hears(call.phone.ear, 900);
    alice.cut();
    await eventually('alice is away', () => stage.gateway.sessions()[0]?.online === false);
    return { sessid: alice.sessid, call };
  }

  it('is offered its call before it is ready, over a new transport', async () => {
    const { sessid, call } = await away();
    const again = await stage.signInVerto('alice', sessid);
    expect(again.methods()).toEqual(['verto.attach', 'verto.clientReady']);
    expect(await again.next('clientReady')).toEqual({ reattached_sessions: [call.callId] });
    const { sdp } = await again.next('attach');
    expect(sdp).not.toContain(`a=ice-ufrag:${call.phone.peer.remote?.ufrag}`);
    const phone = new Phone();
    const answer = await phone.peer.answer(String(sdp));
    expect(await again.ask('attach', { sdp: answer, ...dialog(call.callId) })).toEqual({ sessid });
    phone.speak(1200);
    await hears(phone.ear, 1200);
  });

  it('hears nothing on the peer that it had, though the answer is taken', async () => {
    const { sessid, call } = await away();
    await eventually('the sound has stopped', () => (call.phone.ear.heard().quietForMs ?? 0) > 150);
    const again = await stage.signInVerto('alice', sessid);
    expect(await again.ask('attach', { sdp: call.offer, ...dialog(call.callId) })).toEqual({ sessid });
    call.phone.ear.resetCounts();
    // Begun later, and heard already.
    await hears((await dial(again, '2')).phone.ear, 440);
    expect(call.phone.ear.heard().packets).toBe(0);
    expect(call.phone.peer.connected).toBe(true);
  });

  it('finds nothing once the detach window is over, and the far side was told', async () => {
    const alice = await stage.signInVerto('alice');
    const bob = await stage.signInVerto('bob');
    await invite(alice, 'bob');
    const atBob = await pickUp(bob);
    await alice.next('answer');
    stage.gateway.faults.setDetachMs(0);
    alice.cut();
    expect(await bob.next('bye')).toEqual({ callID: atBob.callId, causeCode: 16, cause: 'NORMAL_CLEARING' });
    const again = await stage.signInVerto('alice', alice.sessid);
    expect(again.methods()).toEqual(['verto.clientReady']);
    expect(await again.next('clientReady')).toEqual({ reattached_sessions: [] });
  });

  it.each([
    ['caller', 'ORIGINATOR_CANCEL', 487],
    ['callee', 'DESTINATION_OUT_OF_ORDER', 27],
  ])('finds no call that still rang when its socket was cut: the %s’s', async (who, cause, causeCode) => {
    const alice = await stage.signInVerto('alice');
    const bob = await stage.signInVerto('bob');
    await invite(alice, 'bob');
    await bob.next('invite');
    const [gone, left] = who === 'caller' ? [alice, bob] : [bob, alice];
    gone.cut();
    expect(await left.next('bye')).toMatchObject({ cause, causeCode });
    const again = await stage.signInVerto(who === 'caller' ? 'alice' : 'bob', gone.sessid);
    expect(await again.next('clientReady')).toEqual({ reattached_sessions: [] });
  });

  it('does not find a call that was not to be kept', async () => {
    const alice = await stage.signInVerto();
    const { callId } = await invite(alice, '2', { recoverCall: false });
    await alice.next('answer');
    alice.cut();
    await eventually('the call is over', () => stage.call(callId).phase === 'ended');
  });

  it('puts its older socket out', async () => {
    const alice = await stage.signInVerto();
    const again = await stage.signInVerto('alice', alice.sessid);
    expect(await alice.next('punt')).toEqual({});
    expect(await alice.gone()).toBe(1000);
    expect(await again.ask('ping', {})).toMatchObject({ message: 'PONG' });
  });
});

describe('a gateway of this dialect', () => {
  const freeswitch = useStage({ dialect: 'verto' });

  it('speaks it at the root', async () => {
    const client = await freeswitch.connect();
    await client.send('login', { login: 'alice', passwd: freeswitch.gateway.accounts[0]?.password });
    expect(freeswitch.gateway.sessions()).toMatchObject([{ dialect: 'verto' }]);
  });
});
