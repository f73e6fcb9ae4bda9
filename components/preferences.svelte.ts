/** The few settings that popup and side panel read and change by themselves, mirrored from the store. */

import { createContext } from 'svelte';
import type { DeviceId } from '../lib/phone/model/ids';
import { openBook } from './popup/book.svelte';
import { partyOf } from './popup/numbers';

export interface PreferenceValues {
  /** ISO 3166 alpha-2 of numbers that do not begin with +. */
  readonly country: string;
  /** Epoch milliseconds; 0 is off, -1 is until it is switched off. */
  readonly doNotDisturbUntil: number;
  /** Single letters act as keys while no field has the focus. */
  readonly singleKeys: boolean;
  /** The keypad of Home is folded away. */
  readonly keypadFolded: boolean;
  readonly noiseSuppression: boolean;
  readonly autoGainControl: boolean;
  /** The screen reader reads an assistant's lines; null: while no voice is heard. */
  readonly readAloud: boolean | null;
  /** How long transcripts are kept; 0 is for ever, null is not at all. */
  readonly transcriptDays: number | null;
  /** Numbers whose calls never ring. */
  readonly blocked: readonly string[];
  /** Space, held, lets one who is muted be heard. */
  readonly spaceTalks: boolean;
  /** What the transfer sheet begins with. */
  readonly transferFirst: 'ask' | 'send';
  /** What is seen beside our pages says "Incoming call" and no name. */
  readonly hideNames: boolean;
}

/** Where they are kept; the screens' harness brings its own. */
export interface PreferenceSource {
  read(): Promise<PreferenceValues>;
  write(change: Partial<PreferenceValues>): Promise<void>;
  chooseDevice(kind: 'microphone' | 'speaker', device: DeviceId | null): Promise<void>;
  /** Adds an account that talks to that assistant; needs no sign-in. */
  addAssistant(id: string): Promise<void>;
  /** Calls back after any change; returns the stop. */
  watch(listener: () => void): () => void;
}

export class Preferences {
  readonly #source: PreferenceSource;
  #values = $state.raw<PreferenceValues>({
    country: 'US',
    doNotDisturbUntil: 0,
    singleKeys: true,
    keypadFolded: false,
    noiseSuppression: true,
    autoGainControl: true,
    readAloud: null,
    transcriptDays: 30,
    blocked: [],
    spaceTalks: true,
    transferFirst: 'ask',
    // Until it is known, nobody is named where they might not be.
    hideNames: true,
  });
  #readings = 0;
  /** Changes that are shown and not yet stored. */
  #writing = 0;

  constructor(source: PreferenceSource) {
    this.#source = source;
  }

  /** Reads them, and again after every change. Returns the stop. */
  start(): () => void {
    void this.#read();
    return this.#source.watch(() => void this.#read());
  }

  get values(): PreferenceValues {
    return this.#values;
  }

  /** Shown at once; what the store refuses is shown as it was. */
  async set(change: Partial<PreferenceValues>): Promise<void> {
    this.#values = { ...this.#values, ...change };
    this.#writing += 1;
    await this.#source.write(change).catch(() => undefined);
    this.#writing -= 1;
    await this.#read();
  }

  isBlocked(number: string): boolean {
    const { country, blocked } = this.#values;
    const party = partyOf(number, country);
    return blocked.some((one) => partyOf(one, country) === party);
  }

  /** Kept in one spelling, so that it means the same party wherever the person goes. */
  async block(number: string, blocked: boolean): Promise<void> {
    await openBook();
    const { country, blocked: before } = this.#values;
    const party = partyOf(number, country);
    const others = before.filter((one) => partyOf(one, country) !== party);
    await this.set({ blocked: blocked ? [...others, party] : others });
  }

  async chooseDevice(kind: 'microphone' | 'speaker', device: DeviceId | null): Promise<void> {
    await this.#source.chooseDevice(kind, device).catch(() => undefined);
  }

  /** False where the store did not take it. */
  addAssistant(id: string): Promise<boolean> {
    return this.#source.addAssistant(id).then(
      () => true,
      () => false,
    );
  }

  async #read(): Promise<void> {
    const turn = ++this.#readings;
    const values = await this.#source.read().catch(() => null);
    // A later reading is on its way, or a change that this one may not know of.
    if (values !== null && turn === this.#readings && this.#writing === 0) this.#values = values;
  }
}

export const [getPreferences, setPreferences] = createContext<Preferences>();
