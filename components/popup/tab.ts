/** Goes to a tab: the cards of calls that are over make way for it. */

import type { Phone } from '../phone.svelte';
import { endedCards, type Tab } from './screen';
import type { Shell } from './shell.svelte';

export function openTab(tab: Tab, { phone, shell }: { readonly phone: Phone; readonly shell: Shell }): void {
  for (const call of endedCards(phone.snapshot)) void phone.dismiss(call.id);
  shell.open(tab);
}
