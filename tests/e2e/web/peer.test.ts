/** Two web peers in one page talk with real packets. */

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
    expect(heard.stats.roundTripMs).toBeLessThan(200);
    if (!options.trickle) expect(heard.sdps).toEqual([true, true]);
  });
});
