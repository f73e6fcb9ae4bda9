/** The codes of errors and warnings that the seed's door tells (reference, section 7), and which reason of ours has which. */

import { PhoneError, type Reason } from './model/errors';

interface Code {
  readonly name: string;
  readonly message: string;
  readonly solution: string;
}

export const ERRORS = {
  40001: code('SDP_CREATE_OFFER_FAILED', 'The browser made no offer', 'Check codecs and ICE servers'),
  40002: code('SDP_CREATE_ANSWER_FAILED', 'The browser made no answer', 'Check codecs and ICE servers'),
  40003: code('SDP_SET_LOCAL_DESCRIPTION_FAILED', 'The browser refused its own description', 'Call again'),
  40004: code('SDP_SET_REMOTE_DESCRIPTION_FAILED', 'The other side’s description does not fit', 'Call again'),
  40005: code('SDP_SEND_FAILED', 'The server did not take the description', 'Check the number and the line'),
  42001: code('MEDIA_MICROPHONE_PERMISSION_DENIED', 'The microphone is not allowed', 'Allow it in the browser'),
  42002: code('MEDIA_DEVICE_NOT_FOUND', 'There is no such microphone', 'Plug one in or choose another'),
  42003: code('MEDIA_GET_USER_MEDIA_FAILED', 'The microphone did not open', 'Close what else is using it'),
  44001: code('HOLD_FAILED', 'The server did not hold the call', 'Try again'),
  44002: code('INVALID_CALL_PARAMETERS', 'There is nobody to call', 'Give destinationNumber'),
  44005: code('PEER_CLOSED_DURING_INIT', 'The call ended before it began', 'Call again'),
  45001: code('WEBSOCKET_CONNECTION_FAILED', 'The address cannot be connected to', 'Check rtcIp, rtcPort and region'),
  45002: code('WEBSOCKET_ERROR', 'The connection to the server broke', 'It is tried again by itself'),
  45003: code('RECONNECTION_EXHAUSTED', 'The server was not reached in all attempts', 'Call connect() again'),
  45004: code('GATEWAY_FAILED', 'The server could not register the account', 'It is tried again by itself'),
  46001: code('LOGIN_FAILED', 'The server refused the sign-in', 'Check user, password or token'),
  46002: code('INVALID_CREDENTIALS', 'These credentials cannot be used', 'Give login and password, or a token'),
  46003: code('AUTHENTICATION_REQUIRED', 'The server wants a sign-in', 'Sign in again'),
  47001: code('ICE_RESTART_FAILED', 'No new network path was found', 'The call is re-attached by itself'),
  48001: code('NETWORK_OFFLINE', 'The computer is offline', 'It is tried again when the network is back'),
  48501: code('SESSION_NOT_REATTACHED', 'The server does not have the call any more', 'Call again'),
  49001: code('UNEXPECTED_ERROR', 'Something unexpected happened', 'See originalError'),
} as const satisfies { readonly [code: number]: Code };

export const WARNINGS = {
  31001: code('HIGH_RTT', 'The way there and back is long', 'Try another network or region'),
  31002: code('HIGH_JITTER', 'Packets come unevenly', 'Try another network'),
  31003: code('HIGH_PACKET_LOSS', 'Packets are lost', 'Try another network'),
  31004: code('LOW_MOS', 'The call sounds poor', 'Try another network'),
  // Ours: the official client falls silent.
  32901: code('TONE_FILE_BROKEN', 'A sound file cannot be played', 'The built-in tone rings; check the file'),
  33001: code('ICE_CONNECTIVITY_LOST', 'The path of the sound broke', 'Another is looked for'),
  33004: code('PEER_CONNECTION_FAILED', 'The path of the sound is gone', 'Another is looked for'),
  33006: code('ANSWER_WHILE_PEER_ACTIVE', 'The call was answered already', 'Answer once'),
  33010: code('MULTIPLE_ACTIVE_CALLS_DETECTED', 'Another call is live', 'Hold or end one of them'),
  34001: code('TOKEN_EXPIRING_SOON', 'The token expires within two minutes', 'Give another to login()'),
  35002: code('UNKNOWN_REATTACHED_SESSION', 'The server offered a call that is not ours', 'It was refused'),
  36003: code('SIGNALING_RECOVERY_REQUIRED', 'The server fell silent', 'It is connected to anew'),
  36004: code('MEDIA_RECOVERY_REQUIRED', 'The sound stopped', 'Another path is negotiated'),
  36005: code('RECONNECTION_FAILED_WITH_NO_AUTO_RECONNECT', 'The connection is lost', 'Call connect()'),
} as const satisfies { readonly [code: number]: Code };

export type ErrorCode = keyof typeof ERRORS;
export type WarningCode = keyof typeof WARNINGS;

/** What `telnyx.error` carries. `fatal`: nothing is tried by itself any more. */
export class TelnyxError extends Error {
  readonly code: ErrorCode;
  readonly description: string;
  readonly causes: readonly string[];
  readonly solutions: readonly string[];
  readonly fatal: boolean;
  readonly originalError: PhoneError;

  constructor(code: ErrorCode, originalError: PhoneError, fatal: boolean) {
    const { name, message, solution } = ERRORS[code];
    super(message, { cause: originalError });
    this.name = name;
    this.code = code;
    this.description = message;
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
  readonly description: string;
  readonly causes: readonly string[];
  readonly solutions: readonly string[];
}

export function warning(code: WarningCode, cause: string): TelnyxWarning {
  const { name, message, solution } = WARNINGS[code];
  return { code, name, message, description: message, causes: [cause], solutions: [solution] };
}

const BY_REASON: { readonly [reason in Reason]?: ErrorCode } = {
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

function code(name: string, message: string, solution: string): Code {
  return { name, message, solution };
}
