import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebPeer } from '../../../lib/phone/web/peer';
import { whileOpen } from '../../../lib/phone/web/while-open';

const never = (): Promise<never> => new Promise(() => undefined);
const closed = (): Error => new Error('closed');

describe('what is asked of something that may be closed', () => {
  it('gives what came in time, and the failure that came', async () => {
    const { signal } = new AbortController();
    await expect(whileOpen(signal, () => Promise.resolve(7), closed)).resolves.toBe(7);
    await expect(whileOpen(signal, () => Promise.reject(new Error('no')), closed)).rejects.toThrow('no');
  });

  it('refuses what is still owed at the close, and asks nothing after it', async () => {
    const life = new AbortController();
    const owed = whileOpen(life.signal, never, closed);
    life.abort();
    await expect(owed).rejects.toThrow('closed');
    const work = vi.fn(never);
    await expect(whileOpen(life.signal, work, closed)).rejects.toThrow('closed');
    expect(work).not.toHaveBeenCalled();
  });
});

describe('a peer that is closed while its statistics are asked for', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('settles, as Firefox does not', async () => {
    class Silent extends EventTarget {
      readonly signalingState = 'stable';
      getStats = never;
      close(): void {
        // As Firefox: whoever asked before is never told.
      }
    }
    vi.stubGlobal('RTCPeerConnection', Silent);
    const nothing = (): void => undefined;
    const peer = new WebPeer({
      options: { iceServers: [], relayOnly: false, prefetch: false, trickle: true, gatherMs: 500, codecs: [] },
      play: () => nothing,
      onClosed: nothing,
      log: { error: nothing, warn: nothing, info: nothing, debug: nothing },
    });
    const asked = [peer.stats(), peer.report()];
    peer.close();
    for (const one of asked)
      await expect(one).rejects.toMatchObject({ reason: 'negotiation', facts: { step: 'stats', error: 'closed' } });
  });
});
