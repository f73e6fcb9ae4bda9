/**
 * A short call that asks a server whether calls can come about: is there a codec in common, and a way for the sound? It opens
 * no microphone, rings nowhere here, plays nothing, and is neither shown nor listed.
 */

import { described } from './description';
import type { CallMessage, LegFacts } from './dialects/dialect';
import type { MediaOptions } from './line-options';
import { causeFromWire, type WireCause } from './model/end-cause';
import { PhoneError } from './model/errors';
import type { Trial } from './model/trial';
import type { Peer, Ports, Sdp } from './ports';
import { Timers } from './timers';
import type { CallVerbs } from './verbs';
import { whenAborted } from './when-aborted';

export interface TrialDependencies {
  readonly ports: Ports;
  readonly verbs: CallVerbs;
  readonly media: MediaOptions;
  readonly leg: LegFacts;
}

const GATHER_MS = 2000;
const ANSWER_MS = 15_000;
const CONNECT_MS = 8000;

export class TrialCall {
  readonly #deps: TrialDependencies;
  readonly #timers: Timers;
  readonly #over = new AbortController();
  #takeAnswer: (sdp: Sdp) => void = () => undefined;
  readonly #answered = new Promise<Sdp>((resolve) => (this.#takeAnswer = resolve));
  /** What is to be said to the server at the end: nothing, where it does not know of the call or ended it. */
  #goodbye: 'none' | 'cancel' | 'hangUp' = 'none';

  constructor(deps: TrialDependencies) {
    this.#deps = deps;
    this.#timers = new Timers(deps.ports.clock);
  }

  /**
   * Once, and at most half a minute. Throws `negotiation` (its `why`: `no codec in common`; `no ice there`, `not encrypted`:
   * the answer lacks it; `no candidates`: this computer has no address to offer; `no connection`; `hidden addresses`), `refused`
   * with the `kind` of end that the server gave it, `timeout` where nobody answers, `disconnected`.
   */
  async run(): Promise<Trial> {
    const { ports, leg, media } = this.#deps;
    const peer = ports.createPeer({ ...media, trickle: false, gatherMs: GATHER_MS, codecs: [] });
    peer.setDeaf(true);
    let hidden = false;
    try {
      const offer = await this.#step(peer.offer(null));
      const ours = described(offer);
      hidden = ours.hidden;
      if (!ours.reachable) throw new PhoneError('negotiation', { why: 'no candidates' });
      return await this.#place(peer, offer);
    } catch (thrown) {
      throw hidden ? blamingHidden(PhoneError.from(thrown)) : PhoneError.from(thrown);
    } finally {
      this.#timers.close();
      peer.close();
      this.#sayGoodbye(leg);
    }
  }

  /** What the server says of the leg. */
  hear(message: CallMessage): void {
    if (message.type === 'bye') {
      this.#goodbye = 'none';
      this.#over.abort(refusal(message.cause));
      return;
    }
    if (message.type === 'answer' && this.#goodbye !== 'none') this.#goodbye = 'hangUp';
    if ((message.type === 'media' || message.type === 'answer') && message.sdp !== null) this.#takeAnswer(message.sdp);
  }

  /** The line is gone, or nobody wants to know any more. */
  stop(because: PhoneError): void {
    this.#over.abort(because);
  }

  async #place(peer: Peer, offer: Sdp): Promise<Trial> {
    const { ports, verbs, leg } = this.#deps;
    const from = ports.clock.now();
    this.#deadline(ANSWER_MS, new PhoneError('timeout', { method: 'trial call', afterMs: ANSWER_MS }));
    this.#goodbye = 'cancel';
    await this.#step(verbs.invite(leg, offer, false));
    const answer = await this.#step(this.#answered);
    const { codec, reachable, encrypted } = described(answer);
    if (codec === null) throw new PhoneError('negotiation', { why: 'no codec in common' });
    if (!reachable) throw new PhoneError('negotiation', { why: 'no ice there' });
    if (!encrypted) throw new PhoneError('negotiation', { why: 'not encrypted' });
    this.#deadline(CONNECT_MS, noConnection());
    const connected = connection(peer);
    connected.catch(() => undefined);
    await this.#step(peer.accept(answer));
    await this.#step(connected);
    return { codec, tookMs: ports.clock.now() - from };
  }

  /** Replaces the one before. */
  #deadline(ms: number, error: PhoneError): void {
    this.#timers.after('deadline', ms, () => this.#over.abort(error));
  }

  /** Throws whatever ended the trial meanwhile. */
  #step<T>(work: Promise<T>): Promise<T> {
    const { signal } = this.#over;
    return new Promise<T>((resolve, reject) => {
      const forget = whenAborted(signal, () => reject(PhoneError.from(signal.reason)));
      work.then(resolve, reject).finally(forget);
    });
  }

  #sayGoodbye(leg: LegFacts): void {
    const { ports, verbs } = this.#deps;
    if (this.#goodbye === 'none' || !verbs.up) return;
    verbs.bye(leg, verbs.byes[this.#goodbye]).catch((thrown: unknown) => {
      ports.log.warn('a trial call was not ended', { leg: leg.id, thrown });
    });
  }
}

function connection(peer: Peer): Promise<void> {
  return new Promise((resolve, reject) => {
    peer.events.on('connection', (state) => {
      if (state === 'connected') resolve();
      if (state === 'failed') reject(noConnection());
    });
  });
}

function noConnection(): PhoneError {
  return new PhoneError('negotiation', { why: 'no connection' });
}

/** Names that only this network's computers resolve are no good to most servers: then that is the reason. */
function blamingHidden(error: PhoneError): PhoneError {
  const { why } = error.facts;
  const blamed = error.reason === 'negotiation' && (why === 'no connection' || why === 'no codec in common');
  return blamed ? new PhoneError('negotiation', { why: 'hidden addresses' }, { cause: error }) : error;
}

function refusal(wire: WireCause): PhoneError {
  const { kind, error } = causeFromWire(wire, { direction: 'out', phase: 'ringing' });
  return error ? PhoneError.fromJson(error) : new PhoneError('refused', { kind, cause: wire.name, code: wire.code });
}
