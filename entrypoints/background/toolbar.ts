/** Puts the button that `badge.ts` decided on into the toolbar. */

import { browser } from 'wxt/browser';
import type { Button, Icon } from './badge';
import { say } from './say';

const COLOURS = { red: '#BF2F29', amber: '#F0B54A', dark: '#07302B' } as const;
const BLINK_MS = 1000;

let blinking: ReturnType<typeof setInterval> | null = null;

/** While it blinks, the calls to the browser keep the worker awake; a ring does not last. */
export async function paint(button: Button): Promise<void> {
  if (blinking !== null) clearInterval(blinking);
  blinking = null;
  await Promise.all([
    setIcon(button.icon),
    action().setBadgeText({ text: button.badge }),
    action().setBadgeBackgroundColor({ color: COLOURS[button.colour] }),
    action().setTitle({ title: say(button.title) }),
  ]);
  const { blink } = button;
  if (blink !== null) blinking = setInterval(alternate(button.icon, blink), BLINK_MS);
}

function alternate(icon: Icon, blink: Icon): () => void {
  let lit = false;
  return () => {
    lit = !lit;
    setIcon(lit ? blink : icon).catch(() => undefined);
  };
}

function setIcon(icon: Icon): Promise<void> {
  return action().setIcon({ path: { 16: `/icon/${icon}-16.png`, 32: `/icon/${icon}-32.png` } });
}

// Manifest version 2 (Firefox) has the same object under its older name.
function action(): typeof browser.action {
  return browser.action ?? browser.browserAction;
}
