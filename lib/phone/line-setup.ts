/** What a line is made of: its dialect, and its options as a server of that dialect can have them. */

import type { Dialect } from './dialects/dialect';
import { dialectFor } from './dialects/index';
import type { LineOptions } from './line-options';
import { PhoneError } from './model/errors';
import type { Json } from './model/json';
import { requireOptions } from './options';
import { isLoopback } from './server-url';
import type { LineSettings } from './settings';

export interface LineSetup {
  readonly dialect: Dialect;
  readonly options: LineOptions;
}

/** `now` in epoch milliseconds. Throws `bad-option` (facts: `faults`). */
export function setUpLine(settings: LineSettings, now: number): LineSetup {
  const dialect = dialectFor(settings.kind);
  const options = requireOptions(settings.options, now);
  const { account, media } = options;
  return {
    dialect,
    options: {
      ...options,
      account: dialect.ownServer ? { ...account, domain: domainOf(settings, account) } : account,
      media: dialect.trickles ? media : { ...media, trickle: false, whole: true },
    },
  };
}

function domainOf({ verto }: LineSettings, account: LineOptions['account']): string {
  if (!verto) throw fault('verto', null, 'the address and the domain of the server');
  if (account.credentials.kind !== 'password') throw fault('login', null, 'a user and a password');
  if (!isAllowed(verto.url)) throw fault('verto.url', verto.url, 'wss:// and a host; ws:// on this computer only');
  return verto.domain;
}

/** An unencrypted socket is for this computer alone; credentials have no place in an address. */
function isAllowed(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '' || hostname === '') return false;
  return protocol === 'wss:' || (protocol === 'ws:' && isLoopback(hostname));
}

function fault(option: string, value: Json, allowed: string): PhoneError {
  return new PhoneError('bad-option', { faults: [{ option, value, allowed }] });
}
