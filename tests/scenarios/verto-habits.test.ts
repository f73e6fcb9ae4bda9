/** What only FreeSWITCH does, and what the phone makes of it. */

import { afterEach, expect, it, vi } from 'vitest';
import type { ClientOptions } from '../../lib/phone/options';
import type { LineSettings } from '../../lib/phone/settings';
import { sdp } from '../fakes/peer';
import { LINE, stage, VERTO, type Stage } from '../fakes/stage';

afterEach(() => {
  vi.useRealTimers();
});

const ASSISTANT: Partial<ClientOptions> = {
  login: '',
  password: '',
  anonymous_login: { target_type: 'ai_assistant', target_id: 'assistant-1' },
};

/** As the extension has it: trickling and kept peers are wanted wherever they can be had. */
const open = (options: Partial<ClientOptions> = {}, more: Parameters<typeof stage>[0] = {}): Stage =>
  stage({
    line: VERTO,
    ...more,
    options: { trickleIce: true, keepConnectionAliveOnSocketClose: true, ...options },
  });

async function drop({ server, pass }: Stage): Promise<void> {
  server.socket.drop();
  await pass(300);
}

it('signs in as user@domain at its own address, and asks for nothing that is not known there', async () => {
  const { phone, platform, server, pass } = open();
  await pass();
  expect(platform.socket.url).toBe('wss://pbx.example:8082');
  expect(server.last('login')).toEqual({
    login: 'agent042@pbx.example',
    passwd: 'example-only',
    loginParams: {},
    userVariables: {},
  });
  expect(server.heard()).toEqual(['login']);
  expect(phone.snapshot().lines[0]?.session.phase).toBe('ready');
});

it('waits for clientReady before it dials', async () => {
  const { phone, server, pass, call } = open({}, { prepare: (_platform, fake) => void (fake.saysReady = false) });
  await pass();
  phone.dial({ to: '1001' });
  await pass();
  expect(server.heard()).toEqual(['login']);
  server.say('verto.clientReady', { reattached_sessions: [] });
  await pass();
  expect(server.heard()).toEqual(['login', 'invite']);
  expect(call().state.phase).toBe('ringing');
});

it.each([
  ['Authentication Failure', -32001],
  ['Login Incorrect', -32001],
  ['Session in use', -32001],
])('stops at "%s" and keeps the words', async (message, code) => {
  const { phone, platform, pass } = open(
    {},
    {
      prepare: (_platform, fake) => fake.reply('login', () => ({ error: { code, message } })),
    },
  );
  await pass(60_000);
  expect(phone.snapshot().lines[0]?.session).toMatchObject({
    phase: 'stopped',
    because: { reason: 'login-refused', facts: { code, message } },
  });
  expect(platform.sockets).toHaveLength(1);
});

it('never trickles: descriptions go out whole, and where nothing was gathered none goes out', async () => {
  const { phone, platform, server, pass, call } = open();
  await pass();
  phone.dial({ to: '1001' });
  await pass();
  expect(platform.peer.options.trickle).toBe(false);
  expect(server.last('invite')['sdp']).toContain('a=candidate:');
  expect(server.last('invite')).not.toHaveProperty('trickle');
  platform.peer.finds({ candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 });
  phone.hangUp(call().id);

  platform.onPeer = (peer) => (peer.gathers = false);
  phone.dial({ to: '1002' });
  await pass();
  expect(call().state).toMatchObject({
    phase: 'ended',
    cause: { kind: 'failed', error: { reason: 'negotiation', facts: { why: 'no candidates' } } },
  });
  expect(server.heard()).toEqual(['login', 'invite', 'bye']);
  expect(platform.openMicrophones).toEqual([]);
});

it('comes back held where it was held: nothing but unhold ends it', async () => {
  const play = open();
  const { phone, platform, server, pass, call, talk } = play;
  const { id, leg } = await talk();
  await Promise.all([phone.hold(id, true), pass()]);
  server.kept = [{ call: leg, sdp: `${sdp('server-2')}a=sendrecv\r\n` }];
  await drop(play);
  platform.peer.connects();
  await pass();
  expect(call().state).toMatchObject({ phase: 'active', held: true });
  expect(platform.peer.muted).toBe(true);
  expect(server.requests('modify')).toHaveLength(1);
  await Promise.all([phone.hold(id, false), pass()]);
  expect(call().state).toMatchObject({ held: false });
  expect(platform.peer.muted).toBe(false);
});

