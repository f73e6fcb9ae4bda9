import { describe, expect, it } from 'vitest';
import { Client, dial, dialog } from './client';
import { eventually, hears } from './eventually';
import { useStage } from './stage';

const stage = useStage();

describe('sockets', () => {
  it.each([1000, 1001, 1011, 4014])('close with code %i', async (code) => {
    const client = await stage.signIn();
    expect(stage.gateway.faults.close({ code })).toBe(1);
    expect(await client.gone()).toBe(code);
  });

  it('are cut without a close frame', async () => {
    const client = await stage.signIn();
    stage.gateway.faults.close();
    expect(await client.gone()).toBe(1006);
  });

  it('are chosen by account, session or number', async () => {
    const alice = await stage.signIn('alice');
    const bob = await stage.signIn('bob');
    expect(stage.gateway.faults.close({ user: 'carol' })).toBe(0);
    expect(stage.gateway.faults.close({ sessid: bob.sessid })).toBe(1);
    await bob.gone();
    expect(alice.closed).toBeNull();
    const socket = stage.gateway.sessions().find(({ user }) => user === 'alice')?.socket ?? 0;
    expect(stage.gateway.faults.close({ socket })).toBe(1);
    await alice.gone();
  });

  it('go deaf: nothing that the client says is read', async () => {
    const client = await stage.signIn();
    stage.gateway.faults.halfDead({ direction: 'in' });
    const call = stage.gateway.call('alice', '2');
    void client.ask('ping', {}).catch(() => undefined);
    expect(await client.next('invite')).toMatchObject({ callID: call[0] });
    stage.gateway.faults.halfDead({ direction: 'none' });
    const result = await client.ask('ping', {});
    expect(result).toMatchObject({ message: 'PONG' });
    expect(client.raw.filter((frame) => frame.includes('PONG'))).toHaveLength(1);
  });

  it('go dumb: what the client says is read and never answered', async () => {
    const client = await stage.signIn();
    const call = await dial(client, '11');
    const before = client.raw.length;
    stage.gateway.faults.halfDead({ direction: 'out' });
    void client.ask('info', { dtmf: '7', ...dialog(call.callId) }).catch(() => undefined);
    await eventually('the key arrives', () => stage.call(call.callId).digits.join('') === '7');
    stage.gateway.faults.halfDead({ direction: 'none' });
    await client.ask('ping', {});
    // Had the key been answered, that would have come first.
    expect(client.raw.slice(before)).toEqual([expect.stringContaining('PONG')]);
  });

  it('are late, in order', async () => {
    const client = await stage.signIn();
    stage.gateway.faults.delay({ ms: 120 });
    const start = performance.now();
    const first = client.ask('ping', {}).then(() => 'ping');
    const second = client.ask('gatewayState', {}).then(() => 'state');
    expect(await Promise.race([first, second])).toBe('ping');
    expect(performance.now() - start).toBeGreaterThanOrEqual(110);
    await second;
  });

  it('say things twice', async () => {
    const client = await stage.signIn();
    const before = client.raw.length;
    stage.gateway.faults.duplicate({ times: 1 });
    await client.ask('ping', {});
    await client.ask('gatewayState', {});
    const frames = client.raw.slice(before);
    expect(frames).toHaveLength(3);
    expect(frames[0]).toBe(frames[1]);
  });

  it('say things in the wrong order', async () => {
    const client = await stage.signIn();
    const before = client.raw.length;
    stage.gateway.faults.reorder({ times: 1 });
    await Promise.all([client.ask('ping', {}), client.ask('gatewayState', {})]);
    const frames = client.raw.slice(before);
    expect(frames[0]).toContain('REGED');
    expect(frames[1]).toContain('PONG');
  });

  it('say things that make no sense', async () => {
    const client = await stage.signIn();
    stage.gateway.faults.garble({ text: '{"jsonrpc":' });
    stage.gateway.faults.garble({ text: '{"id":7,"method":["telnyx_rtc.bye"],"params":"no"}' });
    await eventually(
      'both arrive',
      () => client.raw.slice(-2).join('') === '{"jsonrpc":{"id":7,"method":["telnyx_rtc.bye"],"params":"no"}',
    );
  });
});

