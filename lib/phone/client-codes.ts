/** Errors and warnings as the seed's door tells them, and which reason of ours has which code. */

import { ERRORS, WARNINGS, type ErrorCode, type WarningCode } from './client-catalogue';
import { PhoneError, type Reason } from './model/errors';

export type { ErrorCode, WarningCode };

/** What `telnyx.error` carries. `fatal`: nothing is tried by itself any more. */
export class TelnyxError extends Error {
  readonly code: ErrorCode;
  /** What the client does by itself. */
  readonly description: string;
  readonly causes: readonly string[];
  readonly solutions: readonly string[];
  readonly fatal: boolean;
  readonly originalError: PhoneError;

  constructor(code: ErrorCode, originalError: PhoneError, fatal: boolean) {
    const { name, message, does, solution } = ERRORS[code];
    super(message, { cause: originalError });
    this.name = name;
    this.code = code;
    this.description = does;
    this.causes = [originalError.reason];
    this.solutions = [solution];
    this.fatal = fatal;
    this.originalError = originalError;
  }

  /** The code that a reason of ours has in the official client. */
  static of(thrown: unknown, fatal = true): TelnyxError {
    const error = PhoneError.from(thrown);
    return new TelnyxError(codeOf(error), error, fatal);
  }
}

/** What `telnyx.warning` carries. */
export interface TelnyxWarning {
  readonly code: WarningCode;
  readonly name: string;
  readonly message: string;
  /** What the client does by itself. */
  readonly description: string;
  readonly causes: readonly string[];
  readonly solutions: readonly string[];
}

export function warning(code: WarningCode, cause: string): TelnyxWarning {
  const { name, message, does, solution } = WARNINGS[code];
  return { code, name, message, description: does, causes: [cause], solutions: [solution] };
}

/** Reasons without a row are `unexpected` there too. */
export const BY_REASON: { readonly [reason in Reason]?: ErrorCode } = {
  'bad-option': 46002,
  'bad-number': 44002,
  'no-account': 46002,
  'wrong-phase': 44005,
  'microphone-prompt': 42001,
  'microphone-denied': 42001,
  'microphone-missing': 42002,
  'microphone-busy': 42003,
  'login-refused': 46001,
  'token-malformed': 46002,
  'token-expired': 46002,
  'not-registered': 46001,
  'gateway-failed': 45004,
  offline: 48001,
  unreachable: 45002,
  disconnected: 45002,
  timeout: 40005,
  refused: 40005,
  'reconnect-exhausted': 45003,
  'ice-restart-failed': 47001,
  'not-reattached': 48501,
  'hold-failed': 44001,
};

const BY_STEP: { readonly [step: string]: ErrorCode } = { offer: 40001, answer: 40002, restart: 40001, accept: 40004 };

function codeOf({ reason, facts }: PhoneError): ErrorCode {
  if (reason === 'negotiation') return (typeof facts['step'] === 'string' ? BY_STEP[facts['step']] : null) ?? 40004;
  return BY_REASON[reason] ?? 49001;
}
