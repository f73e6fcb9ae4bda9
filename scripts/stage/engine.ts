/** Looks into the engine's document from outside, without a change to it: its peer connections, packets and sound. */

import type { Cdp, Target } from './cdp';
import { hearTracks, readCounters, readGiven, sentLabels } from './measure';
import type { Counters, Given, Heard } from './measure';
import { until } from './until';

export class Engine {
  readonly #cdp: Cdp;
  #attached: { readonly target: string; readonly session: string } | null = null;
  #measurements = 0;

  constructor(cdp: Cdp) {
    this.#cdp = cdp;
  }

  async target(): Promise<Target | null> {
    const targets = await this.#cdp.targets();
    return targets.find(({ url }) => url.startsWith('chrome-extension://') && url.endsWith('/offscreen.html')) ?? null;
  }

  /** Counters of all peer connections that are not closed, added up. */
  counters(): Promise<Counters> {
    return this.#onPeers(readCounters, []);
  }

  /** Packets that came in a second, from what came in the next one. */
  async packetsPerSecond(): Promise<number> {
    const before = await this.counters();
    const from = performance.now();
    await until('a second passed', () => performance.now() - from >= 1_000);
    const after = await this.counters();
    return ((after.packetsReceived - before.packetsReceived) * 1_000) / (after.at - before.at);
  }

  /** What comes out of the remote tracks in the next `ms` milliseconds. */
  hear(ms = 500): Promise<Heard> {
    return this.#onPeers(hearTracks, ['remote', ms]);
  }

  /** The same for what is sent: the tracks behind mute and hold. */
  say(ms = 500): Promise<Heard> {
    return this.#onPeers(hearTracks, ['local', ms]);
  }

  /** The names of the microphones that are sent. */
  microphones(): Promise<string[]> {
    return this.#onPeers(sentLabels, []);
  }

  /** How much sound the microphone has given to be sent, read over and over for half a second. */
  given(): Promise<Given[]> {
    return this.#onPeers(readGiven, []);
  }

  /** Runs an expression in the document. */
  async evaluate<T>(expression: string): Promise<T> {
    const reply = await this.#send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    return valueOf<T>(reply);
  }

  /** Kills the document, as the browser may. */
  async destroy(): Promise<void> {
    const target = await this.target();
    if (target) await this.#cdp.send('Target.closeTarget', { targetId: target.targetId });
  }

  /** Asks the garbage collector for every living peer connection: nothing of the product is patched to be seen. */
  async #onPeers<T>(measure: (...args: never[]) => Promise<T>, args: readonly unknown[]): Promise<T> {
    // Of its own: two may measure at once, and the first to end lets go of what it held.
    this.#measurements += 1;
    const group = { objectGroup: `stage-${String(this.#measurements)}` };
    const prototype = await this.#send('Runtime.evaluate', { expression: 'RTCPeerConnection.prototype', ...group });
    const { objectId } = (prototype as { result: { objectId: string } }).result;
    const found = await this.#send('Runtime.queryObjects', { prototypeObjectId: objectId, ...group });
    const peers = (found as { objects: { objectId: string } }).objects.objectId;
    try {
      const reply = await this.#send('Runtime.callFunctionOn', {
        objectId: peers,
        // tsx marks nested functions with a helper that does not travel with the text.
        functionDeclaration: `function (...args) { const __name = (f) => f; return (${measure.toString()})(this, ...args); }`,
        arguments: args.map((value) => ({ value })),
        awaitPromise: true,
        returnByValue: true,
      });
      return valueOf<T>(reply);
    } finally {
      await this.#send('Runtime.releaseObjectGroup', group);
    }
  }

  async #send(method: string, params: Record<string, unknown>): Promise<unknown> {
    const target = await until('the engine lives', () => this.target());
    if (this.#attached?.target !== target.targetId) {
      this.#attached = { target: target.targetId, session: await this.#cdp.attach(target.targetId) };
    }
    return this.#cdp.send(method, params, this.#attached.session);
  }
}

function valueOf<T>(reply: unknown): T {
  const { result, exceptionDetails } = reply as {
    result: { value: T };
    exceptionDetails?: { text: string; exception?: { description?: string } };
  };
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}