describe('requests', () => {
  it('are refused, as often as asked', async () => {
    const client = await stage.signIn();
    stage.gateway.faults.refuse({ method: 'gatewayState', code: -32_003, message: 'Gateway timeout', times: 2 });
    for (let i = 0; i < 2; i++) {
      await expect(client.ask('gatewayState', {})).rejects.toMatchObject({ code: -32_003, message: 'Gateway timeout' });
    }
    expect(await client.ask('gatewayState', {})).toMatchObject({ params: { state: 'REGED' } });
  });

  it('are refused to one account and not to another', async () => {
    const alice = await stage.signIn('alice');
    const bob = await stage.signIn('bob');
    stage.gateway.faults.refuse({ method: 'telnyx_rtc.ping', user: 'bob' });
    expect(await alice.ask('ping', {})).toMatchObject({ message: 'PONG' });
    await expect(bob.ask('ping', {})).rejects.toMatchObject({ code: -32_603 });
  });

  it('are refused at the sign-in too', async () => {
    stage.gateway.faults.refuse({ method: 'login', code: -32_000 });
    const client = await stage.connect();
    await expect(client.send('login', { login: 'alice', passwd: 'x' })).rejects.toMatchObject({ code: -32_000 });
  });

  it('get no answer', async () => {
    const client = await stage.signIn();
    stage.gateway.faults.withhold({ method: 'ping' });
    let answered = false;
    void client.ask('ping', {}).then(
      () => (answered = true),
      () => undefined,
    );
    await client.ask('ping', {});
    expect(answered).toBe(false);
  });

  it('are answered with other gateway states', async () => {
    const client = await stage.signIn();
    stage.gateway.faults.gatewayStates(['UNREGED', 'FAIL_WAIT']);
    expect(await client.ask('gatewayState', {})).toMatchObject({ params: { state: 'UNREGED' } });
    expect(await client.ask('gatewayState', {})).toMatchObject({ params: { state: 'FAIL_WAIT' } });
    expect(await client.ask('gatewayState', {})).toMatchObject({ params: { state: 'REGED' } });
  });
});

describe('the server', () => {
  it('says "signed in elsewhere" and closes', async () => {
    const client = await stage.signIn();
    stage.gateway.faults.punt();
    expect(await client.next('punt')).toEqual({});
    expect(await client.gone()).toBe(1000);
  });

  it('restarts and has forgotten everything', async () => {
    const client = await stage.signIn();
    await dial(client, '2');
    stage.gateway.faults.restart();
    expect(await client.gone()).toBe(1006);
    expect(client.all('bye')).toEqual([]);
    expect(stage.gateway.sessions()).toEqual([]);
    const again = await stage.signIn('alice', client.sessid);
    expect(await again.next('clientReady')).toEqual({ reattached_sessions: [] });
  });

  it('is down, and up again', async () => {
    const client = await stage.signIn();
    stage.gateway.faults.setDown(true);
    await client.gone();
    const stranger = await Client.connect(stage.gateway);
    expect(await stranger.gone()).toBe(1006);
    stage.gateway.faults.setDown(false);
    await stage.signIn();
  });
});

describe('media', () => {
  it('stops both ways and comes back', async () => {
    const client = await stage.signIn();
    const call = await dial(client, '1', 900);
    await hears(call.phone.ear, 900);
    stage.gateway.faults.stopMedia({ callId: call.callId });
    const quiet = (ms: number | null) => ms !== null && ms > 150;
    await eventually('nothing comes down', () => quiet(call.phone.ear.heard().quietForMs));
    await eventually('nothing goes up', () => quiet(stage.ear(call.callId).heard().quietForMs));
    stage.gateway.faults.resumeMedia({ callId: call.callId });
    await hears(call.phone.ear, 900);
  });

  it('comes back with an ICE restart', async () => {
    const client = await stage.signIn();
    const call = await dial(client, '2');
    await hears(call.phone.ear, 440);
    stage.gateway.faults.stopMedia({ until: 'restarted' });
    await eventually('nothing comes', () => (call.phone.ear.heard().quietForMs ?? 0) > 150);
    const sdp = await call.phone.peer.restart();
    const result = await client.ask('modify', { action: 'updateMedia', sdp, ...dialog(call.callId) });
    await call.phone.peer.accept(String(result['sdp']));
    await hears(call.phone.ear, 440);
  });
});

it('hangs up for the other end, with any cause', async () => {
  const client = await stage.signIn();
  const call = await dial(client, '2');
  expect(stage.gateway.faults.hangUp({ callId: 'nobody' })).toBe(false);
  expect(stage.gateway.faults.hangUp({ callId: call.callId, cause: 'NORMAL_TEMPORARY_FAILURE' })).toBe(true);
  expect(await client.next('bye')).toMatchObject({
    callID: call.callId,
    cause: 'NORMAL_TEMPORARY_FAILURE',
    causeCode: 41,
  });
});
