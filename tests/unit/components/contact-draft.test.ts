/** A contact while it is written: judged as typed, kept as it is dialled from anywhere. */

import './words-here';
import { beforeAll, describe, expect, it } from 'vitest';
import { openBook } from '../../../components/popup/book.svelte';
import { mostCalled } from '../../../components/popup/recents/calls-with';
import { ContactDraft } from '../../../components/popup/recents/contact-draft.svelte';
import { spellingsOf } from '../../../lib/numbers/party';
import { HISTORY } from '../../../scripts/screens/data';

const DANA = {
  id: 'dana',
  name: 'Dana Whitfield',
  company: 'Northgate',
  numbers: ['14155550132', '204'],
  labels: { '204': 'work' },
  note: 'Prefers mornings',
} as const;
const draft = (contact: typeof DANA | null = null, number: string | null = null): ContactDraft =>
  new ContactDraft({ contact, number, name: null, country: 'US' });

beforeAll(openBook);

describe('a contact that is written', () => {
  it('begins with what is known, and comes out as it went in', () => {
    const known = draft(DANA);
    expect(known.numbers.map(({ text, label }) => [text, label])).toEqual([
      ['(415) 555-0132', null],
      ['204', 'work'],
    ]);
    expect(known.contact('new')).toEqual({ ...DANA, numbers: ['+14155550132', '204'] });
  });

  it('begins with an empty line where no number is known', () => {
    expect(draft().numbers.map(({ text }) => text)).toEqual(['']);
  });

  it.each([
    ['(646) 555-01', 'Two digits short for the United States.'],
    ['+44 20 7946 00181', 'One digit too many for the United Kingdom.'],
    ['Dana', 'This is not a number that can be called.'],
    ['911', null],
    ['', null],
    ['204', null],
    ['dana@pbx.example', null],
  ])('says of "%s": %s', (text, problem) => {
    const written = draft();
    const [line] = written.numbers;
    if (line === undefined) throw new Error('no line');
    line.text = text;
    const said = written.problemOf(line);
    if (problem === null) expect(said).toBeNull();
    else expect(said).toContain(problem);
  });

  it('finds the same number in another spelling', () => {
    const written = draft(DANA);
    written.add();
    const added = written.numbers[2];
    if (added === undefined) throw new Error('no line');
    added.text = '+1 415-555-0132';
    expect(written.problemOf(added)).toBe('This number is here already.');
    expect(written.numbersProblem).toBe('This number is here already.');
    written.remove(added);
    expect(written.numbersProblem).toBeNull();
  });

  it('wants a name and a number, and leaves empty lines out', () => {
    const written = draft();
    expect(written.nameProblem).toBe('Give them a name.');
    expect(written.numbersProblem).toBe('Give them a number.');
    written.name = ' Maya ';
    written.add();
    const [, second] = written.numbers;
    if (second === undefined) throw new Error('no line');
    second.text = '020 7946 0018';
    expect(
      new ContactDraft({ contact: null, name: null, number: '020 7946 0018', country: 'GB' }).contact('a').numbers,
    ).toEqual(['+442079460018']);
    second.text = '646 555 0177';
    second.label = 'mobile';
    expect(written.contact('new')).toEqual({
      id: 'new',
      name: 'Maya',
      company: '',
      numbers: ['+16465550177'],
      labels: { '+16465550177': 'mobile' },
      note: '',
    });
  });
});

describe('the calls with somebody who has two numbers', () => {
  it('say which number is called most, however it was told', () => {
    const [first, second, third] = HISTORY;
    if (first === undefined || second === undefined || third === undefined) throw new Error('too few calls');
    const calls = [
      { ...first, number: '204', startedAt: 1 },
      { ...second, number: '+14155550132', startedAt: 2 },
      { ...third, number: '204', startedAt: 3 },
      { ...third, number: '(415) 555-0132', startedAt: 4 },
      { ...third, number: '4155550132', startedAt: 5 },
    ];
    const numbers = ['+14155550132', '204'];
    const asTold = (number: string): readonly string[] => [number];
    expect(mostCalled(calls, numbers, asTold)).toBe('204');
    expect(mostCalled(calls, numbers, (number) => spellingsOf(number, 'US'))).toBe('+14155550132');
    expect(mostCalled(calls.slice(0, 1), numbers, asTold)).toBeNull();
  });
});