it('brings each call back with a peer of its own, and ends the one that is not listed', async () => {
  const play = open();
  const { phone, platform, server, pass, talk } = play;
  const first = await talk('1001');
  const second = await talk('1002');
  server.kept = [{ call: second.leg, sdp: sdp('server-3') }];
  await drop(play);
  platform.peer.flows();
  await pass();
  expect(phone.snapshot().calls).toMatchObject([
    { id: first.id, state: { phase: 'ended', cause: { kind: 'lost', error: { reason: 'not-reattached' } } } },
    { id: second.id, state: { phase: 'active' } },
  ]);
  expect(server.heard().filter((verb) => verb === 'attach')).toHaveLength(1);
  expect(platform.openMicrophones).toHaveLength(1);
});

it('shows both strands lost while it is away, since this server stops the sound too', async () => {
  const play = open();
  const { platform, server, pass, call, talk } = play;
  const { leg } = await talk();
  platform.socketError = new (await import('../../lib/phone/model/errors')).PhoneError('unreachable');
  server.socket.drop();
  platform.peer.stalls();
  await pass();
  expect(call().state.phase).toBe('recovering');
  platform.socketError = null;
  server.kept = [{ call: leg, sdp: sdp('server-2') }];
  await pass(10_000);
  platform.peer.flows();
  await pass();
  expect(call()).toMatchObject({ state: { phase: 'active' }, sound: 'flowing' });
});

it('is lost where the detach window was over, and the line goes on', async () => {
  const play = open();
  const { phone, pass, call, talk, server } = play;
  await talk();
  await drop(play);
  expect(call().state).toMatchObject({ phase: 'ended', cause: { kind: 'lost' } });
  phone.dial({ to: '1001' });
  await pass();
  expect(server.heard().at(-1)).toBe('invite');
});

it('knows a server that stops from a person who hangs up', async () => {
  const play = open();
  const { phone, server, platform, pass, call, talk } = play;
  const { leg } = await talk();
  server.bye(leg, 'SYSTEM_SHUTDOWN', 701);
  server.socket.drop(1006);
  await pass();
  expect(call().state).toMatchObject({ phase: 'ended', cause: { kind: 'lost', name: 'SYSTEM_SHUTDOWN' } });
  await pass(300);
  expect(phone.snapshot().lines[0]?.session.phase).toBe('ready');
  expect(platform.openMicrophones).toEqual([]);
});

it('has missed a call that rang when the socket fell, at once', async () => {
  const { server, platform, pass, ended } = open();
  await pass();
  server.invite('leg-in');
  await pass();
  server.socket.drop();
  await pass();
  expect(ended).toMatchObject([{ cause: { kind: 'missed', error: { reason: 'disconnected' } } }]);
  expect(platform.speaker.now).toBe('off');
});

it('rings again for a person who was not answered yet when the socket fell', async () => {
  const play = open();
  const { phone, server, platform, pass, call } = play;
  await pass();
  const id = phone.dial({ to: '1001' });
  await pass();
  const before = server.leg();
  await drop(play);
  expect(server.leg()).not.toBe(before);
  expect(server.last('invite')).toMatchObject({ dialogParams: { destination_number: '1001' } });
  server.bye(before, 'ORIGINATOR_CANCEL', 487);
  server.picksUp(server.leg());
  await pass();
  platform.peer.flows();
  await pass();
  expect(call()).toMatchObject({ id, state: { phase: 'active' } });
});

it('counts its five minutes anew where the far end is called anew', async () => {
  const play = open();
  const { phone, server, pass, call } = play;
  await pass();
  phone.dial({ to: '1001' });
  await pass(200_000);
  const before = server.leg();
  await drop(play);
  expect(server.leg()).not.toBe(before);
  await pass(299_000);
  expect(call().state.phase).toBe('ringing');
  await pass(1000);
  expect(call().state).toMatchObject({ phase: 'ended', cause: { kind: 'no-answer' } });
});

