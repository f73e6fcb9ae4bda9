/** What the phone is told at birth and on every change: its lines, devices and sounds. Secrets inside; never in a snapshot. */

import type { ClientOptions } from './options';
import type { DeviceId, LineId } from './model/ids';
import type { LineKind } from './model/snapshot';
import type { VoiceProcessing } from './model/voice';

export interface LineSettings {
  readonly id: LineId;
  readonly name: string;
  readonly kind: LineKind;
  /** The seed's options, verbatim; validated by `validateOptions`. */
  readonly options: ClientOptions;
  /** FreeSWITCH only: `wss://host:8082`, the domain behind the user's @, and the places where calls are parked. */
  readonly verto?: { readonly url: string; readonly domain: string; readonly park?: readonly string[] };
  readonly callerIds: readonly string[];
  readonly callerName: string;
}

export interface PhoneSettings {
  readonly lines: readonly LineSettings[];
  readonly devices: {
    readonly microphone: DeviceId | null;
    readonly speaker: DeviceId | null;
    readonly ringer: DeviceId | null;
  };
  /** All of it is on without this; a change holds for a call that goes on as well. */
  readonly voice?: VoiceProcessing;
  readonly ring: { readonly volume: number; readonly waiting: boolean };
  /** No ring, and incoming calls are answered with "busy". Epoch milliseconds, `0` off, `Infinity` is spelled -1. */
  readonly doNotDisturbUntil: number;
  /** Numbers whose calls are declined before they ring, in each spelling that a server may use. */
  readonly blocked?: readonly string[];
  /** Answers by itself after this many milliseconds; null is off. */
  readonly autoAnswerMs: number | null;
  /** The last call that ended stays in the snapshot until it is dismissed; without this, for a minute. */
  readonly endStays?: boolean;
}

/** What a line needs to come back to its calls after its document died. Kept by the background in session storage. */
export interface Resume {
  readonly line: LineId;
  /** JSON-RPC `sessid`. */
  readonly sessid: string;
  readonly voiceSdkId: string | null;
  readonly calls: readonly ResumedCall[];
  readonly at: number;
}
export interface ResumedCall {
  readonly call: string;
  readonly leg: string;
  readonly direction: 'out' | 'in';
  readonly name: string | null;
  readonly number: string | null;
  readonly ours: string | null;
  readonly startedAt: number;
  readonly answeredAt: number | null;
  readonly held: boolean;
  readonly muted: boolean;
  /** How often the line had been lost. */
  readonly drops?: number;
  /** Address of the page that it was clicked on. */
  readonly from?: string | null;
  /** Calls that say the same here hear one another, mixed by us. */
  readonly conference?: string | null;
  /** Not dialled yet, of the extension behind the number. */
  readonly digits?: string;
}
