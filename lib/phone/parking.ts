/** Calls that were left in a server's parking places: which place is free, who waits where, and who has been fetched. */

import type { Call } from './call';
import type { Clock } from './ports';
import type { CallId, LineId } from './model/ids';
import type { LineView, ParkedView, Party } from './model/snapshot';

const LONGEST_MS = 86_400_000;

export class Parking {
  readonly #clock: Clock;
  readonly #tell: (parked: readonly ParkedView[]) => void;
  #parked: readonly ParkedView[] = [];
  /** Calls of ours to a place where somebody waits. */
  readonly #fetching = new Map<CallId, ParkedView>();

  /** `tell` gets the list after every change, to be kept for the next life. */
  constructor(clock: Clock, tell: (parked: readonly ParkedView[]) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** Those of an earlier life; nobody waits for as long as a day. */
  begin(kept: readonly ParkedView[]): void {
    const now = this.#clock.now();
    this.#parked = kept.filter(({ at }) => now - at < LONGEST_MS);
  }

  /** The longest waiting first. */
  get view(): readonly ParkedView[] {
    return this.#parked;
  }

  /** The first of the places in which nobody waits that this phone knows of; null for none. */
  free(line: LineId, places: readonly string[]): string | null {
    return places.find((place) => this.#at(line, place) === null) ?? null;
  }

  left(line: LineId, place: string, who: Party): void {
    this.#become([...this.#without(line, place), { line, place, who, at: this.#clock.now() }]);
  }

  forget(line: LineId, place: string): void {
    const left = this.#without(line, place);
    if (left.length < this.#parked.length) this.#become(left);
  }

  /** Who is fetched by dialling this; null where it is a number like any other. */
  whoAt(line: LineId, to: string): Party | null {
    return this.#at(line, to)?.who ?? null;
  }

  dialled(call: Call, to: string): void {
    const parked = this.#at(call.line, to);
    if (parked !== null) this.#fetching.set(call.id, parked);
  }

  /** Whoever was fetched waits no more; a call that was not answered has fetched nobody. */
  look(calls: readonly Call[]): void {
    for (const [id, { line, place }] of this.#fetching) {
      const call = calls.find((one) => one.id === id);
      if (call?.alive === true && call.answeredAt === null) continue;
      this.#fetching.delete(id);
      if (call !== undefined && call.answeredAt !== null) this.forget(line, place);
    }
  }

  /** Lines with the place where the next call of theirs would be left. */
  shown(lines: readonly LineView[], placesOf: (line: LineId) => readonly string[]): readonly LineView[] {
    return lines.map((line) => {
      const places = placesOf(line.id);
      return places.length === 0 ? line : { ...line, parkAt: this.free(line.id, places) };
    });
  }

  #become(parked: readonly ParkedView[]): void {
    this.#parked = parked;
    this.#tell(parked);
  }

  #without(line: LineId, place: string): readonly ParkedView[] {
    return this.#parked.filter((parked) => parked.line !== line || parked.place !== place);
  }

  #at(line: LineId, place: string): ParkedView | null {
    return this.#parked.find((parked) => parked.line === line && parked.place === place) ?? null;
  }
}
