/** What a view may know of the phone: plain JSON, rebuilt whole, never patched, no secret in it. */

import type { CallState } from './call-state';
import type { PhoneErrorJson } from './errors';
import type { CallId, DeviceId, LegId, LineId } from './ids';
import type { SessionState } from './session-state';

export interface PhoneSnapshot {
  /** Grows by one with every change; the newest wins. Starts anew with `engine`. */
  readonly revision: number;
  /** Which life of the engine document this is (epoch milliseconds of its birth). */
  readonly engine: number;
  readonly lines: readonly LineView[];
  /** Calls that live, and those that ended in the last seconds (until dismissed). */
  readonly calls: readonly CallView[];
  readonly microphone: MicrophoneState;
  readonly devices: DevicesView;
  /** Calls that this phone left in a parking place, the longest waiting first; absent or empty for none. */
  readonly parked?: readonly ParkedView[];
}

/** Somebody who waits in a parking place of a server, as far as this phone knows: any other device may have the call by now. */
export interface ParkedView {
  readonly line: LineId;
  /** What is dialled to have the call back. */
  readonly place: string;
  readonly who: Party;
  /** Since when, epoch milliseconds. */
  readonly at: number;
}

export type MicrophoneState =
  | { readonly state: 'unknown' }
  | { readonly state: 'granted'; readonly label: string | null }
  | { readonly state: 'prompt' }
  | { readonly state: 'denied'; readonly by: 'person' | 'policy' }
  | { readonly state: 'missing' };

export interface DeviceView {
  readonly id: DeviceId;
  readonly label: string;
}

export interface DevicesView {
  readonly microphones: readonly DeviceView[];
  readonly speakers: readonly DeviceView[];
  /** In use now; null is the system's default. */
  readonly microphone: DeviceId | null;
  readonly speaker: DeviceId | null;
  readonly ringer: DeviceId | null;
}

export type LineKind = 'telnyx' | 'assistant' | 'verto';

export interface LineView {
  readonly id: LineId;
  readonly name: string;
  readonly kind: LineKind;
  readonly session: SessionState;
  /** When the server last answered something of ours; null before the first time. Epoch milliseconds. */
  readonly answeredAt: number | null;
  readonly roundTripMs: number | null;
  /** The host really used, with its query but for the routing token, and what the server said of itself. */
  readonly server: { readonly host: string; readonly region: string | null; readonly dc: string | null } | null;
  readonly callerIds: readonly string[];
  readonly can: { readonly transfer: boolean; readonly conference: boolean; readonly type: boolean };
  /** True where its calls join one conversation that the server keeps (`target_params.conversation_id` of an assistant). */
  readonly continues?: boolean;
  /** The parking place where the next call would be left: null while all are taken, absent where the line has none. */
  readonly parkAt?: string | null;
  /** For instance a token about to expire, or settings that wait for the end of the call. */
  readonly notices: readonly PhoneNotice[];
}

export interface PhoneNotice {
  readonly kind:
    | 'token-expiring'
    | 'settings-wait'
    | 'ringtone-broken'
    | 'ringback-broken'
    /** The microphone went, or the chosen one is back. */
    | 'device-lost'
    | 'device-back'
    | 'speaker-lost'
    | 'speaker-back';
  readonly facts: PhoneErrorJson['facts'];
  readonly at: number;
}

export interface Party {
  readonly name: string | null;
  readonly number: string | null;
}

export type Sound = 'none' | 'flowing' | 'stalled';

export interface CallView {
  readonly id: CallId;
  readonly line: LineId;
  readonly direction: 'out' | 'in';
  readonly who: Party;
  /** The number of ours that called or was called. */
  readonly ours: Party;
  readonly state: CallState;
  /** The two strands of a call, which fail apart. */
  readonly sound: Sound;
  readonly signalling: 'up' | 'lost';
  /** When the signalling or the sound was lost, whichever the view has to count from. */
  readonly signallingLostAt: number | null;
  readonly soundLostAt: number | null;
  /** Set for a while after a recovery: the gap closed at this moment. */
  readonly recoveredAt: number | null;
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly heldSince: number | null;
  readonly muted: boolean;
  /** False while no microphone feeds the call (refused, lost, or Firefox's lender closed). */
  readonly voice: boolean;
  /** Since when no window lends the microphone (Firefox): opening the call window gives the voice back. */
  readonly voiceAwaySince?: number | null;
  readonly digitsSent: string;
  /** Dialled after the answer: extension and pauses. */
  readonly digitsQueued: string;
  readonly quality: QualityView | null;
  readonly legs: { readonly id: LegId; readonly recoveredFrom: LegId | null };
  readonly telnyxIds: {
    readonly callControlId: string | null;
    readonly sessionId: string | null;
    readonly legId: string | null;
  };
  /** The other side's, with a call that came in and with the word that ended it. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** A failure that did not end the call (hold refused, device switch failed); cleared by the next command. */
  readonly trouble: PhoneErrorJson | null;
  /** Something the person should know of this call: device replaced, for instance. */
  readonly notices: readonly PhoneNotice[];
  readonly transcript: readonly TranscriptLine[];
  readonly conference: string | null;
  /** Absent where the call leads to no room that the server tells of. */
  readonly room?: RoomView;
  /** Address of the page that the call came from; absent where it came from none, or History is off. */
  readonly from?: string;
  /** Every time that the server's line or the sound was lost and came back, epoch milliseconds. */
  readonly drops?: readonly { readonly from: number; readonly to: number }[];
  /** How long the call took to set up, the ringing left out; absent before it was, and for one that was taken back. */
  readonly setUpMs?: number;
  /** True where this document took the call back after the browser or the engine had died. */
  readonly rejoined?: boolean;
  /** True where the person stopped its ring without an answer. */
  readonly silenced?: boolean;
}

/** A conference room of the server's that a call leads to, as far as the server tells. */
export interface RoomView {
  readonly name: string;
  readonly members: readonly RoomMember[];
  /** Which of the members is this very call. */
  readonly own: string;
}

export interface RoomMember {
  readonly id: string;
  readonly name: string | null;
  readonly number: string | null;
  readonly talking: boolean;
  readonly muted: boolean;
  readonly held: boolean;
}

export interface TranscriptLine {
  readonly id: string;
  /** `other`: somebody at the far end of the call, who wrote. */
  readonly who: 'assistant' | 'person' | 'tool' | 'other';
  /** Of `other` alone: who wrote, where that is known. */
  readonly name?: string;
  readonly text: string;
  readonly final: boolean;
  readonly typed: boolean;
  readonly at: number;
  /** Small copies of the pictures that were sent with it, as data URLs; only the newest lines have theirs. */
  readonly pictures?: readonly string[];
  /** Of a `tool` that has told how it went. */
  readonly tool?: { readonly tookMs: number; readonly failed: boolean };
}

/** Milliseconds, percent (0 to 100), MOS 1 to 5. */
export interface QualityView {
  readonly mos: number;
  readonly word: 'excellent' | 'good' | 'fair' | 'poor' | 'bad';
  readonly roundTripMs: number | null;
  readonly jitterMs: number;
  readonly lossPercent: number;
  /** Whose side the trouble is on, where it was measured. */
  readonly side: 'ours' | 'theirs' | 'both' | 'none';
  readonly codec: string | null;
  readonly route: { readonly local: string; readonly remote: string; readonly relay: boolean } | null;
}

/** Voice levels for the rope, 0 to 1; a stream of its own, never part of a snapshot. */
export interface Levels {
  readonly you: number;
  readonly them: number;
}
