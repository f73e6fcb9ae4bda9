/** The pages' mirror of what is stored: shown without secrets, changed one section at a time, kept whole by a queue. */

import { createContext } from 'svelte';
import type { Policy } from '../../lib/extension/settings';
import type { LineSecret, StoredLine, StoredSettings } from '../../lib/extension/stored';
import type { LineId } from '../../lib/phone/model/ids';

/** Everything but the secrets, which no page needs to see. */
export type Shown = Omit<StoredSettings, 'secrets'>;
export type Section = keyof Omit<Shown, 'lines'>;

/** Where the settings are kept; lib/extension/settings-link.ts is the real one, the screens' harness brings its own. */
export interface SettingsLink {
  read(): Promise<Shown>;
  policy(): Promise<Policy>;
  /** What the person stored, without the policy over it. */
  own<Key extends Section>(key: Key): Promise<Shown[Key]>;
  write<Key extends Section>(key: Key, value: Shown[Key]): Promise<void>;
  watch(listener: () => void): () => void;
  saveLine(line: StoredLine, secret: LineSecret | undefined): Promise<void>;
  /** Gives back the way to undo it. */
  removeLine(id: LineId): Promise<() => Promise<void>>;
  /** Which secret is stored for the line; never the secret itself. */
  secretKind(id: LineId): Promise<'password' | 'token' | null>;
  /** Saves a line with the secret of another, whose place it is about to take. */
  saveLineLike(from: LineId, to: StoredLine): Promise<void>;
}

export class Settings {
  readonly link: SettingsLink;
  #shown = $state.raw<Shown | null>(null);
  #policy = $state.raw<Policy>({});
  #broken = $state(false);
  #queue: Promise<void> = Promise.resolve();

  constructor(link: SettingsLink) {
    this.link = link;
  }

  /** Reads, and follows every change from anywhere. Returns the stop. */
  start(): () => void {
    const stop = this.link.watch(() => void this.#read());
    void this.#read();
    return stop;
  }

  /** Null until the first reading is done. */
  get shown(): Shown | null {
    return this.#shown;
  }

  /** True after something could not be read or stored. */
  get broken(): boolean {
    return this.#broken;
  }

  /** True where an administrator decides: the field, or the whole section. */
  isManaged(section: keyof Policy, field?: string): boolean {
    const managed: unknown = this.#policy[section];
    if (managed === undefined) return false;
    return field === undefined || (typeof managed === 'object' && managed !== null && field in managed);
  }

  isManagedLine(id: LineId): boolean {
    return this.#policy.lines?.some((line) => line.id === id) ?? false;
  }

  /** Changes one section of the person's own settings; changes queue, so that none is lost. Never rejects. */
  update<Key extends Section>(key: Key, change: (own: Shown[Key]) => Shown[Key]): Promise<void> {
    return this.run(async () => this.link.write(key, change(await this.link.own(key))));
  }

  /** Runs a change of what is stored in its turn. Never rejects: a failure is told by {@link broken}. */
  run(change: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(change).then(
      () => {
        this.#broken = false;
      },
      () => {
        this.#broken = true;
      },
    );
    return this.#queue;
  }

  async #read(): Promise<void> {
    try {
      const [shown, policy] = await Promise.all([this.link.read(), this.link.policy()]);
      this.#shown = shown;
      this.#policy = policy;
    } catch {
      this.#broken = true;
    }
  }
}

export const [getSettings, setSettings] = createContext<Settings>();
