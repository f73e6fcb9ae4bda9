/** An account that an administrator set up, with what the person may type into it laid over; pure. */

import type { StoredLine } from '../../lib/extension/stored';
import { draftOf, type AccountDraft, type AccountProblems } from './account-form';

export type SecretKind = 'password' | 'token';

/** The secret, and whether a call is tried, are the person's; all the rest is as the administrator says. */
export function laidOver(line: StoredLine, draft: AccountDraft): AccountDraft {
  const { password, token, tries, echo } = draft;
  return { ...draftOf(line), password, token, tries, echo };
}

/** What the account signs in with. */
export function secretAsked({ signIn }: AccountDraft): SecretKind {
  return signIn === 'token' ? 'token' : 'password';
}

/** Of what is wrong, only what can be mended here; `owed` is null where the administrator gave the secret as well. */
export function mendable(found: AccountProblems, owed: SecretKind | null): AccountProblems {
  return { ...pick(found, 'echo'), ...(owed === null ? {} : pick(found, owed)) };
}

function pick(found: AccountProblems, field: 'echo' | SecretKind): AccountProblems {
  return found[field] === undefined ? {} : { [field]: found[field] };
}
