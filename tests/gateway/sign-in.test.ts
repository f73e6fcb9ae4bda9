import { describe, expect, it } from 'vitest';
import { eventually } from './eventually';
import { dial } from './client';
import { useStage } from './stage';

const stage = useStage();
const password = (user: string) => stage.gateway.accounts.find((account) => account.user === user)?.password;

describe('signing in', () => {
  it('gives a session and says that it is ready', async () => {
    const client = await stage.connect();
    const result = await client.login({ login: 'alice', passwd: password('alice') });
    expect(result).toEqual({ message: 'logged in', sessid: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(await client.next('clientReady')).toEqual({ reattached_sessions: [] });
    const state = await client.ask('gatewayState', {});
    expect(state).toEqual({ params: { state: 'REGED', region: 'local', dc: 'lo1' }, sessid: client.sessid });
  });

  it('puts its routing token on every frame after the sign-in', async () => {
    const client = await stage.signIn();
    await client.ask('ping', {});
    const tokens = new Set(client.raw.map((frame) => /"voice_sdk_id":"([^"]+)"/.exec(frame)?.[1]));
    expect([...tokens]).toEqual([expect.stringMatching(/^VSDK-/)]);
  });

  it('takes a user with a domain', async () => {
    const client = await stage.connect();
    await client.login({ login: 'bob@example.com', passwd: password('bob') });
    expect(stage.gateway.sessions()).toMatchObject([{ user: 'bob' }]);
  });

  it('takes a token that it gave out', async () => {
    const client = await stage.connect();
    await client.login({ login_token: stage.gateway.mintToken('carol') });
    expect(stage.gateway.sessions()).toMatchObject([{ user: 'carol' }]);
  });

  it.each([
    ['a wrong password', { login: 'alice', passwd: 'wrong' }, -32_001],
    ['an unknown user', { login: 'mallory', passwd: 'wrong' }, -32_001],
    ['no password', { login: 'alice' }, -32_001],
    ['a token that is no token', { login_token: 'abc' }, -32_001],
    ['a token that someone else signed', { login_token: 'eyJhIjoxfQ.eyJleHAiOjk5OTk5OTk5OTl9.eyJ9' }, -32_001],
    ['nothing at all', {}, -32_000],
    ['things of the wrong type', { login: 5, passwd: ['x'] }, -32_000],
  ])('refuses %s', async (_, params, code) => {
    const client = await stage.connect();
    await expect(client.send('login', params)).rejects.toMatchObject({ code });
    expect(stage.gateway.sessions()).toEqual([]);
  });

  it('refuses a token that has expired', async () => {
    const client = await stage.connect();
    const login_token = stage.gateway.mintToken('alice', -5_000);
    await expect(client.send('login', { login_token })).rejects.toMatchObject({ code: -32_001 });
  });

  it('lets in no one without a name but to the assistant', async () => {
    const client = await stage.connect();
    const params = { target_type: 'call_flow', target_id: 'x' };
    await expect(client.send('anonymous_login', params)).rejects.toMatchObject({ code: -32_001 });
    await client.send('anonymous_login', { target_type: 'ai_assistant', target_id: 'assistant-1' });
    expect(stage.gateway.sessions()).toMatchObject([{ user: 'anonymous' }]);
  });

  it('asks for authentication before anything else', async () => {
    const client = await stage.connect();
    for (const verb of ['invite', 'gatewayState', 'ping', 'nonsense']) {
      await expect(client.ask(verb, {})).rejects.toMatchObject({ code: -32_000 });
    }
  });

  it('keeps a session that the client names, and none of another account', async () => {
    const sessid = '7f1c3a10-6c5f-4d0e-9b3c-0d5f0a7c2e11';
    const alice = await stage.signIn('alice', sessid);
    expect(alice.sessid).toBe(sessid);
    const bob = await stage.connect();
    const params = { login: 'bob', passwd: password('bob'), sessid };
    await expect(bob.send('login', params)).rejects.toMatchObject({ code: -32_001, message: 'Session in use' });
  });

  it('lists the living calls when a client signs in again on the same socket', async () => {
    const client = await stage.signIn();
    const { callId } = await dial(client, '1');
    await client.send('login', { login_token: stage.gateway.mintToken('alice'), sessid: client.sessid });
    expect(await client.next('clientReady', 1)).toEqual({ reattached_sessions: [callId] });
    await client.ask('ping', {});
    expect(client.all('attach')).toEqual([]);
    expect(stage.call(callId)).toMatchObject({ phase: 'answered' });
  });
});

describe('frames that make no sense', () => {
  it('answers text that is not JSON, and stays alive', async () => {
    const client = await stage.signIn();
    client.sendText('hello?');
    client.sendText('[1, 2');
    await eventually('two errors arrive', () => client.raw.filter((frame) => frame.includes('-32600')).length === 2);
    expect(await client.ask('ping', {})).toMatchObject({ message: 'PONG' });
  });

  it('refuses an unknown method and a call without its parts', async () => {
    const client = await stage.signIn();
    await expect(client.ask('teleport', {})).rejects.toMatchObject({ code: -32_601 });
    await expect(client.ask('invite', { dialogParams: { callID: 'x' } })).rejects.toMatchObject({ code: -32_602 });
    await expect(client.ask('bye', { dialogParams: 7 })).rejects.toMatchObject({ code: -32_602 });
    await expect(client.ask('modify', { dialogParams: { callID: 'x' }, action: 5 })).rejects.toMatchObject({
      code: -32_602,
    });
    await expect(client.ask('bye', { dialogParams: { callID: 'x' } })).rejects.toMatchObject({ code: -32_002 });
  });

  it('ignores acknowledgements of what it never asked', async () => {
    const client = await stage.signIn();
    client.sendText('{"jsonrpc":"2.0","id":99999,"result":{}}');
    client.sendText('{"jsonrpc":"2.0","id":null,"error":{}}');
    expect(await client.ask('ping', {})).toMatchObject({ message: 'PONG' });
  });

  it('acknowledges the debug stream and channel subscriptions', async () => {
    const client = await stage.signIn();
    client.sendText('{"jsonrpc":"2.0","id":"report-1","type":"debug_report_start","call_id":"c"}');
    await eventually('the report is acknowledged', () =>
      client.raw.some((f) => f.includes('report-1') && f.includes('"ok"')),
    );
    expect(await client.ask('subscribe', { eventChannel: ['x'] })).toMatchObject({ subscribedChannels: ['x'] });
  });
});
