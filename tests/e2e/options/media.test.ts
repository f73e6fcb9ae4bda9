/** Options of how the sound finds its way and what is sent: each fails where it is ignored. */

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { until } from '../../../scripts/stage/until';
import { TurnServer } from '../../faults/turn';
import { eventually } from '../../gateway/eventually';
import { Desk } from './desk';

let desk: Desk;
let turn: TurnServer;
beforeAll(async () => {
  turn = await TurnServer.start();
  desk = await Desk.open();
});
afterEach(() => desk.clear());
afterAll(async () => {
  await turn.kill();
  await desk.close();
});

const kinds = (sdp: string): string[] => [...new Set([...sdp.matchAll(/ typ (\w+)/g)].map(([, kind]) => kind ?? ''))];
const configuration = async (): Promise<RTCConfiguration> =>
  (await desk.play<RTCConfiguration[]>('configurations')).at(-1) ?? {};
/** Listens, says nothing, and knows whether it was asked. */
async function stunServer(): Promise<{ readonly urls: string; asked(): boolean }> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => new Promise((resolve) => void socket.close(() => resolve())));
  let asked = false;
  socket.on('message', () => (asked = true));
  return { urls: `stun:127.0.0.1:${socket.address().port}`, asked: () => asked };
}
const heard = (id: string) => desk.gateway.heard(id, 500);

describe('iceServers', () => {
  const own = [{ urls: 'stun:127.0.0.1:9' }];

  it('are those of the environment where none are given, and none where the list is empty', async () => {
    // Not signed in by the plays' own way, which gives an empty list.
    await desk.signIn({ iceServers: null });
    await desk.play('dial', '2');
    await eventually('an invite', () => desk.said('telnyx_rtc.invite').length > 0);
    expect(JSON.stringify(await configuration())).toContain('stun:stun.telnyx.com:3478');
    await desk.play('dial', '2', { iceServers: [] });
    await desk.says('telnyx_rtc.invite', 2);
    expect((await configuration()).iceServers).toEqual([]);
  });

  it('replace the list for all calls, and another replaces it for one', async () => {
    await desk.signIn({ iceServers: own });
    await desk.talk();
    expect(JSON.stringify((await configuration()).iceServers)).toContain('stun:127.0.0.1:9');
    await desk.talk('2', { iceServers: [{ urls: 'stun:127.0.0.1:10' }] });
    expect(JSON.stringify((await configuration()).iceServers)).toContain('stun:127.0.0.1:10');
  });
});

describe('forceRelayCandidate', () => {
  it('offers relays alone, and a relay carries the sound', async () => {
    await desk.signIn({ iceServers: turn.iceServers, forceRelayCandidate: true });
    const id = await desk.talk();
    await desk.play('hears', 440);
    expect(kinds(desk.sdp())).toEqual(['relay']);
    expect(await desk.play('pair')).toMatchObject({ local: 'relay' });
    await eventually('the voice comes over it', () => Math.abs((heard(id)?.hertz ?? 0) - 1000) < 10);
    expect(JSON.stringify(desk.said('telnyx_rtc.invite'))).not.toContain('"credential"');
  });

  it('off: the shortest way carries it', async () => {
    await desk.signIn({ iceServers: turn.iceServers });
    await desk.talk();
    await desk.play('hears', 440);
    expect(kinds(desk.sdp())).toContain('host');
    // The first path that works may be the long one; it is left for the short one.
    await until('the sound goes straight', async () => {
      const pair = await desk.play<{ readonly local: string } | null>('pair');
      return pair !== null && pair.local !== 'relay';
    });
  });

  it('for one call alone', async () => {
    await desk.signIn({ iceServers: turn.iceServers });
    await desk.talk('2', { forceRelayCandidate: true });
    expect(kinds(desk.sdp())).toEqual(['relay']);
  });
});

