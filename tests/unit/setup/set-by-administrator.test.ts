import { expect, it } from 'vitest';
import { accountProblems, EMPTY_DRAFT, lineOf, type AccountDraft } from '../../../components/settings/account-form';
import { laidOver, mendable, secretAsked } from '../../../components/settings/set-by-administrator';
import type { LineId } from '../../../lib/phone/model/ids';

const typed = (changes: Partial<AccountDraft>): AccountDraft => ({ ...EMPTY_DRAFT, ...changes });
const { line } = lineOf(typed({ kind: 'verto', login: '1004', server: 'pbx.example' }), 'desk' as LineId, null);

it('takes from the person the secret and the trial call, and nothing else', () => {
  const mine = typed({ kind: 'assistant', login: 'mallory', server: 'x', password: 'p', tries: true, echo: '9' });
  const told = laidOver(line, mine);
  expect(told).toMatchObject({ kind: 'verto', login: '1004', server: 'pbx.example' });
  expect(told).toMatchObject({ password: 'p', tries: true, echo: '9' });
  expect(secretAsked(told)).toBe('password');
  expect(secretAsked(typed({ signIn: 'token' }))).toBe('token');
});

it('minds only what the person can mend', () => {
  const found = accountProblems(laidOver({ ...line, login: '' }, typed({ tries: true, echo: '' })), null, Date.now());
  expect(Object.keys(found).sort()).toEqual(['echo', 'login', 'password']);
  expect(Object.keys(mendable(found, 'password')).sort()).toEqual(['echo', 'password']);
  expect(Object.keys(mendable(found, 'token'))).toEqual(['echo']);
  expect(Object.keys(mendable(found, null))).toEqual(['echo']);
});
