/** The pages' mirror of what is stored: shown without secrets, changed one section at a time, kept whole by a queue. */

import { createContext } from 'svelte';
import type { Policy, Proposal } from '../../lib/extension/policy';
import type { LineOptions, LineSecret, StoredLine, StoredSettings } from '../../lib/extension/stored';
import type { LineId } from '../../lib/phone/model/ids';

/** Everything but the secrets, which no page needs to see. */
export type Shown = Omit<StoredSettings, 'secrets'>;
export type Section = keyof Omit<Shown, 'lines'>;

/** Where the settings are kept; lib/extension/settings-link.ts is the real one, the screens' harness brings its own. */
export interface SettingsLink {
  read(): Promise<Shown>;
  policy(): Promise<Policy>;
  /** What an administrator proposes; people may change it. */
  proposal(): Promise<Proposal>;
  /** What the person stored, without the policy over it. */
  own<Key extends Section>(key: Key): Promise<Shown[Key]>;
  write<Key extends Section>(key: Key, value: Shown[Key]): Promise<void>;
  watch(listener: () => void): () => void;
  saveLine(line: StoredLine, secret: LineSecret | undefined): Promise<void>;
  /** Changes what the person stored of an account of their own; nothing where there is none. */
  changeLine(id: LineId, change: (own: StoredLine) => StoredLine): Promise<void>;
  /** Gives back the way to undo it. */
  removeLine(id: LineId): Promise<() => Promise<void>>;
  /** Which secret is stored for the line; never the secret itself. */
  secretKind(id: LineId): Promise<'password' | 'token' | null>;
  /** Saves a line with the secret of another, whose place it is about to take. */
  saveLineLike(from: LineId, to: StoredLine): Promise<void>;
  /** Gives the secret of a line to another, which is an administrator's, and removes the line. */
  handSecret(from: LineId, to: LineId): Promise<void>;
}

export class Settings {
  readonly link: SettingsLink;
  #shown = $state.raw<Shown | null>(null);
  #policy = $state.raw<Policy>({});
  #proposal = $state.raw<Proposal>({});
  #broken = $state(false);
  #queue: Promise<void> = Promise.resolve();
  #readings = 0;

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

  /** The administrator's defaults for the options; the extension's own count where they name none. */
  get proposedOptions(): LineOptions {
    return this.#proposal.options ?? {};
  }

  isManagedLine(id: LineId): boolean {
    return this.#policy.lines?.some((line) => line.id === id) ?? false;
  }

  /** Does an administrator's account lack the secret that it signs in with? Then the person gives it. */
  owesSecret({ id, kind }: StoredLine): boolean {
    const given = this.#policy.secrets?.[id];
    return this.isManagedLine(id) && kind !== 'assistant' && !given?.password && !given?.token;
  }

  /** Changes one section of the person's own settings; changes queue, so that none is lost. Never rejects. */
  update<Key extends Section>(key: Key, change: (own: Shown[Key]) => Shown[Key]): Promise<void> {
    return this.run(async () => this.link.write(key, change(await this.link.own(key))));
  }

  /** What the person stored, once every change under way is among it. */
  async stored<Key extends Section>(key: Key): Promise<Shown[Key]> {
    await this.#queue;
    return this.link.own(key);
  }

  /** Options as they were shown before; what an administrator locked was never the person's, and stays out of it. */
  putBackOptions(before: LineOptions): Promise<void> {
    const locked = (wanted: boolean, options: LineOptions): LineOptions =>
      Object.fromEntries(Object.entries(options).filter(([key]) => this.isManaged('options', key) === wanted));
    return this.update('options', (own) => ({ ...locked(true, own), ...locked(false, before) }));
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
    const turn = ++this.#readings;
    try {
      const { link } = this;
      const [shown, policy, proposal] = await Promise.all([link.read(), link.policy(), link.proposal()]);
      if (turn !== this.#readings) return; // A later reading is on its way.
      this.#shown = shown;
      this.#policy = policy;
      this.#proposal = proposal;
    } catch {
      this.#broken = true;
    }
  }
}

export const [getSettings, setSettings] = createContext<Settings>();
