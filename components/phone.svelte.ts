/** The view's mirror of the engine: the newest snapshot, and the commands that people give. */

import { createContext } from 'svelte';
import type { BackgroundApi, DialRequest, EngineApi } from '../lib/extension/contract';
import { failureOf } from '../lib/extension/failure';
import type { Remote } from '../lib/extension/rpc';
import type { DeclineReason } from '../lib/phone/model/decline';
import type { PhoneErrorJson } from '../lib/phone/model/errors';
import type { CallId, LineId } from '../lib/phone/model/ids';
import type { SentPicture } from '../lib/phone/model/picture';
import type { CallView, Levels, PhoneSnapshot } from '../lib/phone/model/snapshot';
import type { Trial } from '../lib/phone/model/trial';

/** What a page wires the mirror to; the screens' harness brings its own. */
export interface PhoneLink {
  readonly engine: Remote<EngineApi>;
  readonly background: Remote<BackgroundApi>;
  /** Calls back with every newer snapshot; returns the stop. */
  follow(listener: (snapshot: PhoneSnapshot) => void): () => void;
  /** The last snapshot anyone saw, for the first paint; null where there is none. */
  cached(): Promise<PhoneSnapshot | null>;
  /** Voice levels of the live call, about 15 a second; returns the stop. */
  levels(listener: (levels: Levels) => void): () => void;
}

/** A command that failed, to be told to the person. */
export interface Failure {
  readonly error: PhoneErrorJson;
  readonly call: CallId | null;
}

export class Phone {
  readonly #link: PhoneLink;
  #snapshot = $state.raw<PhoneSnapshot | null>(null);
  /** False while what is shown is what was kept, not what the engine says now. */
  #live = $state(false);
  #failure = $state.raw<Failure | null>(null);

  /** `first` is what was kept, where it was read already: nothing else is drawn before it. */
  constructor(link: PhoneLink, first: PhoneSnapshot | null = null) {
    this.#link = link;
    this.#snapshot = first;
  }

  /** Shows what was kept, wakes the engine, follows it. Returns the stop. */
  start(): () => void {
    if (this.#snapshot === null) void this.#showCached();
    void this.#try(null, () => this.#link.background.wakeEngine());
    return this.#link.follow((snapshot) => this.#accept(snapshot));
  }

  get snapshot(): PhoneSnapshot | null {
    return this.#snapshot;
  }

  get live(): boolean {
    return this.#live;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  forgetFailure(): void {
    this.#failure = null;
  }

  call(id: CallId): CallView | null {
    return this.#snapshot?.calls.find((call) => call.id === id) ?? null;
  }

  /** The call's id, or null where it was refused (told in {@link failure}). */
  async dial(request: DialRequest): Promise<CallId | null> {
    return this.#try(null, () => this.#link.background.dial(request));
  }

  answer(call: CallId, how: { readonly muted: boolean } = { muted: false }): Promise<unknown> {
    return this.#try(call, () => this.#link.engine.answer(call, how));
  }
  decline(call: CallId, reason?: DeclineReason): Promise<unknown> {
    return this.#try(call, () => this.#link.engine.decline(call, ...(reason === undefined ? [] : [reason])));
  }
  hangUp(call: CallId): Promise<unknown> {
    return this.#try(call, () => this.#link.engine.hangUp(call));
  }
  hold(call: CallId, held: boolean): Promise<unknown> {
    return this.#try(call, () => this.#link.engine.hold(call, held));
  }
  mute(call: CallId, muted: boolean): Promise<unknown> {
    return this.#try(call, () => this.#link.engine.mute(call, muted));
  }
  sendDigits(call: CallId, digits: string): Promise<unknown> {
    return this.#try(call, () => this.#link.engine.sendDigits(call, digits));
  }
  silence(call: CallId): Promise<unknown> {
    return this.#try(call, () => this.#link.engine.silence(call));
  }
  transfer(call: CallId, to: string): Promise<unknown> {
    return this.#try(call, () => this.#link.engine.transfer(call, to));
  }
  park(call: CallId): Promise<unknown> {
    return this.#try(call, () => this.#link.engine.park(call));
  }
  forgetParked(line: LineId, place: string): Promise<unknown> {
    return this.#try(null, () => this.#link.engine.forgetParked(line, place));
  }
  connect(call: CallId, other: CallId): Promise<unknown> {
    return this.#try(call, () => this.#link.engine.connect(call, other));
  }
  merge(calls: readonly CallId[]): Promise<unknown> {
    return this.#try(calls[0] ?? null, () => this.#link.engine.merge(calls));
  }
  split(call: CallId): Promise<unknown> {
    return this.#try(call, () => this.#link.engine.split(call));
  }
  resume(call: CallId): Promise<unknown> {
    return this.#try(call, () => this.#link.engine.resume(call));
  }
  retry(line: LineId): Promise<unknown> {
    return this.#try(null, () => this.#link.engine.retry(line));
  }
  /** What is wrong is the form's to tell, in words of its own. */
  async tryCall(line: LineId, to: string): Promise<Trial | { readonly error: PhoneErrorJson }> {
    try {
      return await this.#link.engine.tryCall(line, to);
    } catch (thrown) {
      return { error: failureOf(thrown) };
    }
  }
  takeOver(line: LineId): Promise<unknown> {
    return this.#try(null, () => this.#link.engine.takeOver(line));
  }
  /** False where it was refused (told in {@link failure}). */
  async type(call: CallId, text: string, pictures: readonly SentPicture[] = []): Promise<boolean> {
    const sent = async (): Promise<true> => {
      await this.#link.engine.type(call, text, ...(pictures.length === 0 ? [] : [pictures]));
      return true;
    };
    return (await this.#try(call, sent)) ?? false;
  }
  /** To somebody outside of any call. False where it was refused (told in {@link failure}). */
  async write(line: LineId, to: string, text: string): Promise<boolean> {
    const sent = async (): Promise<true> => {
      await this.#link.background.write(line, to, text);
      return true;
    };
    return (await this.#try(null, sent)) ?? false;
  }
  dismiss(call: CallId): Promise<unknown> {
    return this.#try(call, () => this.#link.engine.dismiss(call));
  }
  openPermissionPage(): Promise<unknown> {
    return this.#try(null, () => this.#link.background.openPermissionPage());
  }
  openOptions(page?: string): Promise<unknown> {
    return this.#try(null, () => this.#link.background.openOptions(page));
  }

  /** The redacted report as text, or null where it could not be made. */
  async report(): Promise<string | null> {
    const report = await this.#try(null, () => this.#link.engine.report());
    return report === null ? null : JSON.stringify(report, null, 2);
  }

  levels(listener: (levels: Levels) => void): () => void {
    return this.#link.levels(listener);
  }

  async #showCached(): Promise<void> {
    const cached = await this.#link.cached().catch(() => null);
    if (cached !== null && this.#snapshot === null) this.#snapshot = cached;
  }

  #accept(snapshot: PhoneSnapshot): void {
    this.#snapshot = snapshot;
    this.#live = true;
  }

  async #try<Result>(call: CallId | null, run: () => Promise<Result>): Promise<Result | null> {
    try {
      return await run();
    } catch (thrown) {
      const error = failureOf(thrown);
      // Another view was quicker: the snapshot already says how it is.
      if (error.reason !== 'wrong-phase' && error.reason !== 'no-such-call') {
        this.#failure = { error, call };
      }
      return null;
    }
  }
}

export const [getPhone, setPhone] = createContext<Phone>();
