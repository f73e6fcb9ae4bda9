/** Where the person is inside the popup or side panel, and the small things that pass over every screen. */

import { createContext } from 'svelte';
import { t } from '../../lib/extension/i18n';
import type { CallId, LineId } from '../../lib/phone/model/ids';
import type { HistoryEntry } from '../../lib/extension/history-entry';
import type { LineView, PhoneSnapshot } from '../../lib/phone/model/snapshot';
import type { IconName } from '../icons';
import { PRESSED_MS } from './keypad-keys';
import type { Read } from './call/written';
import type { Place, Tab } from './screen';

/** A page that lies over the tabs, with a way back. */
export type Page =
  | {
      readonly kind: 'contact';
      readonly number: string;
      readonly name: string | null;
      /** The call whose note is written now. */
      readonly note?: CallId;
      /** The person came to write to them. */
      readonly writing?: boolean;
    }
  | { readonly kind: 'quality'; readonly call: CallId }
  | { readonly kind: 'transcript'; readonly call: HistoryEntry }
  | { readonly kind: 'add-call' };

export type SheetName = 'audio' | 'transfer' | 'shortcuts' | 'room' | 'written';

export interface Passing {
  readonly text: string;
  readonly icon?: IconName;
  readonly action?: { readonly label: string; readonly run: () => void };
}

export type Frame = 'popup' | 'sidepanel';

export class Shell {
  readonly frame: Frame;
  tab = $state<Tab>('keypad');
  away = $state(false);
  passing = $state.raw<Place['passing']>(null);
  page = $state.raw<Page | null>(null);
  sheet = $state<SheetName | null>(null);
  keypadOpen = $state(false);
  /** Up to where written messages were read. */
  read = $state.raw<Read | null>(null);
  /** The digit that the hardware keyboard just pressed; its key on the screen goes down for a moment. */
  pressed = $state<string | null>(null);
  toast = $state.raw<Passing | null>(null);
  /** A call was over while this was open: no first visit, though the history may not have it yet. */
  called = $state(false);
  /** The line that calls go out on; null is the first one. */
  line = $state<LineId | null>(null);
  /** Said politely by the screen reader; for what is no change of a call. */
  whisper = $state('');
  /** What Home's field starts with, once; for "Edit" and for numbers handed over by others. */
  draft = $state<string | null>(null);

  #callerIds = $state.raw<ReadonlyMap<LineId, string>>(new Map());
  #released: ReturnType<typeof setTimeout> | undefined;

  constructor(frame: Frame) {
    this.frame = frame;
  }

  get place(): Place {
    return { tab: this.tab, away: this.away, passing: this.passing };
  }

  /** The line that calls go out on: the chosen one, else one that is ready, else the first. */
  chosenLine(snapshot: PhoneSnapshot | null): LineView | null {
    const lines = snapshot?.lines ?? [];
    const callable = lines.filter(({ kind }) => kind !== 'assistant');
    const chosen = lines.find(({ id }) => id === this.line);
    return chosen ?? callable.find(({ session }) => session.phase === 'ready') ?? callable[0] ?? lines[0] ?? null;
  }

  /** The number that calls of this line show: the chosen one, else its first. */
  callerIdOf(line: LineView | null): string | null {
    if (line === null) return null;
    return this.#callerIds.get(line.id) ?? line.callerIds[0] ?? null;
  }

  chooseCallerId(line: LineView, id: string): void {
    this.#callerIds = new Map(this.#callerIds).set(line.id, id);
  }

  /** The key on the screen goes down with the hardware key. */
  flash(digit: string): void {
    this.pressed = digit;
    clearTimeout(this.#released);
    this.#released = setTimeout(() => (this.pressed = null), PRESSED_MS);
  }

  open(tab: Tab): void {
    this.tab = tab;
    this.page = null;
  }

  push(page: Page): void {
    this.page = page;
    this.away = true;
  }

  /** Away from a page that lies over; a call comes back into view unless the person was in the tabs before. */
  back(): void {
    this.page = null;
    this.away = false;
  }

  /** The call is on screen again, with nothing over it. */
  toCall(): void {
    this.page = null;
    this.away = false;
  }

  say(toast: Passing): void {
    this.toast = toast;
  }

  /** A number rings no more; the way back lies beside. */
  sayBlocked(number: string, undo: () => unknown): void {
    this.say({
      text: t('recents_block_done', number),
      icon: 'ban',
      action: { label: t('common_undo'), run: () => void undo() },
    });
  }
}

export const [getShell, setShell] = createContext<Shell>();
