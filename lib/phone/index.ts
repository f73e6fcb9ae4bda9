/** The public door of the phone: a client of Telnyx's WebRTC signalling that knows no browser and no extension. */

export { TelnyxClient, type ClientPlatform, type Relogin } from './client';
export type { Answering, TelnyxCall, TelnyxCallState } from './client-call';
export type { NewCallOptions } from './client-call-options';
export { TelnyxError, type ErrorCode, type TelnyxWarning, type WarningCode } from './client-codes';
export type { ClientEvents, ErrorEvent, Notification, StatsFrame, WarningEvent } from './client-events';
export { Phone } from './phone';
export type { DialOrder, PhoneEvents, PhoneOptions } from './phone-options';
export {
  requireOptions,
  validateOptions,
  REGIONS,
  type ClientOptions,
  type AnonymousLogin,
  type OptionFault,
  type Validated,
} from './options';
export type { LineOptions, MediaOptions, ServerOptions } from './line-options';
export { PhoneError, type Facts, type PhoneErrorJson, type Reason } from './model/errors';
export type { CallState, EndCause } from './model/call-state';
export type { SessionState } from './model/session-state';
export type { DebugItem, DebugReport } from './model/debug';
export type { FinishedCall } from './model/finished-call';
export type { CallId, DeviceId, LegId, LineId } from './model/ids';
export type { Json } from './model/json';
export type * from './model/snapshot';
export type * from './ports';
export type { LineSettings, PhoneSettings, Resume, ResumedCall } from './settings';
export { decideRecovery, type Recovery, type RecoveryFacts } from './recovery';
export type { Agent } from './dialects/dialect';
export type { JournalEntry } from './journal';
