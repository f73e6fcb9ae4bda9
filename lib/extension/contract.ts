/** Every message of the extension, grouped by who serves it. */

import type { PhoneErrorJson } from '../phone/model/errors';
import type { CallId, LineId } from '../phone/model/ids';
import type { Json } from '../phone/model/json';
import type { PhoneSnapshot } from '../phone/model/snapshot';
import type { PhoneSettings, Resume } from '../phone/settings';

export interface DialRequest {
  /** What the server is asked for: E.164, an extension, a SIP address. Already read by lib/numbers. */
  readonly to: string;
  /** Dialled after the answer: digits, `,` and `w` pause 500 ms and 2 s. */
  readonly digits?: string;
  readonly line?: LineId;
  readonly name?: string;
  readonly callerId?: string;
  readonly muted?: boolean;
  /** Address of the page that the call came from; shown only where History is on. */
  readonly from?: string;
}

/** Served by the engine document, to our own pages and the background. */
export interface EngineApi {
  snapshot(): PhoneSnapshot;
  /** Holds another active call first. */
  dial(request: DialRequest): CallId;
  answer(call: CallId, how?: { readonly muted?: boolean }): void;
  decline(call: CallId): void;
  hangUp(call: CallId): void;
  hold(call: CallId, held: boolean): void;
  mute(call: CallId, muted: boolean): void;
  sendDigits(call: CallId, digits: string): void;
  /** Stops the ring of an incoming call without answering it. */
  silence(call: CallId): void;
  transfer(call: CallId, to: string): void;
  /** Attended: connects the two others and leaves. */
  connect(call: CallId, other: CallId): void;
  merge(calls: readonly CallId[]): void;
  split(call: CallId): void;
  /** "Resume call" of a call that waits in recovering; "Try now" of a line that waits. */
  resume(call: CallId): void;
  retry(line: LineId): void;
  /** After a punt: "Use this phone here". */
  takeOver(line: LineId): void;
  type(call: CallId, text: string): void;
  /** Takes an ended call's card away. */
  dismiss(call: CallId): void;
  configure(settings: PhoneSettings): void;
  /** A redacted report of the last minutes: states, frames, quality; no secret in it. */
  report(): Json;
}

/** Served by the background, to our own pages and the engine. */
export interface BackgroundApi {
  /** Resolves when the engine answers. */
  wakeEngine(): void;
  /** The engine asks once, when it is born. */
  settings(): { readonly settings: PhoneSettings; readonly resume: readonly Resume[] };
  /** The engine has no storage of its own. */
  keepSession(resume: readonly Resume[]): void;
  /** From our own pages: reads the number with the default country, wakes the engine, dials; opens welcome/ where the microphone was never granted. */
  dial(request: DialRequest): CallId;
  /** The microphone was just granted in a visible page: dial what waited for it. */
  microphoneGranted(): void;
  openPermissionPage(): void;
  openOptions(page?: string): void;
}

export interface PageNumber {
  /** Index in the request. */
  readonly index: number;
  readonly e164: string;
  readonly shown: string;
  readonly extension: string | null;
}

/** Served by the background, to web pages' content scripts. Keep it this small. */
export interface PageApi {
  /** Which of these maybe-numbers are numbers. Bounded: at most 200 candidates of at most 64 characters. */
  confirm(candidates: readonly string[]): readonly PageNumber[];
  /** A person's trusted gesture on a marked number. */
  dial(number: string): void;
}

export interface Services {
  engine: EngineApi;
  background: BackgroundApi;
  page: PageApi;
}

export type Message =
  | { readonly to: keyof Services; readonly call: string; readonly args: readonly Json[] }
  | { readonly feed: PhoneSnapshot };
export type Reply = { readonly ok: Json } | { readonly failed: PhoneErrorJson };
