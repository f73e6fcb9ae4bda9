/** Two web peers in one page talk with real packets. */

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLab, type Lab } from './browser';

let chromium: Lab;
beforeAll(async () => {
  chromium = await openLab();
});
afterAll(() => chromium.close());

describe('a call between two peers', () => {
  it.each([{ trickle: false }, { trickle: true }])('carries a tone each way, trickle $trickle', async (options) => {
    const heard = await chromium.page.evaluate(async (options) => {
      const [a, b] = [lab.peer(options), lab.peer(options)];
      if (options.trickle) lab.exchangeCandidates(a, b);
      await lab.connect(a, b, lab.toneMicrophone(700), lab.toneMicrophone(1_500));
      const ears = [lab.listen(lab.newestVoice(0)), lab.listen(lab.newestVoice(1))];
      const near = (hertz: number): boolean => ears.some((ear) => Math.abs(ear.peak() - hertz) < 12);
      await lab.until('700 Hz', () => near(700));
      await lab.until('1500 Hz', () => near(1_500));
      const [stats, again] = [await a.stats(), await b.stats()];
      const sdps = [a.localSdp() === b.remoteSdp(), b.localSdp() === a.remoteSdp()];
      for (const peer of [a, b]) peer.close();
      return { stats, again, sdps };
    }, options);
    expect(heard.stats.packetsReceived).toBeGreaterThan(0);
    expect(heard.again.packetsSent).toBeGreaterThan(0);
    expect(heard.stats.codec).toBe('audio/opus');
    expect(heard.stats.local?.protocol).toBe('udp');
    expect(heard.stats.roundTripMs).toBeLessThan(5_000);
    if (!options.trickle) expect(heard.sdps).toEqual([true, true]);
  });
});

