/** The plays that both clients perform, word for word the same. */

import type { Gateway } from '../../gateway/gateway';
import { expect } from 'vitest';
import type { TurnServer } from '../faults/turn';

export interface Performer {
  readonly gateway: Gateway;
  readonly turn: TurnServer;
  /** Calls a function of in-page.js. */
  play<T = void>(name: string, ...given: readonly unknown[]): Promise<T>;
  /** Waits until the client has said this to the gateway. */
  told(method: string): Promise<unknown>;
  /** Waits until the gateway has said this to the client, and the client that it knows. */
  acknowledged(method: string): Promise<unknown>;
  /** Waits until the client is ready again, by the frames after so many. */
  signedInAgain(after: number): Promise<unknown>;
  /** Signs alice in with these options beside her own, unless they bring credentials. */
  signIn(options?: object): Promise<void>;
}

export interface Play {
  readonly name: string;
  run(on: Performer): Promise<void>;
}

/** A call to that number, up to its answer. */
async function talk({ play }: Performer, number: string, options: object = {}): Promise<string> {
  const id = await play<string>('dial', number, options);
  await play('reaches', id, 'active');
  return id;
}

async function hangUp({ play }: Performer, id: string): Promise<void> {
  await play('hangUp', id);
  await play('ends', id);
}

async function rings({ gateway, play }: Performer): Promise<string> {
  gateway.call('alice', '2');
  return (await play<{ readonly id: string }>('rings')).id;
}

export const PLAYS: readonly Play[] = [
  { name: 'signs in with a password', run: (on) => on.signIn() },
  {
    name: 'signs in with a token',
    run: (on) => on.signIn({ login_token: on.gateway.mintToken('alice') }),
  },
  {
    name: 'signs in with everything the sign-in can carry',
    run: (on) => on.signIn({ pushWhenActive: true, earlySdpAnswer: true, userVariables: { team: 'support' } }),
  },
  {
    name: 'reaches an assistant and writes to it',
    async run(on) {
      await on.signIn({
        anonymous_login: {
          ...{ target_type: 'ai_assistant', target_id: 'assistant-1', target_version_id: 'v3' },
          target_params: { conversation_id: 'conversation-1' },
        },
      });
      const id = await talk(on, '');
      await on.play('tells', 'ai.conversation');
      await on.play('say', id, 'Hello');
      await hangUp(on, id);
    },
  },
  {
    name: 'calls, holds, takes back, presses keys, writes and hangs up',
    async run(on) {
      await on.signIn();
      const id = await talk(on, '11');
      await on.play('hold', id);
      await on.play('reaches', id, 'held');
      await on.play('unhold', id);
      await on.play('reaches', id, 'active');
      await on.play('dtmf', id, '5');
      await on.play('message', id, 'bob', 'Hello');
      await hangUp(on, id);
    },
  },
  {
    name: 'calls with headers, state and names of its own',
    async run(on) {
      await on.signIn();
      const id = await talk(on, '2', {
        ...{ callerName: 'Support', callerNumber: '+15550199', remoteCallerName: 'Ada', clientState: 'eyJ0IjoxfQ==' },
        ...{ customHeaders: [{ name: 'X-Ticket', value: '81' }], userVariables: { desk: '4' } },
      });
      await hangUp(on, id);
    },
  },
  {
    name: 'hears early media',
    async run(on) {
      await on.signIn();
      const id = await on.play<string>('dial', '7');
      await on.play('passes', id, 'early');
      await on.play('reaches', id, 'active');
      await hangUp(on, id);
    },
  },
  {
    name: 'finds the line busy',
    async run(on) {
      await on.signIn();
      await on.play('ends', await on.play<string>('dial', '3'));
    },
  },
  {
    name: 'gives up while it rings',
    async run(on) {
      await on.signIn();
      const id = await on.play<string>('dial', '4');
      await on.acknowledged('telnyx_rtc.ringing');
      await hangUp(on, id);
    },
  },
  {
    name: 'takes a call and hangs up',
    async run(on) {
      await on.signIn();
      const id = await rings(on);
      await on.play('answer', id);
      await on.play('reaches', id, 'active');
      await hangUp(on, id);
    },
  },
  {
    name: 'takes a call with headers of its own',
    async run(on) {
      await on.signIn();
      const id = await rings(on);
      await on.play('answer', id, { customHeaders: [{ name: 'X-Answer', value: 'yes' }] });
      await on.play('reaches', id, 'active');
      await hangUp(on, id);
    },
  },
  {
    name: 'declines a call',
    async run(on) {
      await on.signIn();
      await hangUp(on, await rings(on));
    },
  },
  {
    name: 'trickles out',
    async run(on) {
      await on.signIn({ trickleIce: true });
      const id = await talk(on, '2');
      await on.play('hears', 440);
      await on.told('telnyx_rtc.endOfCandidates');
      await hangUp(on, id);
    },
  },
  {
    name: 'trickles in',
    async run(on) {
      await on.signIn({ trickleIce: true });
      const id = await rings(on);
      await on.play('answer', id);
      await on.play('reaches', id, 'active');
      await on.play('hears', 440);
      await on.told('telnyx_rtc.endOfCandidates');
      await hangUp(on, id);
    },
  },
  {
    name: 'begins muted',
    async run(on) {
      await on.signIn({ mutedMicOnStart: true });
      const id = await talk(on, '2');
      await on.play('unmute', id);
      await hangUp(on, id);
    },
  },
  {
    name: 'prefetches',
    async run(on) {
      await on.signIn({ prefetchIceCandidates: true });
      await hangUp(on, await talk(on, '2'));
    },
  },
  {
    name: 'goes over a relay alone',
    async run(on) {
      await on.signIn({ iceServers: on.turn.iceServers, forceRelayCandidate: true });
      const id = await talk(on, '2');
      await on.play('hears', 440);
      expect(await on.play('pair')).toMatchObject({ local: 'relay' });
      await hangUp(on, id);
    },
  },
  {
    name: 'ends its call as the page goes',
    async run(on) {
      await on.signIn({ hangupOnBeforeUnload: true });
      const id = await talk(on, '2');
      await on.play('unload');
      await on.play('ends', id);
    },
  },
  {
    name: 'comes back to its session after a lost socket',
    async run(on) {
      await on.signIn({ skipLastVoiceSdkId: true, keepConnectionAliveOnSocketClose: true });
      const ready = on.gateway.frames().length;
      on.gateway.faults.close({ user: 'alice' });
      await on.signedInAgain(ready);
    },
  },
  {
    name: 'reports to the server',
    async run(on) {
      await on.signIn({ debug: true, debugOutput: 'socket' });
      const id = await talk(on, '2');
      await on.play('samples', 1);
      await hangUp(on, id);
      await on.play('tells', 'stats.report');
    },
  },
  {
    name: 'reports into a file',
    async run(on) {
      await on.signIn({ debug: true, debugOutput: 'file' });
      const id = await talk(on, '2');
      await on.play('samples', 1);
      await hangUp(on, id);
      await on.play('tells', 'stats.report');
    },
  },
];

