/** Contacts that go out and come in as files: what other programs write is read, and what we write is read by them. */

import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { deleteDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { readContacts, writeContacts } from '../../../lib/extension/contact-files';
import { bringContacts, listContacts, saveContact, type Contact, type Person } from '../../../lib/extension/contacts';
import { parseCsv, writeCsv } from '../../../lib/extension/csv';
import { closeDatabase } from '../../../lib/extension/database';

const DANA: Contact = {
  id: 'd',
  name: 'Dana, "D" Whitfield; née Søn',
  company: '=Northgate\\Dental',
  numbers: ['14155550132', '204', 'dana@pbx.example'],
  labels: { '14155550132': 'mobile', '204': 'work' },
  note: 'First line\nsecond; line',
};
const numbersOf = (contact: Contact) =>
  contact.numbers.map((number) => (number.length > 8 && !number.includes('@') ? `+${number}` : number));

describe.each(['vcf', 'csv'] as const)('as %s', (form) => {
  it('comes back as it went', () => {
    const { id: _id, ...person } = DANA;
    const read = readContacts(writeContacts([DANA], form), 'US');
    const labels = { '+14155550132': 'mobile', '204': 'work' };
    expect(read).toEqual({ people: [{ ...person, numbers: numbersOf(DANA), labels }], skipped: 0 });
  });

  it('comes back for any name, company and note', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((word) => word.trim() === word && !/[\r\0]/u.test(word));
    fc.assert(
      fc.property(text, text, text, (name, company, note) => {
        const contact = { id: 'x', name, company, numbers: ['442079460018'], note };
        expect(readContacts(writeContacts([contact], form), 'GB')?.people).toEqual([
          { name, company, numbers: ['+442079460018'], note },
        ]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a vCard', () => {
  it('is read as phones write it: groups, folds, several cards, telephone addresses', () => {
    const text = [
      'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Marcus Oyelaran\r\nORG:Tideway Logistics;Sales\r\nTEL;VALUE=uri;TYPE="voice,work":tel:+44-20-7946-0018',
      'item1.TEL;type=pref:020 7946 0999\r\nTEL;TYPE=FAX:020 7946 0000\r\nNOTE:Prefers\\, mo\r\n rnings\\nonly\r\nEND:VCARD',
      'begin:vcard\nversion:3.0\nN:Torres;Maya;;;\nTEL:+1 (646) 555-0177\nend:vcard',
      'BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Kov=C3=A1cs;El=\nena\nTEL;CELL:+49 30 23125042\nEND:VCARD',
    ].join('\r\n');
    expect(readContacts(text, 'GB')?.people).toEqual([
      {
        name: 'Marcus Oyelaran',
        company: 'Tideway Logistics',
        numbers: ['+442079460018', '+442079460999'],
        labels: { '+442079460018': 'work' },
        note: 'Prefers, mornings\nonly',
      },
      { name: 'Maya Torres', company: '', numbers: ['+16465550177'], note: '' },
      {
        name: 'Elena Kovács',
        company: '',
        numbers: ['+493023125042'],
        labels: { '+493023125042': 'mobile' },
        note: '',
      },
    ]);
  });

  it('is written in lines that every reader takes', () => {
    const lines = writeContacts([{ ...DANA, note: 'é'.repeat(200) }], 'vcf').split('\r\n');
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(lines).toContain('TEL;TYPE=CELL:+14155550132');
  });
});

describe('a table', () => {
  it.each([
    [
      'Google',
      'Name,Given Name,Organization Name,Notes,Phone 1 - Label,Phone 1 - Value,Phone 2 - Value\nMaya Torres,Maya,Northgate,Hi,Mobile,(646) 555-0177 ::: 646 555 0178,+1 415 555 0100',
    ],
    [
      'Outlook',
      'First Name;Last Name;Company;Business Phone;Business Fax;Mobile Phone;Notes\nMaya;Torres;Northgate;(646) 555-0177;(646) 555-0999;646 555 0178;Hi',
    ],
    ['ours', '\uFEFFName,Company,Note,Phone 1,Phone 2\r\n"Maya Torres",Northgate,"Hi",+16465550177,6465550178\r\n'],
  ])('of %s is read', (_whose, text) => {
    const [maya] = readContacts(text, 'US')?.people ?? [];
    expect(maya).toMatchObject({ name: 'Maya Torres', company: 'Northgate', note: 'Hi' });
    expect(maya?.numbers.slice(0, 2)).toEqual(['+16465550177', '+16465550178']);
  });

  it.each([
    [
      'Google',
      'Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Value\nMaya,* Mobile,(646) 555-0177 ::: 646 555 0178,+1 415 555 0100',
      { '+16465550177': 'mobile', '+16465550178': 'mobile' },
    ],
    [
      'Outlook',
      'First Name;Business Phone;Mobile Phone;Home Phone 2;Other Phone\nMaya;(646) 555-0177;646 555 0178;;6465550179',
      { '+16465550177': 'work', '+16465550178': 'mobile' },
    ],
  ])('of %s says what each number is', (_whose, text, labels) => {
    expect(readContacts(text, 'US')?.people[0]?.labels).toEqual(labels);
  });

  it('runs no formula in a spreadsheet, and loses nothing by that', () => {
    const text = writeCsv([['=HYPERLINK("x")', '+1 415', '-cmd', '@sum']]);
    expect(text).toBe('"\'=HYPERLINK(""x"")",+1 415,\'-cmd,\'@sum\r\n');
    expect(parseCsv(text)).toEqual([['=HYPERLINK("x")', '+1 415', '-cmd', '@sum']]);
  });

  it.each(['', 'hello', 'Name,Company\nDana,Northgate', '{"holdfast-settings":1}', '\0\x01'])('is not %j', (text) => {
    expect(readContacts(text, 'US')).toBeNull();
  });

  it('never throws, and skips who has no name or no number', () => {
    fc.assert(
      fc.property(fc.string(), (rest) => {
        readContacts(`Name,Phone\n${rest}`, 'US');
        readContacts(`BEGIN:VCARD\n${rest}`, 'US');
      }),
    );
    expect(readContacts('Name,Phone\n,+14155550132\nDana,none\n\n', 'US')).toEqual({ people: [], skipped: 2 });
  });
});

describe('brought in', () => {
  beforeEach(async () => {
    await closeDatabase();
    await deleteDB('holdfast');
  });

  it('new people are added, known ones added to, and what the person said of a number stays', async () => {
    await saveContact({
      id: '1',
      name: 'Dana',
      company: '',
      numbers: ['+14155550132'],
      labels: { '+1 (415) 555-0132': 'work' },
      note: 'mine',
    });
    let ids = 10;
    const people: readonly Person[] = [
      {
        name: 'dana',
        company: 'Northgate',
        numbers: ['+1 415 555 0132', '204'],
        labels: { '+1 415 555 0132': 'home', '204': 'main' },
        note: 'theirs',
      },
      { name: 'Dana', company: '', numbers: ['+14155550999'], note: '' },
      { name: 'Dana', company: '', numbers: ['+14155550999', '+14155550998'], note: '' },
    ];
    expect(await bringContacts(people, () => String((ids += 1)))).toEqual({ added: 1, merged: 2 });
    expect((await listContacts()).map(({ id, ...person }) => [id, person])).toEqual([
      [
        '1',
        {
          name: 'Dana',
          company: 'Northgate',
          numbers: ['14155550132', '204'],
          labels: { '14155550132': 'work', '204': 'main' },
          note: 'mine',
        },
      ],
      ['11', { name: 'Dana', company: '', numbers: ['14155550999', '14155550998'], note: '' }],
    ]);
  });
});
