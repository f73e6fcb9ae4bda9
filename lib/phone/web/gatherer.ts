/** Listens to one gathering of a peer connection and tells when {@link sendAt} is satisfied. */

import { fragmentsOf } from './early-candidates';
import { sendAt, type Gathered, type Wanted } from './gathering';

export class Gatherer {
  readonly #pc: RTCPeerConnection;
  readonly #wanted: Wanted;
  readonly #listening = new AbortController();
  readonly #gathered: Gathered[] = [];
  #from = 0;
  /** The state that is read belongs to this gathering, not to the one before an ICE restart. */
  #changed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #done: () => void = () => undefined;

  /** Begins to listen: to be made before setLocalDescription. */
  constructor(pc: RTCPeerConnection, wanted: Wanted) {
    this.#pc = pc;
    this.#wanted = wanted;
    this.#from = performance.now();
    const listen = { signal: this.#listening.signal };
    pc.addEventListener('icecandidate', ({ candidate }) => this.#note(candidate), listen);
    const changed = (): void => {
      this.#changed = true;
      this.#decide();
    };
    pc.addEventListener('icegatheringstatechange', changed, listen);
  }

  /** Resolves when the local description holds enough; never before there is a candidate or nothing more to come. */
  async enough(signal: AbortSignal): Promise<void> {
    try {
      await new Promise<void>((resolve) => {
        this.#done = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
        this.#decide();
      });
    } finally {
      this.stop();
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#listening.abort();
  }

  #note(candidate: RTCIceCandidate | null): void {
    // An empty candidate ends a generation (RFC 8838, section 8.2).
    if (candidate === null || candidate.candidate === '' || !this.#isOfThisGeneration(candidate)) return;
    const kind = candidate.type ?? 'host';
    const protocol = candidate.protocol ?? 'udp';
    this.#gathered.push({ kind, protocol, at: performance.now() - this.#from });
    this.#decide();
  }

  /** After an ICE restart, late candidates of the old generation still come. */
  #isOfThisGeneration({ usernameFragment }: RTCIceCandidate): boolean {
    const sdp = this.#pc.localDescription?.sdp;
    return usernameFragment === null || sdp === undefined || fragmentsOf(sdp).includes(usernameFragment);
  }

  /** For a moment after an ICE restart, Chromium still says `complete` of the candidates that are gone from the description. */
  #isComplete(): boolean {
    if (this.#pc.iceGatheringState !== 'complete') return false;
    return this.#changed || /^a=candidate:/m.test(this.#pc.localDescription?.sdp ?? '');
  }

  #decide(): void {
    clearTimeout(this.#timer);
    if (this.#isComplete()) return this.#done();
    const at = sendAt(this.#gathered, this.#wanted);
    if (at === null || at === Infinity) return;
    const left = at - (performance.now() - this.#from);
    if (left <= 0) this.#done();
    else this.#timer = setTimeout(() => this.#decide(), left);
  }
}