describe('prefetchIceCandidates', () => {
  it.each([true, false])('%s: asks the STUN server before the microphone is open, or not', async (prefetch) => {
    const [stun, other] = [await stunServer(), await stunServer()];
    await desk.signIn({ iceServers: [{ urls: stun.urls }], prefetchIceCandidates: prefetch });
    await desk.play('keepMicrophone');
    await desk.play('dial', '2');
    await desk.play('microphoneAsked');
    // A connection that was made later has asked its server by now: so had the call, if it were to.
    await desk.play('asksStun', other.urls);
    await eventually('the other server is asked', () => other.asked());
    if (prefetch) await eventually('the server is asked', () => stun.asked());
    expect(stun.asked()).toBe(prefetch);
    await desk.play('openMicrophone');
    await eventually('the server is asked', () => stun.asked());
    expect((await configuration()).iceCandidatePoolSize).toBe(prefetch ? 1 : 0);
  });
});

describe('the paths of a call', () => {
  const refusing = () => turn.iceServers.map((server) => ({ ...server, credential: 'wrong' }));

  it('are warned of where no server gave one', async () => {
    await desk.signIn({ iceServers: refusing() });
    await desk.talk();
    await desk.play('warns', 33005);
    expect(kinds(desk.sdp())).toEqual(['host']);
  });

  it('are warned of where there is none', async () => {
    await desk.signIn({ iceServers: refusing(), forceRelayCandidate: true });
    await desk.play('dial', '2');
    await desk.play('warns', 33003);
  });

  it('are warned of where a server is slow, while it rings', async () => {
    const silent = await stunServer();
    await desk.sit();
    await desk.page.clock.install();
    await desk.signIn({ iceServers: [{ urls: silent.urls }], trickleIce: true });
    const id = await desk.play<string>('dial', '4');
    await desk.says('telnyx_rtc.candidate');
    // The server has taken the invite: its reply is not what is late after the jump.
    await desk.play('reaches', id, 'trying');
    expect(await desk.play('warnings')).toEqual([]);
    await desk.page.clock.fastForward(15_000);
    await desk.play('warns', 33002);
  });

  it('are not warned of where one was found before a server answered', async () => {
    const silent = await stunServer();
    await desk.signIn({ iceServers: [{ urls: silent.urls }], trickleIce: true, debug: true });
    await desk.talk();
    // A sample a second: the warning would have come by now.
    await desk.play('samples', 2);
    expect(await desk.warningsBesideQuality()).toEqual([]);
  });

  it('are warned of where the sound takes another', async () => {
    await desk.signIn();
    const callId = await desk.talk();
    await desk.play('hears', 440);
    desk.gateway.faults.stopMedia({ callId, until: 'restarted' });
    await desk.play('warns', 33008);
    await desk.play('hears', 440);
  });
});

describe('trickleIce', () => {
  it('on: the invite goes without candidates, which follow one by one up to their end', async () => {
    await desk.signIn({ trickleIce: true });
    await desk.talk();
    await desk.says('telnyx_rtc.endOfCandidates');
    expect(desk.params('telnyx_rtc.invite')).toMatchObject({ trickle: true });
    expect(kinds(desk.sdp())).toEqual([]);
    expect(desk.said('telnyx_rtc.candidate').length).toBeGreaterThan(0);
    await desk.play('hears', 440);
  });

  it('on: an answer goes so too', async () => {
    await desk.signIn({ trickleIce: true });
    const id = await desk.ringing();
    await desk.play('answer', id);
    await desk.play('hears', 440);
    expect(desk.params('telnyx_rtc.answer')).toMatchObject({ trickle: true });
    expect(kinds(desk.sdp('telnyx_rtc.answer'))).toEqual([]);
    expect(desk.said('telnyx_rtc.candidate').length).toBeGreaterThan(0);
  });

  it('off: one complete offer', async () => {
    await desk.signIn({ trickleIce: false });
    await desk.talk();
    await desk.play('hears', 440);
    expect(desk.params('telnyx_rtc.invite')).not.toHaveProperty('trickle');
    expect(kinds(desk.sdp())).toContain('host');
    expect(desk.said('telnyx_rtc.candidate')).toEqual([]);
  });

  it('for one call alone', async () => {
    await desk.signIn({ trickleIce: false });
    await desk.talk('2', { trickleIce: true });
    expect(desk.params('telnyx_rtc.invite')).toMatchObject({ trickle: true });
  });
});

