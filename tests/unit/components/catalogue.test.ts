/** docs/ERRORS.md beside the code and the popup's words, in both directions: no reason, code or sentence stands in one alone. */

import './words-here';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REASONS, troubleOf } from '../../../components/trouble';
import { ERRORS, WARNINGS, type Code } from '../../../lib/phone/client-catalogue';
import { TelnyxError } from '../../../lib/phone/client-codes';
import { PhoneError, type Facts, type Reason } from '../../../lib/phone/model/errors';

const page = readFileSync(new URL('../../../docs/ERRORS.md', import.meta.url), 'utf8');
const [reasonsPart = '', codesPart = ''] = page.split('\n## Codes\n');
const NAMES = { line: '{line}', person: '{person}' };

/** Codes of section 7 of the reference, all of them. */
const OFFICIAL = [
  ...[40001, 40002, 40003, 40004, 40005, 42001, 42002, 42003, 44001, 44002, 44003, 44004, 44005, 45001, 45002, 45003],
  ...[45004, 46001, 46002, 46003, 47001, 48001, 48501, 49001, 31001, 31002, 31003, 31004, 31005, 31006, 32001, 32002],
  ...[32003, 32004, 33001, 33002, 33003, 33004, 33005, 33006, 33007, 33008, 33009, 33010, 33011, 34001, 35002, 36003],
  ...[36004, 36005],
];
const OURS = [32901];

/** What stands below the heading of a reason. */
function sectionOf(reason: Reason): string {
  return reasonsPart.split(`### \`${reason}\`\n`)[1]?.split('\n##')[0] ?? '';
}

function said(reason: Reason, facts: Facts = {}): string {
  const { heading, line, remedyLabel } = troubleOf({ reason, facts }, NAMES);
  return `> **${heading}** ${line}${remedyLabel === null ? '' : ` \`${remedyLabel}\``}`;
}

/** Cells of the rows below a heading of the codes' part. */
function rows(heading: string): readonly (readonly string[])[] {
  const part = codesPart.split(`### ${heading}\n`)[1]?.split('\n###')[0] ?? '';
  const table = part.split('\n').filter((row) => row.startsWith('|'));
  return table.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('every reason', () => {
  it.each(REASONS)('%s stands there in the words of the popup, with what happens and what to do', (reason) => {
    const section = sectionOf(reason);
    expect(section).toContain(`${said(reason)}\n`);
    for (const part of ['What happened', 'What the phone does', 'What you can do'])
      expect(section).toMatch(new RegExp(`\\*\\*${part}\\.\\*\\* \\S.{3,}`));
  });

  it('says nothing that the popup does not', () => {
    const frames = [...reasonsPart.matchAll(/^> .*$/gm)].map(([frame]) => frame);
    const known = [...REASONS.map((reason) => said(reason)), ...DETAILS.map((facts) => said('negotiation', facts))];
    expect(frames.sort()).toEqual([...new Set(known)].sort());
  });

  it.each(REASONS)('%s has the code that is told for it', (reason) => {
    const [, cell = ''] =
      rows('Which reason has which code').find(([name]) => name === `[\`${reason}\`](#${reason})`) ?? [];
    const codes = [...cell.matchAll(/\d{5}/g)].map(Number);
    const steps = reason === 'negotiation' ? ['offer', 'answer', 'accept'] : [null];
    const told = steps.map((step) => TelnyxError.of(new PhoneError(reason, step === null ? {} : { step })).code);
    expect(codes).toEqual(told);
  });
});

/** Where more is known, the popup says it. */
const DETAILS: readonly Facts[] = [{ why: 'no codec in common' }, { why: 'no connection' }];

describe('every code', () => {
  it.each<[string, { readonly [code: number]: Code }]>([
    ['Errors', ERRORS],
    ['Warnings', WARNINGS],
  ])('of the %s stands there with the words of its event', (heading, catalogue) => {
    expect(rows(heading)).toEqual(
      Object.entries(catalogue).map(([code, { name, message, does, solution }]) => [
        ...[code, `\`${name}\``, message, does, solution],
      ]),
    );
  });

  it('of the official client is told, or stands there with why it is not', () => {
    const told = [ERRORS, WARNINGS].flatMap((catalogue) => Object.keys(catalogue).map(Number));
    const absent = rows('Codes of the official SDK that do not occur here').map(([code, , why]) => {
      expect(why).toMatch(/\w{3}/);
      return Number(code);
    });
    expect([...told, ...absent].sort()).toEqual([...OFFICIAL, ...OURS].sort());
  });
});
