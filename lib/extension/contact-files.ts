/** Contacts as files that other programs read and write: vCard and CSV; pure. What a file holds is read with suspicion. */

import { readDialled } from '../numbers/dialable';
import { dialledForm, relabelled, type Contact, type Person } from './contacts';
import { parseCsv, writeCsv } from './csv';
import { labelIn, labelsOf } from './number-label';
import { readVCards, writeVCards } from './vcard';

export interface ReadContacts {
  /** With numbers as they are dialled from here. */
  readonly people: readonly Person[];
  /** How many entries had no name or no number that can be dialled. */
  readonly skipped: number;
}

/** What one file may bring. */
export const MOST_CONTACTS = 20_000;
const LONGEST_TEXT = 500;
const MOST_NUMBERS = 20;

export function writeContacts(contacts: readonly Contact[], form: 'vcf' | 'csv'): string {
  const people = contacts.map(({ numbers, labels, ...person }) => ({
    ...person,
    numbers: numbers.map(dialledForm),
    ...relabelled(labels, dialledForm),
  }));
  return form === 'vcf' ? writeVCards(people) : writeTable(people);
}

/** `country` (ISO 3166 alpha-2) reads national numbers. Null where the text is neither vCards nor a table with numbers. */
export function readContacts(text: string, country: string): ReadContacts | null {
  const bare = text.replace(/^\uFEFF/u, '');
  const found = /^BEGIN:VCARD\s*$/imu.test(bare) ? readVCards(bare) : readTable(bare);
  if (found === null) return null;
  const people = found.slice(0, MOST_CONTACTS).flatMap((person) => usable(person, country) ?? []);
  return { people, skipped: found.length - people.length };
}

function usable({ name, company, numbers, labels, note }: Person, country: string): Person | null {
  const dial = (number: string): string | null => {
    const read = readDialled(number, country);
    return read.kind === 'bad' || read.kind === 'name' ? null : read.to;
  };
  const dialled = numbers.slice(0, MOST_NUMBERS).flatMap((number) => dial(number) ?? []);
  const short = (text: string): string => text.trim().slice(0, LONGEST_TEXT);
  const called = short(name) || short(company);
  if (called === '' || dialled.length === 0) return null;
  return {
    name: called,
    company: short(company),
    numbers: [...new Set(dialled)],
    ...relabelled(labels, dial),
    note: note.trim().slice(0, 8000),
  };
}

const HEADINGS = ['Name', 'Company', 'Note'];

function writeTable(people: readonly Person[]): string {
  const most = Math.max(1, ...people.map(({ numbers }) => numbers.length));
  const places = Array.from({ length: most }, (_none, index) => index);
  const phones = places.flatMap((index) => [`Phone ${index + 1} - Label`, `Phone ${index + 1}`]);
  const rows = people.map(({ name, company, note, numbers, labels }) => [
    name,
    company,
    note,
    ...places.flatMap((index) => {
      const number = numbers[index] ?? '';
      return [labels?.[number] ?? '', number];
    }),
  ]);
  return writeCsv([[...HEADINGS, ...phones], ...rows]);
}

/** The headings of ours, of Google's and of Outlook's tables, by what they have in common. */
function readTable(text: string): readonly Person[] | null {
  const [headings, ...rows] = parseCsv(text);
  if (headings === undefined) return null;
  const names = headings.map((heading) => heading.trim().toLowerCase());
  const at = (pattern: RegExp): number[] => names.flatMap((name, index) => (pattern.test(name) ? [index] : []));
  const phones = at(/phone|mobile|\btel\b|telephone|^number$|handy|telefon/u).filter(
    (index) => !/label|type|fax|pager|yomi/u.test(names[index] ?? ''),
  );
  if (phones.length === 0) return null;
  const [whole] = at(/^(?:full |display |file as|contact )?name$|^display name$|^file as$/u);
  const parts = [
    ...at(/^(?:first|given) name$/u),
    ...at(/^(?:middle|additional) name$/u),
    ...at(/^(?:last|family) name$/u),
  ];
  const [company] = at(/^(?:company|organi[sz]ation|organi[sz]ation(?: 1 -)? name|organi[sz]ation 1 - name)$/u);
  const [note] = at(/^notes?$/u);
  return rows
    .filter((row) => row.some((cell) => cell.trim() !== ''))
    .map((row) => {
      const cell = (index: number | undefined): string => (index === undefined ? '' : (row[index] ?? ''));
      // Google writes several numbers of a kind into one cell.
      const found = phones.flatMap((index) => {
        const label = labelIn(cell(labelAt(names, index)) || (names[index] ?? ''));
        return cell(index)
          .split(' ::: ')
          .filter((number) => number.trim() !== '')
          .map((number) => ({ number, label }));
      });
      const joined = parts
        .map((index) => cell(index).trim())
        .filter(Boolean)
        .join(' ');
      return {
        name: cell(whole).trim() || joined,
        company: cell(company),
        numbers: found.map(({ number }) => number),
        ...labelsOf(found),
        note: cell(note),
      };
    });
}

/** The column that says what the numbers of that column are: `Phone 1 - Label` of `Phone 1` and of `Phone 1 - Value`. */
function labelAt(names: readonly string[], index: number): number | undefined {
  const name = names[index]?.replace(/ - value$/u, '') ?? '';
  const at = names.findIndex((other) => other === `${name} - label` || other === `${name} - type`);
  return at < 0 ? undefined : at;
}
