/** Which key does what on which screen; pure. Browser keys are left alone. */

export type Key =
  | 'mute'
  | 'hold'
  | 'transfer'
  | 'note'
  | 'quality'
  | 'audio'
  | 'keypad'
  | 'add'
  | 'end'
  | 'swap'
  | 'merge'
  | 'connect'
  | 'answer'
  | 'decline'
  | 'silence'
  | 'next-tab'
  | 'previous-tab'
  | 'search'
  | 'shortcuts'
  | { readonly digit: string };

export interface Stroke {
  readonly key: string;
  readonly shift: boolean;
  /** Control, Alt or Command: those belong to the browser. */
  readonly modified: boolean;
  /** The focus is in a text field. */
  readonly inField: boolean;
  /** That field is empty: the brackets change tabs from there. */
  readonly fieldEmpty: boolean;
}

export type Scope = 'home' | 'call' | 'two' | 'passing' | 'merged' | 'incoming';

const ON_A_CALL: { readonly [letter: string]: Key } = {
  m: 'mute',
  h: 'hold',
  t: 'transfer',
  n: 'note',
  q: 'quality',
  a: 'audio',
  k: 'keypad',
  '+': 'add',
};
const WITH_TWO: { readonly [letter: string]: Key } = { s: 'swap', j: 'merge', c: 'connect' };
/** What a screen leaves out of {@link ON_A_CALL}: it has no such control. */
const MISSING: { readonly [S in Scope]: readonly Key[] } = {
  home: [],
  call: [],
  two: ['hold', 'transfer', 'add'],
  passing: ['hold', 'transfer', 'add', 'note'],
  merged: ['transfer', 'add', 'note', 'keypad'],
  incoming: [],
};

/** What the stroke asks for; null where it is not ours. Letters count only outside fields, and only if they are on. */
export function keyOf(stroke: Stroke, scope: Scope, letters: boolean): Key | null {
  if (stroke.modified) return null;
  if (stroke.inField) return stroke.fieldEmpty && scope === 'home' ? bracket(stroke.key) : null;
  if (scope === 'incoming') return incoming(stroke, letters);
  if (scope !== 'home' && /^[0-9*#]$/.test(stroke.key)) return { digit: stroke.key };
  if (!letters) return null;
  if (stroke.key === '?') return 'shortcuts';
  if (scope === 'home') return bracket(stroke.key) ?? (stroke.key === '/' ? 'search' : null);
  const letter = stroke.key.toLowerCase();
  if (stroke.shift && letter === 'e') return 'end';
  if (stroke.shift && stroke.key !== '+') return null;
  const key = ON_A_CALL[letter];
  if (key !== undefined) return MISSING[scope].includes(key) ? null : key;
  return scope === 'two' || scope === 'passing' || scope === 'merged' ? (WITH_TWO[letter] ?? null) : null;
}

function incoming(stroke: Stroke, letters: boolean): Key | null {
  if (stroke.key === 'Escape') return 'silence';
  if (stroke.key === 'Enter') return 'answer';
  return letters && stroke.shift && stroke.key.toLowerCase() === 'd' ? 'decline' : null;
}

function bracket(key: string): Key | null {
  if (key === '[') return 'previous-tab';
  return key === ']' ? 'next-tab' : null;
}
