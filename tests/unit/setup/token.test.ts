import { describe, expect, it } from 'vitest';
import { readToken } from '../../../components/settings/token';

const NOW = 1_750_000_000_000;
const token = (claims: unknown): string => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS512', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`;
};

describe('reading a login token', () => {
  it('tells when it ends', () => {
    expect(readToken(token({ exp: NOW / 1000 + 60 }), NOW)).toEqual({ state: 'valid', until: NOW + 60_000 });
  });
  it('tells that it has ended, to the second', () => {
    expect(readToken(token({ exp: NOW / 1000 }), NOW)).toEqual({ state: 'expired', at: NOW });
  });
  it('takes a token without an end as one', () => {
    expect(readToken(token({ sub: 'Zoë ☎' }), NOW)).toEqual({ state: 'valid', until: null });
  });
  it('forgives the spaces of a paste', () => {
    expect(readToken(`  ${token({})}\n`, NOW).state).toBe('valid');
  });
  it.each([
    ['nothing', ''],
    ['two parts', 'abc.def'],
    ['signs that no token has', 'a b.c.d'],
    ['a body that is no JSON', 'e30.bm90IGpzb24.c2ln'],
    ['a body that is no object', token([1])],
    ['an end that is no number', token({ exp: 'tomorrow' })],
  ])('refuses %s', (_what, text) => {
    expect(readToken(text, NOW)).toEqual({ state: 'malformed' });
  });
});