describe('a description with its candidates', () => {
  it('leaves long before gathering is complete, with every UDP host candidate', async () => {
    const run = await chromium.page.evaluate(async () => {
      const times: number[] = [];
      let sdp = '';
      // Many on a busy machine: what waits for the end of gathering is never that quick.
      for (let i = 0; i < 5 || (i < 50 && Math.min(...times) >= 80); i += 1) {
        const peer = lab.peer();
        const from = performance.now();
        sdp = await peer.offer(null);
        times.push(performance.now() - from);
        peer.close();
      }
      return { fastest: Math.min(...times), sdp };
    });
    // Chromium itself takes two steps of 50 ms and more.
    expect(run.fastest).toBeLessThan(80);
    expect(run.sdp).toMatch(/a=candidate:.* udp .* typ host/);
    expect(run.sdp).toContain('a=sendrecv');
  });

  it('is not held up by servers that stay silent', async () => {
    const silent = createSocket('udp4').bind(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = `127.0.0.1:${silent.address().port}`;
    const took = await chromium.page.evaluate(async (address) => {
      const turn = { urls: `turn:${address}`, username: 'u', credential: 'p' };
      const peer = lab.peer({ iceServers: [{ urls: [`stun:${address}`] }, turn] });
      const from = performance.now();
      const sdp = await peer.offer(null);
      peer.close();
      return { ms: performance.now() - from, candidates: sdp.match(/a=candidate/g)?.length ?? 0 };
    }, address);
    silent.close();
    expect(took.candidates).toBeGreaterThan(0);
    expect(took.ms).toBeGreaterThan(400);
    // Left to itself the browser waits 40 s for a relay that says nothing.
    expect(took.ms).toBeLessThan(20_000);
  });

  it('comes at once when trickling, and each candidate follows once, up to the end', async () => {
    const seen = await chromium.page.evaluate(async () => {
      const peer = lab.peer({ trickle: true });
      const behind: (string | null)[] = [];
      peer.events.on('candidate', (found) => behind.push(found?.candidate ?? null));
      const sdp = await peer.offer(null);
      const early = behind.length;
      await lab.until('the end of candidates', () => behind.at(-1) === null);
      const all = peer.localSdp() ?? '';
      peer.close();
      const inside = (text: string): string[] => text.match(/candidate:\S+/g) ?? [];
      return { early, behind, sent: [...inside(sdp), ...inside(behind.join(' '))], found: inside(all) };
    });
    expect(seen.early).toBe(0);
    expect(seen.behind.filter((candidate) => candidate === null)).toHaveLength(1);
    expect(seen.found.length).toBeGreaterThan(0);
    expect(seen.sent.toSorted()).toEqual(seen.found.toSorted());
  });

  it('names the preferred codec first and keeps the others', async () => {
    const sdp = await chromium.page.evaluate(async () => {
      const peer = lab.peer({ codecs: ['audio/PCMA'] });
      const sdp = await peer.offer(null);
      peer.close();
      return sdp;
    });
    expect(sdp).toMatch(/m=audio \d+ \S+ 8 /);
    expect(sdp).toContain('telephone-event/8000');
    expect(sdp).toContain('opus/48000');
  });
});

describe('a call that goes on', () => {
  it('restarts ICE with new credentials and the same sound', async () => {
    const restarted = await chromium.page.evaluate(async () => {
      const [a, b] = [lab.peer(), lab.peer()];
      await lab.connect(a, b, lab.toneMicrophone(700), null);
      const before = a.localSdp() ?? '';
      const offer = await a.restart();
      const meanwhile = a.localSdp();
      await a.accept(await b.answer(null, offer));
      const { packetsReceived } = await b.stats();
      await lab.until('more packets', async () => (await b.stats()).packetsReceived > packetsReceived + 20);
      const after = a.localSdp() ?? '';
      for (const peer of [a, b]) peer.close();
      return { before, meanwhile, after, offer };
    });
    const fragment = (sdp: string): string | undefined => /a=ice-ufrag:(\S+)/.exec(sdp)?.[1];
    // A server that takes no candidates one by one learns them here or never.
    expect(restarted.offer).toMatch(/^a=candidate:.* udp /m);
    expect(restarted.meanwhile).toBe(restarted.before);
    expect(fragment(restarted.after)).not.toBe(fragment(restarted.before));
  });

  it('asks for relays only after a restart that wants them', async () => {
    const outcome = await chromium.page.evaluate(async () => {
      const [a, b] = [lab.peer({ trickle: true }), lab.peer({ trickle: true })];
      lab.exchangeCandidates(a, b);
      const found: (string | null)[] = [];
      a.events.on('candidate', (candidate) => found.push(candidate?.candidate ?? null));
      await lab.connect(a, b, null, lab.toneMicrophone(700));
      await lab.until('the end of the first gathering', () => found.includes(null));
      found.length = 0;
      await a.restart({ relayOnly: true });
      await lab.until('the end', () => found.includes(null));
      for (const peer of [a, b]) peer.close();
      return found;
    });
    expect(outcome).toEqual([null]);
  });

  it('changes the microphone in place, and muted stays muted', async () => {
    await chromium.page.evaluate(async () => {
      const [a, b] = [lab.peer(), lab.peer()];
      await lab.connect(a, b, lab.toneMicrophone(700), null);
      const ear = lab.listen(lab.newestVoice(0));
      const other = lab.listen(lab.newestVoice(1));
      const loud = (hertz: number): boolean => Math.max(ear.decibels(hertz), other.decibels(hertz)) > -50;
      await lab.until('700 Hz', () => loud(700));
      a.setMuted(true);
      await lab.until('silence', () => !loud(700));
      await a.useMicrophone(lab.toneMicrophone(1_500));
      const { packetsReceived } = await b.stats();
      await lab.until('packets of silence', async () => (await b.stats()).packetsReceived > packetsReceived + 25);
      if (loud(1_500)) throw new Error('the new microphone is heard although muted');
      a.setMuted(false);
      await lab.until('1500 Hz', () => loud(1_500));
      for (const peer of [a, b]) peer.close();
    });
  });

  it('starts without a microphone and takes one up without a negotiation', async () => {
    await chromium.page.evaluate(async () => {
      const [a, b] = [lab.peer(), lab.peer()];
      const offered = a.offer(null);
      const taken = a.useMicrophone(lab.toneMicrophone(900));
      const flowing = lab.nextMedia(b, 'flowing');
      await a.accept(await b.answer(null, await offered));
      await taken;
      await flowing;
      const ear = lab.listen(lab.newestVoice(1));
      const other = lab.listen(lab.newestVoice(0));
      await lab.until('900 Hz', () => [ear, other].some((one) => Math.abs(one.peak() - 900) < 12));
      for (const peer of [a, b]) peer.close();
    });
  });

  it('hears nothing while deaf, although packets come', async () => {
    await chromium.page.evaluate(async () => {
      const [a, b] = [lab.peer(), lab.peer()];
      b.setDeaf(true);
      await lab.connect(a, b, lab.toneMicrophone(700), null);
      const ears = [lab.listen(lab.newestVoice(0)), lab.listen(lab.newestVoice(1))];
      const loud = (): boolean => ears.some((ear) => ear.decibels(700) > -50);
      await lab.until('packets', async () => (await b.stats()).packetsReceived > 50);
      if (loud()) throw new Error('deaf, and yet it hears');
      b.setDeaf(false);
      await lab.until('700 Hz', loud);
      for (const peer of [a, b]) peer.close();
    });
  });

  it('says when the sound stalls and when it comes back', async () => {
    const told = await chromium.page.evaluate(async () => {
      const [a, b] = [lab.peer(), lab.peer()];
      const told: string[] = [];
      b.events.on('media', (media) => told.push(media));
      await lab.connect(a, b, lab.toneMicrophone(700), null);
      await a.useMicrophone(null);
      await lab.until('stalled', () => told.includes('stalled'));
      await a.useMicrophone(lab.toneMicrophone(700));
      await lab.until('flowing again', () => told.length === 3);
      for (const peer of [a, b]) peer.close();
      return told;
    });
    expect(told).toEqual(['flowing', 'stalled', 'flowing']);
  });

  it('measures the levels of both directions', async () => {
    const levels = await chromium.page.evaluate(async () => {
      const [a, b] = [lab.peer(), lab.peer()];
      const before = a.levels();
      await lab.connect(a, b, lab.toneMicrophone(700), null);
      await lab.until('our level', () => a.levels().you > 0.5 && a.levels().them < 0.2);
      await lab.until('their level', () => b.levels().them > 0.5 && b.levels().you === 0);
      await lab.until('both together', () => lab.ports.levels().you > 0.5 && lab.ports.levels().them > 0.5);
      a.setMuted(true);
      await lab.until('muted', () => a.levels().you === 0);
      for (const peer of [a, b]) peer.close();
      return { before, closed: a.levels(), together: lab.ports.levels() };
    });
    const silence = { you: 0, them: 0 };
    expect(levels).toEqual({ before: silence, closed: silence, together: silence });
  });
});

describe('candidates that come before their description', () => {
  it('are kept and connect the call', async () => {
    await chromium.page.evaluate(async () => {
      const [a, b] = [lab.peer({ trickle: true }), lab.peer({ trickle: true })];
      const early: Promise<void>[] = [];
      a.events.on('candidate', (candidate) => early.push(b.addCandidate(candidate)));
      const offer = await a.offer(lab.toneMicrophone(700));
      await lab.until('the candidates of a', () => early.length > 0);
      await Promise.all(early);
      const flowing = lab.nextMedia(b, 'flowing');
      await a.accept(await b.answer(null, offer));
      await flowing;
      for (const peer of [a, b]) peer.close();
    });
  });

  it('are refused by name when they are no candidates', async () => {
    const refused = await chromium.page.evaluate(async () => {
      const [a, b] = [lab.peer(), lab.peer()];
      await lab.connect(a, b, lab.toneMicrophone(700), null);
      const wrong = { candidate: 'candidate:nonsense', sdpMid: '0', sdpMLineIndex: 0 };
      const error: unknown = await a.addCandidate(wrong).catch((thrown: unknown) => thrown);
      for (const peer of [a, b]) peer.close();
      return error instanceof Error && 'reason' in error && 'facts' in error ? [error.reason, error.facts] : error;
    });
    expect(refused).toEqual(['negotiation', { step: 'candidate', error: 'OperationError' }]);
  });
});

describe('what goes wrong', () => {
  it('is named, and the peer can still be used', async () => {
    const errors = await chromium.page.evaluate(async () => {
      const [a, b] = [lab.peer(), lab.peer()];
      const named = (step: Promise<unknown>): Promise<unknown> =>
        step.then(
          () => 'no error',
          (thrown: unknown) => (thrown instanceof Error && 'facts' in thrown ? thrown.facts : thrown),
        );
      const video = new RTCPeerConnection();
      video.addTransceiver('video');
      const errors = [
        await named(a.accept('v=0')),
        await named(b.answer(null, 'nonsense')),
        await named(b.answer(null, (await video.createOffer()).sdp ?? '')),
      ];
      await lab.connect(a, b, lab.toneMicrophone(700), null);
      await a.accept(a.remoteSdp() ?? '');
      video.close();
      const pending = named(a.restart());
      a.close();
      b.close();
      errors.push(await pending, await named(a.offer(null)));
      return { errors, closed: a.isSignallingClosed() };
    });
    expect(errors).toEqual({
      errors: [
        { step: 'accept', error: 'OperationError' },
        { step: 'answer', error: 'OperationError' },
        { step: 'answer', error: 'no-audio' },
        { step: 'restart', error: 'closed' },
        { step: 'offer', error: 'closed' },
      ],
      closed: true,
    });
  });

  it('includes ICE servers that are none', async () => {
    const facts = await chromium.page.evaluate(() => {
      try {
        lab.peer({ iceServers: [{ urls: 'http://example.test' }] });
        return 'no error';
      } catch (thrown) {
        return thrown instanceof Error && 'facts' in thrown ? thrown.facts : thrown;
      }
    });
    expect(facts).toEqual({ step: 'create', error: 'SyntaxError' });
  });
});

describe('a conference of three', () => {
  it('lets each hear both others, and our mute silences only us', async () => {
    await chromium.page.evaluate(async () => {
      const [me, me2, ann, ben] = [lab.peer(), lab.peer(), lab.peer(), lab.peer()];
      const ours = lab.toneMicrophone(700);
      await lab.connect(me, ann, ours, lab.toneMicrophone(1_100));
      const annHears = [lab.listen(lab.newestVoice(0)), lab.listen(lab.newestVoice(1))];
      await lab.connect(me2, ben, ours.share(), lab.toneMicrophone(1_900));
      const benHears = [lab.listen(lab.newestVoice(0)), lab.listen(lab.newestVoice(1))];
      const loud = (ears: typeof annHears, hertz: number): boolean => ears.some((ear) => ear.decibels(hertz) > -55);
      await lab.until('the first calls', () => loud(annHears, 700) && loud(benHears, 700));
      if (loud(annHears, 1_900) || loud(benHears, 1_100)) throw new Error('mixed too early');
      me.mixWith([me2]);
      me2.mixWith([me]);
      await lab.until('ann hears ben', () => loud(annHears, 1_900) && loud(annHears, 700));
      await lab.until('ben hears ann', () => loud(benHears, 1_100) && loud(benHears, 700));
      me.setMuted(true);
      await lab.until('ann hears only ben', () => !loud(annHears, 700) && loud(annHears, 1_900));
      me.setMuted(false);
      me.mixWith([]);
      me2.mixWith([]);
      await lab.until('apart again', () => !loud(annHears, 1_900) && !loud(benHears, 1_100));
      await lab.until('still in both calls', () => loud(annHears, 700) && loud(benHears, 700));
      for (const peer of [me, me2, ann, ben]) peer.close();
    });
  });
});
