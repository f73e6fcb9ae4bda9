/** The keys of a telephone, in their order, with the letters under the digits. */

export interface KeypadKey {
  readonly key: string;
  readonly letters: string;
  /** Key of the spoken name, where the sign has no name of its own. */
  readonly name?: string;
}

export const KEYS: readonly KeypadKey[] = [
  { key: '1', letters: '' },
  { key: '2', letters: 'ABC' },
  { key: '3', letters: 'DEF' },
  { key: '4', letters: 'GHI' },
  { key: '5', letters: 'JKL' },
  { key: '6', letters: 'MNO' },
  { key: '7', letters: 'PQRS' },
  { key: '8', letters: 'TUV' },
  { key: '9', letters: 'WXYZ' },
  { key: '*', letters: '', name: 'keypad_star' },
  { key: '0', letters: '+' },
  { key: '#', letters: '', name: 'keypad_pound' },
];

/** How long a key stays pressed on screen after its hardware key, milliseconds. */
export const PRESSED_MS = 120;
