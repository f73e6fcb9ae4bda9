/** The keys that work in any tab: the browser keeps them, we only show them and lead to where they are changed. */

import { browser } from 'wxt/browser';

export interface BrowserShortcut {
  readonly name: string;
  readonly description: string;
  /** As the browser writes it, for instance `Alt+Shift+H` or `⌥⇧H`; empty where none is set. */
  readonly keys: string;
}

export async function listShortcuts(): Promise<readonly BrowserShortcut[]> {
  const commands = await browser.commands.getAll();
  return commands.flatMap(({ name, description, shortcut }) =>
    name === undefined || description === undefined || description === ''
      ? []
      : [{ name, description, keys: shortcut ?? '' }],
  );
}

/** Opens the browser's own page for them. False where it has none that may be opened: then the person has to go there. */
export async function openShortcutSettings(): Promise<boolean> {
  const { commands } = browser;
  try {
    if (opensSettings(commands)) await commands.openShortcutSettings();
    else await browser.tabs.create({ url: 'chrome://extensions/shortcuts' });
    return true;
  } catch {
    return false;
  }
}

/** Firefox, since 137. */
function opensSettings(commands: object): commands is { openShortcutSettings(): Promise<void> } {
  return 'openShortcutSettings' in commands && typeof commands.openShortcutSettings === 'function';
}
