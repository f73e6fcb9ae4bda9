/** The phone beside the page. Firefox: the sidebar. */

import { browser } from 'wxt/browser';

/** True where this browser has one. */
export function canOpenPanel(): boolean {
  return sidebar() !== null;
}

/** Must be called in a click. False where the browser refused. */
export async function openPanel(): Promise<boolean> {
  try {
    const found = sidebar();
    if (found === null) return false;
    await found.open();
    return true;
  } catch {
    return false;
  }
}

function sidebar(): { open(): Promise<void> } | null {
  const action: unknown = 'sidebarAction' in browser ? browser.sidebarAction : null;
  return hasOpen(action) ? action : null;
}

function hasOpen(value: unknown): value is { open(): Promise<void> } {
  return typeof value === 'object' && value !== null && 'open' in value && typeof value.open === 'function';
}
