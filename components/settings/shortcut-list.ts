/** The keys that work while Holdfast has the focus (ui-spec 10), and how a browser's own shortcut splits into keys; pure. */

/** One key, or several pressed together; `word` completes `options_key_<word>`. */
export interface OwnShortcut {
  readonly word: string;
  readonly keys: readonly string[];
}

export const OWN_SHORTCUTS: readonly OwnShortcut[] = [
  { word: 'mute', keys: ['M'] },
  { word: 'talk', keys: ['Space'] },
  { word: 'hold', keys: ['H'] },
  { word: 'swap', keys: ['S'] },
  { word: 'merge', keys: ['J'] },
  { word: 'connect', keys: ['C'] },
  { word: 'transfer', keys: ['T'] },
  { word: 'note', keys: ['N'] },
  { word: 'quality', keys: ['Q'] },
  { word: 'audio', keys: ['A'] },
  { word: 'keypad', keys: ['K'] },
  { word: 'end', keys: ['Shift', 'E'] },
  { word: 'decline', keys: ['Shift', 'D'] },
  { word: 'tabs', keys: ['[', ']'] },
  { word: 'search', keys: ['/'] },
  { word: 'all', keys: ['?'] },
];

/** `Alt+Shift+H` and the Mac's `⌥⇧H` alike. */
export function keysOf(shortcut: string): readonly string[] {
  if (shortcut.includes('+')) return shortcut.split('+').map((key) => key.trim());
  return shortcut.match(/[⌃⌥⇧⌘]|[^⌃⌥⇧⌘]+/gu) ?? [];
}
