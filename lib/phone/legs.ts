/** Which leg on the wire is whose call, and which legs ended here. */

import type { Call } from './call';
import type { LegFacts } from './dialects/dialect';
import type { LegId } from './model/ids';

const REMEMBERED = 200;

export class Legs {
  readonly #living = new Map<LegId, Call>();
  /** Their ATTACH is answered with BYE, and nothing else of theirs is heard. */
  readonly #ended = new Map<LegId, LegFacts>();

  get some(): boolean {
    return this.#living.size > 0;
  }

  /** Of living calls, as they are at this moment. */
  calls(): readonly Call[] {
    return [...this.#living.values()];
  }

  callOf(leg: LegId): Call | null {
    return this.#living.get(leg) ?? null;
  }

  add(call: Call): void {
    this.#living.set(call.leg, call);
  }

  /** Another leg stands for the call from now on. */
  replaced(before: LegId, call: Call): void {
    this.#end(before, call);
    this.add(call);
  }

  ended(call: Call): void {
    this.#end(call.leg, call);
  }

  /** What the wire is told about a leg that ended here; null of one that did not, or too long ago. */
  endedAs(leg: LegId): LegFacts | null {
    return this.#ended.get(leg) ?? null;
  }

  /** A leg that was no call of the person's, or is one no more. */
  remember(leg: LegFacts): void {
    this.#ended.set(leg.id, leg);
    const [oldest] = this.#ended.keys();
    if (this.#ended.size > REMEMBERED && oldest !== undefined) this.#ended.delete(oldest);
  }

  #end(leg: LegId, call: Call): void {
    this.#living.delete(leg);
    this.remember({ ...call.legFacts(), id: leg });
  }
}
