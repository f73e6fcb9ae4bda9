/** vCards: written in version 3.0 (RFC 2426), which everything reads; read in 2.1, 3.0 and 4.0 (RFC 6350); pure. */

import type { NumberLabel, Person } from './contacts';
import { labelIn, labelsOf } from './number-label';

const TYPES: { readonly [label in NumberLabel]: string } = {
  mobile: 'CELL',
  work: 'WORK,VOICE',
  home: 'HOME,VOICE',
  main: 'MAIN',
};

const LINE_BYTES = 75;

export function writeVCards(people: readonly Person[]): string {
  return people
    .flatMap(({ name, company, numbers, labels, note }) => [
      'BEGIN:VCARD',
      'VERSION:3.0',
      `FN:${escaped(name)}`,
      `N:;${escaped(name)};;;`,
      ...(company === '' ? [] : [`ORG:${escaped(company)}`]),
      ...numbers.map((number) => `TEL;TYPE=${typesOf(labels?.[number])}:${escaped(number)}`),
      ...(note === '' ? [] : [`NOTE:${escaped(note)}`]),
      'END:VCARD',
    ])
    .map((line) => `${folded(line)}\r\n`)
    .join('');
}

function typesOf(label: NumberLabel | undefined): string {
  return label === undefined ? 'VOICE' : TYPES[label];
}

/** Cards without an end end where the next begins. Never throws. */
export function readVCards(text: string): readonly Person[] {
  const cards: Property[][] = [];
  for (const line of unfolded(text)) {
    const property = propertyOf(line);
    if (property?.name === 'BEGIN' && /^VCARD$/iu.test(property.value)) cards.push([]);
    else if (property !== null) cards.at(-1)?.push(property);
  }
  return cards.map(cardPerson);
}

interface Property {
  readonly name: string;
  readonly parameters: string;
  readonly value: string;
}

/** `item1.TEL;TYPE=CELL:+1 555`: a group, a name, parameters that may hold colons in quotes, a value. */
function propertyOf(line: string): Property | null {
  const match = /^(?:[\w-]+\.)?([\w-]+)((?:;(?:[^":;]|"[^"]*")*)*):(.*)$/su.exec(line);
  if (match === null) return null;
  const [, name = '', parameters = '', raw = ''] = match;
  return { name: name.toUpperCase(), parameters, value: decoded(raw, parameters) };
}

function cardPerson(card: readonly Property[]): Person {
  const first = (name: string): string => card.find((property) => property.name === name)?.value ?? '';
  const [family = '', given = '', middle = ''] = split(first('N'), ';');
  const named = [given, middle, family].map((part) => part.trim()).filter(Boolean);
  const phones = card
    .filter(({ name, parameters }) => name === 'TEL' && !/\b(?:fax|pager)\b/iu.test(parameters))
    .map(({ value, parameters }) => ({ number: unescaped(value).trim(), label: labelIn(parameters) }))
    .filter(({ number }) => number !== '');
  return {
    name: unescaped(first('FN')).trim() || named.join(' '),
    company: split(first('ORG'), ';')[0]?.trim() ?? '',
    numbers: phones.map(({ number }) => number),
    ...labelsOf(phones),
    note: unescaped(first('NOTE')),
  };
}

/** A line that begins with a blank goes on the one before; in version 2.1 so does one whose `=` stands at the end. */
function unfolded(text: string): readonly string[] {
  const whole = text.replace(/\r\n?/gu, '\n').replace(/\n[ \t]/gu, '');
  const lines: string[] = [];
  for (const line of whole.split('\n')) {
    const before = lines.at(-1);
    if (before !== undefined && before.endsWith('=') && isPrintable(before))
      lines[lines.length - 1] = before.slice(0, -1) + line;
    else lines.push(line);
  }
  return lines;
}

function isPrintable(line: string): boolean {
  return /^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]/iu.test(line);
}

function decoded(value: string, parameters: string): string {
  if (!/\bQUOTED-PRINTABLE\b/iu.test(parameters)) return value;
  const bytes: number[] = [];
  for (const part of value.match(/=[\dA-F]{2}|[^]/giu) ?? [])
    if (part.length === 3) bytes.push(Number.parseInt(part.slice(1), 16));
    else bytes.push(...new TextEncoder().encode(part));
  return new TextDecoder().decode(new Uint8Array(bytes));
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/gu, '\\$&').replace(/\r\n?|\n/gu, '\\n');
}

function unescaped(text: string): string {
  return text.replace(/\\([^])/gu, (_all, sign: string) => (/n/iu.test(sign) ? '\n' : sign));
}

/** The parts of a structured value, unescaped. */
function split(value: string, by: string): readonly string[] {
  return (value.match(new RegExp(`(?:\\\\[^]|[^\\\\${by}])*(?:${by}|$)`, 'gu')) ?? []).map((part) =>
    unescaped(part.endsWith(by) && !part.endsWith(`\\${by}`) ? part.slice(0, -1) : part),
  );
}

/** No line is longer than 75 bytes; a sign of several bytes stays whole. */
function folded(line: string): string {
  const bytes = new TextEncoder();
  const lines = [''];
  let length = 0;
  for (const sign of line) {
    const size = bytes.encode(sign).length;
    if (length + size > LINE_BYTES) {
      lines.push(' ');
      length = 1;
    }
    lines[lines.length - 1] += sign;
    length += size;
  }
  return lines.join('\r\n');
}