it('answers an attach on a line that never fell, as the server sends one when it changes its media', async () => {
  const { platform, server, pass, call, talk } = open();
  const { id, leg } = await talk();
  server.attach(leg, sdp('server-2'));
  await pass(100);
  expect(server.last('attach')).toMatchObject({ sessid: 'session-1', dialogParams: { callID: leg } });
  platform.peer.flows();
  await pass();
  expect(call()).toMatchObject({ id, state: { phase: 'active' }, signalling: 'up', sound: 'flowing' });
  expect(platform.microphones).toHaveLength(1);
  expect(server.heard()).not.toContain('bye');
});

it('comes back to its calls in a new document', async () => {
  const first = open();
  const { leg } = await first.talk('1001');
  await first.pass(100);
  const resume = first.resumes.at(-1) ?? [];
  expect(resume).toMatchObject([{ line: LINE, sessid: 'session-1', voiceSdkId: null, calls: [{ leg }] }]);
  const second = open(
    {},
    {
      resume,
      prepare: (_platform, server) => void (server.kept = [{ call: leg, sdp: sdp('server-2') }]),
    },
  );
  await second.pass();
  expect(second.server.last('login')).toMatchObject({ sessid: 'session-1' });
  second.platform.peer.flows();
  await second.pass();
  expect(second.call()).toMatchObject({ state: { phase: 'active' }, muted: true, who: { number: '1001' } });
  first.phone.close();
});

it('carries headers as channel variables', async () => {
  const { server, pass, call } = open({ userVariables: { desk: 'front' } });
  await pass();
  server.invite('leg-in', { 'verto_h_X-Queue': 'sales', variables: { 'Event-Name': 'CHANNEL_DATA' } });
  await pass();
  expect(call().headers).toEqual([{ name: 'X-Queue', value: 'sales' }]);
  expect(server.last('login')).toMatchObject({ userVariables: { desk: 'front' } });
});

it('sends the headers of its line as variables with each call, beside those of the account, and no state of Telnyx’s', async () => {
  const customHeaders = [{ name: 'X-Ticket', value: '81' }];
  const { phone, server, pass } = open({
    customHeaders,
    clientState: 'eyJ0IjoxfQ==',
    userVariables: { desk: 'front' },
  });
  await pass();
  phone.dial({ to: '1001' });
  await pass();
  const { dialogParams } = server.last('verto.invite');
  expect(dialogParams).toMatchObject({ userVariables: { desk: 'front', 'verto_h_X-Ticket': '81' } });
  expect(JSON.stringify(dialogParams)).not.toContain('eyJ0IjoxfQ==');
});

it.each<[string, Partial<LineSettings>, Partial<ClientOptions>, string]>([
  ['no address', { kind: 'verto' }, {}, 'verto'],
  ['ws to another computer', { verto: { url: 'ws://pbx.example:8081', domain: 'pbx.example' } }, {}, 'verto.url'],
  ['another scheme', { verto: { url: 'https://pbx.example', domain: '' } }, {}, 'verto.url'],
  ['credentials in the address', { verto: { url: 'wss://a:b@pbx.example', domain: '' } }, {}, 'verto.url'],
  ['an assistant', VERTO, ASSISTANT, 'login'],
])('refuses %s, and opens no socket', async (_what, line, options, option) => {
  const { phone, platform, pass } = stage({ line: { kind: 'verto', ...line }, options });
  await pass(30_000);
  expect(platform.sockets).toHaveLength(0);
  const [view] = phone.snapshot().lines;
  expect(view?.session).toMatchObject({ phase: 'stopped', because: { reason: 'bad-option' } });
  expect(JSON.stringify(view?.session)).toContain(`"option":"${option}"`);
});

it.each([['ws://127.0.0.1:8081'], ['ws://localhost:8081/'], ['wss://pbx.example'], ['wss://[2001:db8::1]:8082']])(
  'goes to %s',
  async (url) => {
    const { platform, pass } = stage({ line: { ...VERTO, verto: { url, domain: 'd' } } });
    await pass();
    expect(platform.socket.url).toBe(url);
  },
);
