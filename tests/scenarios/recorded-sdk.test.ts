/**
 * Our frames beside those of the official SDK that were recorded in 88 plays (@telnyx/webrtc 2.27.10, reference section
 * 15.3). recorded.json has what is in them: for each kind of frame its fields with their types, `(sometimes)` where not
 * every frame has them. Every difference stands in docs/PROTOCOL.md.
 */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TelnyxClient, type ClientOptions, type TelnyxCall } from '../../lib/phone';
import recorded from '../conformance/recorded.json';
import { fits, readTable } from '../conformance/table';
import { sdp } from '../fakes/peer';
import { FakePlatform } from '../fakes/platform';
import { FakeServer } from '../fakes/server';

interface Kind {
  readonly plays: number;
  readonly fields: { readonly [path: string]: string };
}
const RECORDED: { readonly [name: string]: Kind } = recorded;
const listed = [...readTable('differences'), ...readTable('recorded')];
const used = new Set<string>();

beforeEach(() => vi.useFakeTimers({ now: 1_800_000_000_000 }));
afterEach(() => vi.useRealTimers());

const pass = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const TURN = { urls: 'turn:turn.example:3478', username: 'agent', credential: 'never-told' };
/** Expires in an hour of the plays' time. */
const TOKEN = `e30.${btoa(JSON.stringify({ exp: 1_800_003_600 })).replace(/=+$/, '')}.sig`;

class Play {
  readonly platform = new FakePlatform();
  readonly server = new FakeServer(this.platform);
  readonly client: TelnyxClient;

  constructor(options: ClientOptions) {
    this.client = new TelnyxClient(options, { ports: this.platform.ports });
  }

  async ready(): Promise<this> {
    await this.client.connect();
    await pass();
    return this;
  }

  async talk(options: object = {}): Promise<TelnyxCall> {
    const call = this.client.newCall({ destinationNumber: '+15550100', ...options });
    await pass();
    this.server.rings(call.id);
    await pass();
    this.server.picksUp(call.id);
    this.platform.peer.flows();
    await pass();
    return call;
  }

  async hangUp(call: TelnyxCall): Promise<void> {
    await call.hangup();
    await pass();
  }

  frames(): readonly Record<string, unknown>[] {
    return this.platform.sockets.flatMap(({ sent }) => sent);
  }
}

const password = { login: 'agent042', password: 'example-only' };
const plays: readonly [name: string, run: () => Promise<Play>][] = [
  ['a password, and a call to its end', async () => calls({ ...password, iceServers: [TURN] })],
  ['a token', () => new Play({ login_token: TOKEN, iceServers: [] }).ready()],
  [
    'everything a call can carry',
    async () =>
      calls(
        { ...password, debug: true, userVariables: { team: 'support' }, mutedMicOnStart: true },
        {
          ...{ callerName: 'Support', callerNumber: '+15550199', remoteCallerName: 'Ada', clientState: 'eyJ0IjoxfQ==' },
          customHeaders: [{ name: 'X-Agent', value: '7' }],
        },
      ),
  ],
  [
    'one path after the other',
    async () => {
      const play = await new Play({ ...password, trickleIce: true, iceServers: [] }).ready();
      const call = await play.talk();
      play.platform.peer.finds({
        candidate: 'candidate:1 1 udp 1 192.0.2.7 5 typ host',
        sdpMid: '0',
        sdpMLineIndex: 0,
      });
      play.platform.peer.finds(null);
      play.server.say('telnyx_rtc.candidate', { callID: call.id, candidate: '', sdpMid: '0', sdpMLineIndex: 0 });
      await pass();
      await play.hangUp(call);
      return play;
    },
  ],
  [
    'hold, keys and a message',
    async () => {
      const play = await new Play({ ...password, iceServers: [] }).ready();
      const call = await play.talk();
      void call.hold();
      await pass();
      void call.unhold();
      await pass();
      call.dtmf('5');
      void call.message('+15550100', 'Hello');
      await pass(1000);
      await play.hangUp(call);
      return play;
    },
  ],
  [
    'a call that comes in',
    async () => {
      const play = await new Play({ ...password, iceServers: [] }).ready();
      play.server.invite('leg-1');
      await pass();
      void play.client.calls['leg-1']?.answer({ customHeaders: [{ name: 'X-Agent', value: '7' }] });
      await pass();
      play.platform.peer.flows();
      await pass();
      play.server.say('telnyx_rtc.display', { callID: 'leg-1', display_name: 'Bob', display_number: '+15550124' });
      await pass();
      play.server.bye('leg-1');
      await pass();
      return play;
    },
  ],
  [
    'a ping, a lost socket and the call offered again',
    async () => {
      const play = await new Play({ ...password, iceServers: [] }).ready();
      const call = await play.talk();
      play.server.say('telnyx_rtc.ping', { serno: 1 });
      await pass();
      play.server.kept = [{ call: call.id, sdp: sdp('server-2', 'BB') }];
      play.server.socket.drop();
      await pass(1500);
      play.platform.peer.flows();
      await pass(2500);
      await play.hangUp(call);
      return play;
    },
  ],
  [
    'a lost path',
    async () => {
      const play = await new Play({ ...password, iceServers: [] }).ready();
      const call = await play.talk();
      play.platform.peer.fails();
      await pass(3000);
      play.platform.peer.flows();
      await play.hangUp(call);
      return play;
    },
  ],
  [
    'an assistant',
    async () => {
      const target = { target_type: 'ai_assistant', target_id: 'assistant-1', target_version_id: 'v3' } as const;
      const play = await new Play({
        anonymous_login: { ...target, target_params: { conversation_id: 'c' } },
        iceServers: [],
      }).ready();
      const call = await play.talk({ destinationNumber: undefined });
      void call.sendConversationMessage('Hi there');
      await pass();
      await play.hangUp(call);
      return play;
    },
  ],
];

