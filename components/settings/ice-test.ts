/** Asks one STUN or TURN server for a candidate and says how fast it came, or what was wrong. */

import type { IceServer } from '../../lib/phone/ports';

export type IceAnswer =
  | { readonly state: 'reachable'; readonly ms: number }
  /** The server answered and does not take the user and secret. */
  | { readonly state: 'refused' }
  | { readonly state: 'silent' };

const DEADLINE_MS = 8_000;
/** A server that says nothing makes gathering last longer than this. */
const PROMPT_MS = 3_000;

/** Never rejects. `signal` gives up early, as `silent`. */
export async function testIceServer(server: IceServer, signal: AbortSignal): Promise<IceAnswer> {
  const turn = [server.urls].flat().some((address) => /^turns?:/iu.test(address));
  const wanted = turn ? 'relay' : 'srflx';
  const peer = new RTCPeerConnection({
    iceServers: [{ ...server, urls: [server.urls].flat() }],
    iceTransportPolicy: turn ? 'relay' : 'all',
  });
  const began = performance.now();
  try {
    return await new Promise<IceAnswer>((resolve) => {
      let errors = 0;
      const reachable = (): void =>
        resolve({ state: 'reachable', ms: Math.max(1, Math.round(performance.now() - began)) });
      setTimeout(() => resolve({ state: 'silent' }), DEADLINE_MS);
      signal.addEventListener('abort', () => resolve({ state: 'silent' }), { once: true });
      peer.addEventListener('icecandidateerror', (event) => {
        errors += 1;
        // 401 Unauthorized, 438 Stale Nonce, 441 Wrong Credentials (RFC 8656, 19; RFC 8489, 14.8)
        if ([401, 403, 438, 441].includes(event.errorCode)) resolve({ state: 'refused' });
      });
      peer.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate !== null && candidate.candidate !== '') {
          if (candidate.type === wanted) reachable();
          return;
        }
        // Without address translation the STUN answer equals a host candidate, and no browser shows it twice.
        const answered = !turn && errors === 0 && performance.now() - began < PROMPT_MS;
        if (answered) reachable();
        else resolve({ state: 'silent' });
      });
      gather(peer).catch(() => resolve({ state: 'silent' }));
    });
  } finally {
    peer.close();
  }
}

async function gather(peer: RTCPeerConnection): Promise<void> {
  peer.createDataChannel('test');
  await peer.setLocalDescription(await peer.createOffer());
}