describe('mutedMicOnStart', () => {
  const voice = (id: string) => Math.abs((heard(id)?.hertz ?? 0) - 1000) < 10;

  it('the far side hears silence until unmuted, and again from a microphone that is added', async () => {
    await desk.signIn({ mutedMicOnStart: true });
    const id = await desk.talk();
    await desk.play('hears', 440);
    await eventually('packets come', () => (heard(id)?.packets ?? 0) > 10);
    expect(voice(id)).toBe(false);
    await desk.play('unmute', id);
    await eventually('the voice comes', () => voice(id));
    const [microphone] = await desk.play<string[]>('microphones');
    await desk.play('useMicrophone', id, microphone);
    expect(await desk.play('muted', id)).toBe(true);
    const before = heard(id)?.packets ?? 0;
    await eventually('silence comes', () => (heard(id)?.packets ?? 0) > before + 25 && heard(id)?.silent);
  });

  it('off: the far side hears at once', async () => {
    await desk.signIn();
    const id = await desk.talk();
    await eventually('the voice comes', () => voice(id));
  });
});

describe('every call', () => {
  it('carries customHeaders and clientState of its line, and prefers its preferred_codecs', async () => {
    const customHeaders = [{ name: 'X-Desk', value: 'front' }];
    const preferred_codecs = [{ mimeType: 'audio/PCMU' }];
    await desk.signIn({ customHeaders, clientState: 'eyJ0IjoxfQ==', preferred_codecs });
    await desk.talk();
    const sent = { custom_headers: customHeaders, clientState: 'eyJ0IjoxfQ==' };
    expect(desk.dialog('telnyx_rtc.invite')).toMatchObject(sent);
    expect(desk.sdp()).toMatch(/m=audio \d+ \S+ 0 /);
    await desk.play('answer', await desk.ringing());
    await desk.says('telnyx_rtc.answer');
    expect(desk.dialog('telnyx_rtc.answer')).toMatchObject({ custom_headers: customHeaders });
    expect(desk.sdp('telnyx_rtc.answer')).toMatch(/m=audio \d+ \S+ 0 /);
  });
});

describe('one call', () => {
  it('carries headers, state and names of its own', async () => {
    await desk.signIn();
    await desk.talk('2', {
      ...{ customHeaders: [{ name: 'X-Ticket', value: '81' }], clientState: 'eyJ0IjoxfQ==', callerName: 'Support' },
      ...{ callerNumber: '+15550199', userVariables: { desk: '4' } },
    });
    expect(desk.dialog('telnyx_rtc.invite')).toMatchObject({
      ...{ custom_headers: [{ name: 'X-Ticket', value: '81' }], clientState: 'eyJ0IjoxfQ==' },
      ...{ caller_id_name: 'Support', caller_id_number: '+15550199', userVariables: { desk: '4' } },
    });
  });

  it('prefers the codecs it was given', async () => {
    await desk.signIn();
    await desk.talk('2', { preferred_codecs: [{ mimeType: 'audio/PCMU' }] });
    expect(desk.sdp()).toMatch(/m=audio \d+ \S+ 0 /);
    await desk.talk('2');
    expect(desk.sdp()).toMatch(/m=audio \d+ \S+ 111 /);
  });

  it('takes the microphone it was given', async () => {
    await desk.signIn();
    const microphones = await desk.play<string[]>('microphones');
    const last = microphones.at(-1);
    await desk.talk('2', { micId: last });
    expect(await desk.play('device')).toBe(last);
  });

  it('is refused with every fault at once', async () => {
    await desk.signIn();
    const wrong = { trickleIce: 'yes', customHeaders: 'X', colour: 'red' };
    const said = await desk.page.evaluate(`(() => { try { plays.dial('2', ${JSON.stringify(wrong)}); return [] }
      catch ({ facts }) { return facts.faults.map(({ option }) => option) } })()`);
    expect(said).toEqual(['trickleIce', 'customHeaders', 'colour']);
    expect(desk.said('telnyx_rtc.invite')).toEqual([]);
  });
});
