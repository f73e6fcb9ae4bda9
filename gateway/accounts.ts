/** Who may sign in: a few accounts with passwords, and tokens that this gateway gave out. */

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { number, parse, text } from './fields';

export interface Account {
  readonly user: string;
  readonly password: string;
  /** As others see the account when it calls. */
  readonly name: string;
  readonly number: string;
  /** Short number by which the other accounts reach it. */
  readonly extension: string;
}

export const defaultAccounts: readonly Account[] = [
  { user: 'alice', password: 'wonder-1865', name: 'Alice', number: '+14155550201', extension: '201' },
  { user: 'bob', password: 'builder-1999', name: 'Bob', number: '+14155550202', extension: '202' },
  { user: 'carol', password: 'melody-1843', name: 'Carol', number: '+14155550203', extension: '203' },
  { user: 'dave', password: 'harbour-1968', name: 'Dave', number: '+14155550204', extension: '204' },
];

/** Whoever comes without a name, to speak to the assistant only. */
export const visitor: Account = {
  user: 'anonymous',
  password: '',
  name: 'Visitor',
  number: 'anonymous',
  extension: '',
};

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export class Accounts {
  readonly list: readonly Account[];
  readonly #secret = randomBytes(32);

  constructor(list: readonly Account[]) {
    this.list = list;
  }

  /** By user name, short number or E.164; a SIP address counts by its user part. */
  find(name: string): Account | null {
    const wanted = name
      .replace(/^sips?:/i, '')
      .replace(/@.*$/, '')
      .toLowerCase();
    return this.list.find(({ user, number: e164, extension }) => [user, e164, extension].includes(wanted)) ?? null;
  }

  byPassword(user: string, password: string): Account | null {
    const account = this.list.find((known) => known.user === user.replace(/@.*$/, ''));
    return account && account.password === password ? account : null;
  }

  /** A JWT (RFC 7519) of this gateway's own; signed anew at every start, so that an old one is refused. */
  mint(user: string, ttlMs: number): string {
    const exp = Math.floor((Date.now() + ttlMs) / 1000);
    const body = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub: user, exp })}`;
    return `${body}.${this.#sign(body)}`;
  }

  /** Null for a token that is malformed, not ours or expired. */
  byToken(token: string): Account | null {
    const [head, payload, signature, ...rest] = token.split('.');
    if (!head || !payload || !signature || rest.length > 0) return null;
    const expected = Buffer.from(this.#sign(`${head}.${payload}`));
    const given = Buffer.from(signature);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
    const claims = parse(Buffer.from(payload, 'base64url').toString());
    const expires = claims ? number(claims, 'exp') : null;
    if (!claims || expires === null || expires * 1000 <= Date.now()) return null;
    return this.find(text(claims, 'sub') ?? '');
  }

  #sign(body: string): string {
    return createHmac('sha256', this.#secret).update(body).digest('base64url');
  }
}