async function calls(options: ClientOptions, more: object = {}): Promise<Play> {
  const play = await new Play(options).ready();
  await play.hangUp(await play.talk(more));
  return play;
}

it.each(plays)('%s: says what was recorded, or what the table allows', async (_name, run) => {
  const play = await run();
  const differ = new Set(play.frames().flatMap((frame) => differencesOf(frame)));
  const beyond = [...differ].filter((difference) => {
    const rows = listed.filter((row) => fits(row, difference));
    for (const row of rows) used.add(row);
    return rows.length === 0;
  });
  expect(beyond).toEqual([]);
  expect(JSON.stringify(play.frames())).not.toContain('never-told');
});

it('plays every kind of frame that was recorded', async () => {
  const said = new Set((await Promise.all(plays.map(([, run]) => run()))).flatMap((play) => play.frames().map(nameOf)));
  const unsaid = Object.keys(RECORDED).filter((name) => !said.has(name));
  // Hold says what it wants, instead of turning around whatever there is.
  expect(unsaid).toEqual(['telnyx_rtc.modify:toggleHold']);
});

it('allows nothing that is not there', () => {
  expect(readTable('recorded').filter((row) => !used.has(row))).toEqual([]);
});

function nameOf(frame: Record<string, unknown>): string {
  const { method, type, result, params } = frame as {
    method?: string;
    type?: string;
    result?: { method: string };
    params?: { action?: string };
  };
  const name = method ?? type ?? (result ? `ack:${result.method}` : 'error');
  return params?.action === undefined ? name : `${name}:${params.action}`;
}

function differencesOf(frame: Record<string, unknown>): readonly string[] {
  const name = nameOf(frame);
  const kind = RECORDED[name];
  const short = name.replace('telnyx_rtc.', '');
  if (kind === undefined) return [`${short} *: nothing → said`];
  const { id: _id, ...members } = frame;
  const ours = fieldsOf(members);
  const found: string[] = [];
  for (const [path, value] of ours) {
    const theirs = kind.fields[path];
    if (theirs === undefined) found.push(`${short} ${path}: nothing → ${JSON.stringify(value)}`);
    else if (!isLike(value, theirs))
      found.push(`${short} ${path}: ${theirs.replace(' (sometimes)', '')} → ${JSON.stringify(value)}`);
  }
  for (const [path, theirs] of Object.entries(kind.fields))
    if (!theirs.endsWith(' (sometimes)') && !ours.has(path)) found.push(`${short} ${path}: ${theirs} → nothing`);
  return found;
}

/** Paths with their values; entries of lists share one path. A sample of statistics is one field: what is in it is the browser's. */
function fieldsOf(value: unknown, path = '', into = new Map<string, unknown>()): Map<string, unknown> {
  if (Array.isArray(value) && typeof value[0] === 'object')
    for (const entry of value) fieldsOf(entry, `${path}[]`, into);
  else if (typeof value === 'object' && value !== null && !Array.isArray(value) && path !== 'debug_report_data')
    for (const [key, entry] of Object.entries(value)) fieldsOf(entry, path === '' ? key : `${path}.${key}`, into);
  else into.set(path, value);
  return into;
}

/** Recorded as a type, or as the few values that it had. */
function isLike(value: unknown, recordedAs: string): boolean {
  const type = value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
  const [kinds = ''] = recordedAs.split(' (sometimes)');
  return kinds.split('|').includes(type) || kinds.split(' or ').includes(JSON.stringify(value));
}
