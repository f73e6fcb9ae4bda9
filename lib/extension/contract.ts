/** Every message of the extension, grouped by who serves it. */

import type { ContextWords } from '../numbers/context';
import type { PageNumber } from '../numbers/number';
import type { DeclineReason } from '../phone/model/decline';
import type { PhoneErrorJson } from '../phone/model/errors';
import type { FinishedCall } from '../phone/model/finished-call';
import type { CallId, LineId } from '../phone/model/ids';
import type { Json } from '../phone/model/json';
import type { SentPicture } from '../phone/model/picture';
import type { WrittenMessage } from '../phone/model/message';
import type { ParkedView, PhoneSnapshot } from '../phone/model/snapshot';
import type { Trial } from '../phone/model/trial';
import type { PhoneSettings, Resume } from '../phone/settings';

export type { NumberReading, PageNumber } from '../numbers/number';

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
  /** The reason is told to the caller's side; none is the server's usual one. */
  decline(call: CallId, reason?: DeclineReason): void;
  hangUp(call: CallId): void;
  hold(call: CallId, held: boolean): void;
  mute(call: CallId, muted: boolean): void;
  sendDigits(call: CallId, digits: string): void;
  /** Stops the ring of an incoming call without answering it. */
  silence(call: CallId): void;
  transfer(call: CallId, to: string): void;
  /** Leaves the call in a parking place of its server, told in its end. */
  park(call: CallId): void;
  /** Takes a parked call off the list: somebody else has it. */
  forgetParked(line: LineId, place: string): void;
  /** Attended: connects the two others and leaves. */
  connect(call: CallId, other: CallId): void;
  merge(calls: readonly CallId[]): void;
  split(call: CallId): void;
  /** "Resume call" of a call that waits in recovering; "Try now" of a line that waits. */
  resume(call: CallId): void;
  retry(line: LineId): void;
  /** After a punt: "Use this phone here". */
  takeOver(line: LineId): void;
  /** A short call to an extension that answers by itself, without a microphone: can calls over this FreeSWITCH come about? Throws what is wrong. */
  tryCall(line: LineId, to: string): Trial;
  /** To an assistant, pictures may go along; then there need be no text. */
  /** To somebody outside of any call. */
  write(line: LineId, to: string, text: string): void;
  type(call: CallId, text: string, pictures?: readonly SentPicture[]): void;
  /** Takes an ended call's card away. */
  dismiss(call: CallId): void;
  configure(settings: PhoneSettings): void;
  /** The browser goes away: calls end now where `hangupOnBeforeUnload` says so, and the others are kept for the next life. */
  leave(): void;
  /** The microphone was granted or revoked, or devices changed, in another page. */
  lookAtDevices(): void;
  /** A redacted report of the last minutes: states, frames, quality; no secret in it. */
  report(): Json;
}

/** Served by the background, to our own pages and the engine. */
export interface BackgroundApi {
  /** Resolves when the engine answers. */
  wakeEngine(): void;
  /** The engine asks once, when it is born. */
  settings(): {
    readonly settings: PhoneSettings;
    readonly resume: readonly Resume[];
    readonly parked: readonly ParkedView[];
  };
  /** The engine has no storage of its own. */
  keepSession(resume: readonly Resume[]): void;
  keepParked(parked: readonly ParkedView[]): void;
  /** Somebody wrote outside of any call: kept, and told. */
  received(message: WrittenMessage): void;
  /** From our own pages: writes to somebody outside of any call, and keeps it. */
  write(line: LineId, to: string, text: string): void;
  /** A call is over: kept in the history. */
  finished(call: FinishedCall): void;
  /** From our own pages: reads the number with the default country, wakes the engine, dials; opens welcome/ where the microphone was never granted. */
  dial(request: DialRequest): CallId;
  /** The microphone was just granted in a visible page: dial what waited for it. */
  microphoneGranted(): void;
  /** A report for the person to keep. Throws `not-allowed` without the `downloads` permission. */
  saveFile(name: string, text: string): void;
  openPermissionPage(): void;
  openOptions(page?: string): void;
}

/** `underline`: always; `hover`: under the pointer alone; `plain`: never, the card and the click still work. */
export type NumberLook = 'underline' | 'hover' | 'plain';

/** What the card says about one number beside its digits. */
export interface NumberFacts {
  /** Null: it cannot be dialled. */
  readonly number: Omit<PageNumber, 'index' | 'start' | 'end'> | null;
  /** `California, United States`; empty where unknown. */
  readonly place: string;
  /** The person's name from history, where one is known. */
  readonly name: string | null;
  /** Whom a new call would put on hold. */
  readonly busyWith: string | null;
  /** The line that would dial; null where there is none yet. */
  readonly line: { readonly name: string; readonly ready: boolean } | null;
  /** False: a click on a number opens the card first. */
  readonly atOnce: boolean;
}

/** Served by the background, to web pages' content scripts. Keep it this small. */
export interface PageApi {
  /** Which of these maybe-numbers are numbers. Bounded: at most 200 candidates of at most 64 characters. */
  confirm(candidates: readonly string[]): readonly PageNumber[];
  /**
   * The words that speak against a number, for the page to hear them by itself: its text never leaves it. With them comes how
   * numbers look there at rest and under the pointer; null where this page is not marked any more, and the script leaves.
   */
  words(): ContextWords & { readonly look: NumberLook | null };
  /** Injects the card's script into the very frame that asks. */
  loadCard(): void;
  /** For the card over one number or link (`tel:…`). */
  about(number: string): NumberFacts;
  /**
   * A person's trusted gesture on a marked number (`+12065550119;ext=4`) or on a `tel:`, `callto:` or `sip:` link.
   * Null: nothing rings yet, since the number was put into the dial field or the microphone is asked for.
   */
  dial(number: string): CallId | null;
  /** The card's Cancel: ends a call that this very tab placed, no other. */
  cancel(call: CallId): void;
  /** "Which country is this from?" was answered: remembered for the sender's site. */
  chooseCountry(country: string): void;
  /** "Not a number": never again mark this number, or all of this shape, on the sender's site. */
  refuse(candidate: string, which: 'this' | 'alike'): void;
  /** Takes the last `refuse` of this candidate back. */
  unrefuse(candidate: string): void;
  /** "Open Holdfast", "Sign in". */
  openPhone(): void;
}

/** One frame's answer before a step of the walk. */
export interface WalkPlaces {
  /** How many numbers and links the frame shows. */
  readonly count: number;
  /** Which of them was walked to last; -1 for none. */
  readonly last: number;
  /** When it was (epoch milliseconds); 0 for never. */
  readonly at: number;
}

/** Which of a frame's numbers the walk comes to, and what it is among those of the whole tab. */
export interface WalkStep {
  readonly index: number;
  /** From 1. */
  readonly place: number;
  readonly of: number;
}

/** Served by the content script of a granted page, to the background alone: `tabs.sendMessage(tab, TabMessage, { frameId })`. */
export interface TabApi {
  /** Finds afresh what this frame has to walk through. */
  places(): WalkPlaces;
  /** The keyboard card comes to one of the `places`; null: the walk is in another frame, and this one's card goes. */
  walk(step: WalkStep | null): void;
  /** The country or the refused shapes changed: ask again for everything. */
  refresh(): void;
  /** The grant or the switch is gone: leave the page as if never here. */
  leave(): void;
}
export interface TabMessage {
  readonly to: 'tab';
  readonly call: keyof TabApi;
  /** Of `walk` alone. */
  readonly step?: WalkStep | null;
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
