/** The one error of the phone: a reason to switch on, facts beside it, never a message to match on. */

import type { Json } from './json';

/** Every reason has its heading in docs/ERRORS.md; a test keeps both equal. */
export type Reason =
  // options and commands
  | 'bad-option'
  | 'bad-number'
  | 'no-account'
  | 'no-such-call'
  | 'wrong-phase'
  | 'unsupported'
  | 'too-many-calls'
  // microphone
  | 'microphone-prompt'
  | 'microphone-denied'
  | 'microphone-missing'
  | 'microphone-busy'
  // signing in
  | 'login-refused'
  | 'token-malformed'
  | 'token-expired'
  | 'signed-out'
  | 'not-registered'
  | 'gateway-failed'
  | 'taken-over'
  // the socket and its requests
  | 'offline'
  | 'unreachable'
  | 'disconnected'
  | 'timeout'
  | 'refused'
  | 'bad-message'
  | 'reconnect-exhausted'
  // calls
  | 'negotiation'
  | 'ice-restart-failed'
  | 'not-reattached'
  | 'hold-failed'
  | 'transfer-failed'
  // the extension
  | 'not-allowed'
  | 'engine-gone'
  | 'storage-failed'
  | 'unexpected';

export type Facts = { readonly [key: string]: Json };

export interface PhoneErrorJson {
  readonly reason: Reason;
  readonly facts: Facts;
}

/** Thrown for whatever a caller may handle; crosses contexts as {@link PhoneErrorJson}. */
export class PhoneError extends Error {
  override readonly name = 'PhoneError';
  readonly reason: Reason;
  readonly facts: Facts;

  constructor(reason: Reason, facts: Facts = {}, options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
    this.facts = facts;
  }

  toJson(): PhoneErrorJson {
    return { reason: this.reason, facts: this.facts };
  }

  static fromJson(json: PhoneErrorJson): PhoneError {
    return new PhoneError(json.reason, json.facts);
  }

  /** Anything thrown, as a PhoneError: one of ours stays what it is, the rest is `unexpected` with its cause kept. */
  static from(thrown: unknown): PhoneError {
    if (thrown instanceof PhoneError) return thrown;
    return new PhoneError('unexpected', {}, { cause: thrown });
  }
}
