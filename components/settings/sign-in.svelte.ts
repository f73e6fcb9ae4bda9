/** Signs in for real with what was typed: a line of its own, which takes the old one's place only when the server took it. */

import type { PhoneErrorJson } from '../../lib/phone/model/errors';
import type { LineId } from '../../lib/phone/model/ids';
import type { StoredLine } from '../../lib/extension/stored';
import type { Phone } from '../phone.svelte';
import { lineOf, type AccountDraft } from './account-form';
import type { Settings } from './settings.svelte';
import { outcomeOf, type Outcome } from './sign-in-outcome';

const OVERDUE_MS = 15_000;

interface Trial {
  readonly id: LineId;
  /** The line that this one is to replace. */
  readonly replaces: LineId | null;
  /** It is an administrator's, and stays: only the secret goes over to it. */
  readonly stays: boolean;
}

export class SignIn {
  readonly #phone: Phone;
  readonly #settings: Settings;
  #trial = $state.raw<Trial | null>(null);
  #overdue = $state(false);
  /** The final word on the last trial, which outlives its line. */
  #settled = $state.raw<Outcome | null>(null);
  /** What stood in the way at last: the attempts that follow do not unsay it while they last. */
  #hindered = $state.raw<Outcome | null>(null);
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(phone: Phone, settings: Settings) {
    this.#phone = phone;
    this.#settings = settings;
  }

  /** Null before the first trial. */
  get outcome(): Outcome | null {
    if (this.#settled !== null) return this.#settled;
    const trial = this.#trial;
    if (trial === null) return null;
    const outcome = outcomeOf(this.#phone.snapshot?.lines.find((line) => line.id === trial.id));
    if (outcome.state !== 'asking') return outcome;
    return this.#hindered ?? (this.#overdue ? { state: 'unreachable', error: TIMEOUT } : outcome);
  }

  get busy(): boolean {
    return this.outcome?.state === 'asking';
  }

  /** The line under trial, or the one that was taken; null after a refusal. */
  get line(): LineId | null {
    return this.#trial?.id ?? null;
  }

  /** A fresh id each time, so that no word on an earlier trial is taken for this one's. */
  async begin(draft: AccountDraft, replaces: StoredLine | null): Promise<void> {
    const id = crypto.randomUUID() as LineId;
    const stays = replaces !== null && this.#settings.isManagedLine(replaces.id);
    const { line: typed, secret } = lineOf(draft, id, replaces);
    const line = stays ? { ...replaces, id, enabled: true } : typed;
    const before = this.#settled === null ? this.#trial : null;
    this.forget();
    this.#trial = { id, replaces: replaces?.id ?? null, stays };
    this.#timer = setTimeout(() => (this.#overdue = true), OVERDUE_MS);
    const { link } = this.#settings;
    await this.#settings.run(async () => {
      // An earlier trial that never got through gives way to this one.
      if (before !== null && before.id !== replaces?.id) await link.removeLine(before.id);
      if (secret === undefined && replaces !== null) await link.saveLineLike(replaces.id, line);
      else await link.saveLine(line, secret ?? {});
    });
  }

  /** To be called when the outcome changed. Gives the line that was taken, or null. */
  settle(outcome: Outcome): LineId | null {
    const trial = this.#trial;
    if (trial === null || this.#settled !== null || outcome.state === 'asking') return null;
    if (outcome.state === 'unreachable') {
      this.#hindered = outcome;
      return null;
    }
    this.#stopTimer();
    this.#settled = outcome;
    const { link } = this.#settings;
    if (outcome.state === 'refused') {
      this.#trial = null;
      void this.#settings.run(async () => void (await link.removeLine(trial.id)));
      return null;
    }
    const { replaces, stays } = trial;
    if (replaces !== null && stays) {
      void this.#settings.run(() => link.handSecret(trial.id, replaces));
      return replaces;
    }
    if (replaces !== null) void this.#settings.run(async () => void (await link.removeLine(replaces)));
    return trial.id;
  }

  /** Takes the last word away, for instance when something else is typed. */
  forget(): void {
    this.#stopTimer();
    this.#trial = null;
    this.#overdue = false;
    this.#settled = null;
    this.#hindered = null;
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

const TIMEOUT: PhoneErrorJson = { reason: 'timeout', facts: {} };