/** Where each goes, without being connected: options and, where ours is another address on purpose, both. */
export const ADDRESSES: readonly {
  readonly options: object;
  readonly address: string;
  readonly ours?: string;
}[] = [
  { options: {}, address: 'wss://rtc.telnyx.com/' },
  { options: { region: 'apac', env: 'development' }, address: 'wss://apac.rtcdev.telnyx.com/' },
  { options: { useCanaryRtcServer: true }, address: 'wss://rtc.telnyx.com/?canary=true' },
  {
    options: { rtcIp: '192.0.2.10', rtcPort: 8082 },
    address: 'wss://rtc.telnyx.com/?rtc_ip=192.0.2.10&rtc_port=8082',
    ours: 'wss://192.0.2.10:8082/',
  },
  {
    options: { rtcIp: '192.0.2.10', rtcPort: 8082, rtcHints: true, useCanaryRtcServer: true, region: 'eu' },
    address: 'wss://eu.rtc.telnyx.com/?rtc_ip=192.0.2.10&rtc_port=8082',
  },
];

/** Path and query of the socket that follows a lost one, the routing token taken out. */
export const WAYS_BACK: readonly { readonly options: object; readonly door: string }[] = [
  { options: { useCanaryRtcServer: true }, door: '/?voice_sdk_id=…&canary=true' },
  { options: { skipLastVoiceSdkId: true }, door: '/?voice_sdk_id=…&skip_last_voice_sdk_id=true' },
];
