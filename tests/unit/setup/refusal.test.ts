/** What the account form says of a FreeSWITCH that will not have us, or is not there: each cause by its name. */

import '../components/words-here';
import { describe, expect, it } from 'vitest';
import { EMPTY_DRAFT, type AccountDraft } from '../../../components/settings/account-form';
import { certificatePage, refusalOf } from '../../../components/settings/refusal';
import { troubleOf } from '../../../components/trouble';
import type { PhoneErrorJson } from '../../../lib/phone/model/errors';

const draft: AccountDraft = { ...EMPTY_DRAFT, kind: 'verto', server: 'pbx.example', login: '1004', password: 'x' };

describe('a FreeSWITCH', () => {
  it.each<[string, PhoneErrorJson, RegExp]>([
    ['is not reachable', { reason: 'unreachable', facts: {} }, /Nothing answers at pbx\.example:8082.*mod_verto/],
    ['has a certificate that nobody trusts', { reason: 'unreachable', facts: {} }, /open https:\/\/pbx\.example:8082/],
    [
      'refuses the password',
      { reason: 'login-refused', facts: { code: -32001, message: 'Authentication Failure' } },
      /password was refused/,
    ],
    [
      'does not know the user',
      { reason: 'login-refused', facts: { code: -32001, message: 'Login Incorrect' } },
      /does not know this extension/,
    ],
    [
      'has the session in use',
      { reason: 'login-refused', facts: { code: -32001, message: 'Session in use' } },
      /holds this session/,
    ],
    ['answers no sign-in', { reason: 'timeout', facts: {} }, /does not speak Verto.*mod_verto/],
    [
      'knows no such method',
      { reason: 'login-refused', facts: { code: -32601, message: 'x' } },
      /does not speak Verto/,
    ],
  ])('%s', (_what, error, words) => {
    expect(refusalOf(error, draft)).toMatch(words);
  });

  it('has no certificate to speak of over a plain connection', () => {
    const plain = { ...draft, server: '127.0.0.1', port: '8081', plain: true };
    expect(refusalOf({ reason: 'unreachable', facts: {} }, plain)).not.toContain('https://');
    expect(certificatePage({ reason: 'unreachable', facts: {} }, plain)).toBeNull();
  });

  it.each<[string, string | null]>([
    ['pbx.example', 'https://pbx.example:8082/'],
    ['2001:db8::1', 'https://[2001:db8::1]:8082/'],
    ['', null],
    ['not a host', null],
  ])('can be opened in a tab to see its certificate: %s', (server, page) => {
    expect(certificatePage({ reason: 'unreachable', facts: {} }, { ...draft, server })).toBe(page);
    expect(certificatePage({ reason: 'timeout', facts: {} }, { ...draft, server })).toBeNull();
  });

  it.each([
    ['no codec in common', /no codec in common/],
    ['no candidates', /UDP/],
    ['no connection', /UDP/],
  ])('took the call, and there is %s', (why, words) => {
    expect(troubleOf({ reason: 'negotiation', facts: { why } }, { line: '', person: '' }).line).toMatch(words);
  });
});
