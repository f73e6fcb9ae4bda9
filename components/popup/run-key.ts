/** Does what a key asks for, on the screen that is shown. */

import type { CallView } from '../../lib/phone/model/snapshot';
import type { Phone } from '../phone.svelte';
import type { Key } from './keys';
import { isHeld, type Screen, type Tab } from './screen';
import type { Shell } from './shell.svelte';
import { openTab } from './tab';

interface Hands {
  readonly phone: Phone;
  readonly shell: Shell;
}

const TABS: readonly Tab[] = ['keypad', 'recents', 'assistant'];

export function runKey(key: Key, screen: Screen, hands: Hands): void {
  const { phone, shell } = hands;
  if (typeof key === 'object') return digit(key.digit, screen, hands);
  switch (key) {
    case 'shortcuts':
      shell.sheet = 'shortcuts';
      return;
    case 'previous-tab':
      return openTab(neighbour(shell.tab, -1), hands);
    case 'next-tab':
      return openTab(neighbour(shell.tab, 1), hands);
    case 'search':
      return press('[role="combobox"], [data-search]', 'focus');
    case 'note':
      return press('.notes textarea', 'focus');
    case 'quality':
      return press('[aria-keyshortcuts="Q"]', 'click');
    case 'audio':
      shell.sheet = 'audio';
      return;
    case 'keypad':
      shell.keypadOpen = !shell.keypadOpen;
      return;
    case 'transfer':
    case 'add':
    case 'hold':
    case 'merge':
    case 'connect':
    case 'swap':
      // The control knows whether it waits.
      return press(`[aria-keyshortcuts="${CONTROL_KEYS[key]}"]`, 'click');
    case 'end':
      return press('[aria-keyshortcuts="Shift+E"]', 'click');
    case 'mute':
      for (const call of muted(screen)) void phone.mute(call.id, !call.muted);
      return;
    case 'answer':
      if (screen.kind === 'incoming') void phone.answer(screen.call.id);
      return;
    case 'decline':
      if (screen.kind === 'incoming') void phone.decline(screen.call.id);
      return;
    case 'silence':
      if (screen.kind === 'incoming') void phone.silence(screen.call.id);
      return;
  }
  key satisfies never;
}

export function neighbour(tab: Tab, step: 1 | -1): Tab {
  return TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length] ?? tab;
}

const CONTROL_KEYS = { transfer: 'T', add: '+', hold: 'H', merge: 'J', connect: 'C', swap: 'S' } as const;

function digit(tone: string, screen: Screen, { phone, shell }: Hands): void {
  const call = screen.kind === 'passing' ? screen.to : 'call' in screen ? screen.call : null;
  if (call === null || call.state.phase !== 'active' || isHeld(call)) return;
  shell.flash(tone);
  void phone.sendDigits(call.id, tone);
}

function muted(screen: Screen): readonly CallView[] {
  if (screen.kind === 'merged') return screen.calls;
  if (screen.kind === 'passing') return [screen.to];
  return 'call' in screen && screen.kind !== 'incoming' ? [screen.call] : [];
}

function press(selector: string, how: 'focus' | 'click'): void {
  const control = document.querySelector<HTMLElement>(selector);
  if (how === 'focus') control?.focus();
  else control?.click();
}
