/** Who has which number: an account, a bot, or a parking place where the dialect has some. */

import type { Account, Accounts } from './accounts';
import type { BotKind } from './bot';
import { botAt } from './bots/index';
import { isPlace } from './parking';
import type { Speak } from './speak/speak';

/** What the server of a client's dialect makes of the numbers that it dials. */
export type Dialplan = Pick<Speak, 'parks' | 'unassigned'>;

export type Destination =
  | { readonly kind: 'place' }
  /** `aloud`: the caller hears the ringing from the network, as early media. */
  | { readonly kind: 'account'; readonly account: Account; readonly aloud: boolean }
  | { readonly kind: 'bot'; readonly bot: BotKind };

/** Seven before an extension. */
const RINGS_ALOUD = /^7(\d{3})$/;

/** Null for a number that nobody has. */
export function whoHas(number: string, { parks }: Dialplan, accounts: Accounts): Destination | null {
  if (parks && isPlace(number)) return { kind: 'place' };
  const [, extension] = RINGS_ALOUD.exec(number) ?? [];
  const account = accounts.find(extension ?? number);
  if (account) return { kind: 'account', account, aloud: extension !== undefined };
  const bot = botAt(number);
  return bot && { kind: 'bot', bot };
}
