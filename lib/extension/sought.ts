/** What is sought among calls and messages, and whether one answers to it: words, or a number however anybody spelled it; pure. */

import { fold } from '../numbers/candidates';
import { personOf } from './contacts';

export interface Sought {
  /** Folded; each must occur in name, number or text. */
  readonly words: readonly string[];
  /** Words of digits alone; each must occur like the others, or together they are a number. */
  readonly numbers: readonly string[];
  /** Digits that such a number begins with, in every spelling; see {@link spellingsBeginning}. */
  readonly begins: readonly string[];
  /** What people are called here, by their numbers as `personOf` in contacts.ts spells them. */
  readonly names: ReadonlyMap<string, string>;
}

export interface Findable {
  readonly name: string | null;
  readonly number: string | null;
  readonly text: string;
}

export const NOTHING_SOUGHT: Sought = { words: [], numbers: [], begins: [], names: new Map() };

/** Fewer digits are an extension, or stand anywhere. */
const FEWEST_OF_A_NUMBER = 7;
const FEWEST_TYPED = 3;
/** Prefixes of calls abroad and within, where they are not 00 and 0, by the calling code. */
const ABROAD: Readonly<Partial<Record<string, string>>> = { 1: '011', 7: '810', 61: '0011', 81: '010' };
const WITHIN: Readonly<Partial<Record<string, string>>> = { 1: '1', 7: '8' };

/** The words that were typed: those of digits apart from the others. */
export function wordsOf(typed: string): Pick<Sought, 'words' | 'numbers'> {
  const words = plain(fold(typed).text).split(/\s+/u).filter(Boolean);
  const isNumber = (word: string): boolean => /\d/.test(word) && /^[+\d()./-]+$/.test(word);
  return { words: words.filter((word) => !isNumber(word)), numbers: words.filter(isNumber) };
}

/**
 * How servers may begin a number of which these are the first digits, as they are written where `code` is the calling code of the
 * country: with the code, behind a prefix of calls abroad, or as it is dialled within. Digits alone.
 */
export function spellingsBeginning(typed: string, code: string | null): readonly string[] {
  const written = typed.trim().replace('(0)', '');
  const digits = written.replace(/\D/g, '');
  if (digits.length < FEWEST_TYPED) return [];
  const abroad = fromAbroad(written, digits, code ?? '');
  const begins = abroad !== null ? everySpelling(abroad, code) : code === null ? [digits] : fromWithin(digits, code);
  return [...new Set(begins)].filter(({ length }) => length >= FEWEST_TYPED);
}

/** The spellings of a number whose digits begin with its calling code. */
export function everySpelling(digits: string, code: string | null): readonly string[] {
  const spelled = [digits, `00${digits}`, `011${digits}`];
  if (code === null || !digits.startsWith(code)) return spelled;
  const local = digits.slice(code.length);
  return [...spelled, local, `${WITHIN[code] ?? '0'}${local}`];
}

export function isFound({ name, number, text }: Findable, sought: Sought): boolean {
  const { words, numbers, begins, names } = sought;
  if (words.length + numbers.length === 0) return true;
  const person = personOf(number ?? '');
  const all = plain([name, names.get(person), number, person, text].join(' '));
  if (!words.every((word) => all.includes(word))) return false;
  if (numbers.every((word) => all.includes(word))) return true;
  const together = numbers.join('').replace(/\D/g, '');
  if (together.length >= FEWEST_TYPED && person.includes(together)) return true;
  return person.length >= FEWEST_OF_A_NUMBER && begins.some((begin) => person.startsWith(begin));
}

/** In lower case and without marks, so that "jose" finds José. */
export function plain(text: string): string {
  const lower = text.toLowerCase();
  return /[^ -~]/.test(lower) ? lower.normalize('NFD').replace(/\p{M}/gu, '') : lower;
}

/** The digits from the calling code on; null where they are not written for calls from abroad. */
function fromAbroad(written: string, digits: string, code: string): string | null {
  if (/^\(?\+/.test(written)) return digits;
  const prefix = [ABROAD[code] ?? '00', '00'].find((one) => digits.startsWith(one));
  return prefix === undefined ? null : digits.slice(prefix.length);
}

/** With the prefix of calls within or without it; or, as people often write it, with the calling code and no plus. */
function fromWithin(digits: string, code: string): readonly string[] {
  const trunk = WITHIN[code] ?? '0';
  const local = digits.startsWith(trunk) ? [digits, digits.slice(trunk.length)] : [digits];
  const whole = [...local.map((one) => code + one), ...(digits.startsWith(code) ? [digits] : [])];
  return [...local, ...whole.flatMap((one) => everySpelling(one, code))];
}
