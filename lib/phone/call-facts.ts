/** What is known of a call beside its state: who, since when, what went wrong; and the view that shows it all. */

import type { Digits } from './call-digits';
import type { CallMedia } from './call-media';
import type { CallOptions } from './call-options';
import type { TelnyxIds } from './dialects/dialect';
import type { CallState } from './model/call-state';
import type { PhoneErrorJson } from './model/errors';
import type { CallId, LegId, LineId } from './model/ids';
import type { CallView, Party, PhoneNotice, QualityView, RoomView, TranscriptLine } from './model/snapshot';

/** What the call itself keeps and its view shows. */
export interface Shown {
  readonly id: CallId;
  readonly line: LineId;
  readonly direction: 'out' | 'in';
  readonly state: CallState;
  readonly ours: Party;
  readonly startedAt: number;
  readonly media: CallMedia;
  readonly digits: Digits;
  readonly quality: QualityView | null;
  readonly leg: LegId;
  readonly recoveredFrom: LegId | null;
  readonly from: string | null;
}

const NO_IDS: TelnyxIds = { callControlId: null, sessionId: null, legId: null };

/** Written by its call alone. Times are epoch milliseconds. */
export class CallFacts {
  who: Party;
  ids: TelnyxIds | null;
  answeredAt: number | null;
  heldSince: number | null = null;
  #signallingLostAt: number | null = null;
  #soundLostAt: number | null = null;
  recoveredAt: number | null = null;
  everFlowed = false;
  /** Taken over from an earlier life of this document. */
  readonly rejoined: boolean;
  #gaps: NonNullable<CallView['drops']> = [];
  #brokenSince: number | null = null;
  /** How often the line to the server was lost. */
  drops = 0;
  trouble: PhoneErrorJson | null = null;
  notices: readonly PhoneNotice[] = [];
  transcript: readonly TranscriptLine[] = [];
  /** What the other side said: of a call that came in, and of its end. Ours may hold a secret, which no view needs. */
  headers: CallView['headers'];
  conference: string | null = null;
  room: RoomView | null = null;
  silenced = false;
  /** So far, and since when it is counted on. */
  #setUp: { readonly ms: number; readonly from: number };
  #setUpMs: number | null = null;

  constructor({ who, ids, resumed, direction, headers }: CallOptions, now: number) {
    this.who = who;
    this.headers = direction === 'in' ? headers : [];
    this.ids = ids;
    this.#setUp = { ms: 0, from: now };
    this.answeredAt = resumed?.answeredAt ?? null;
    this.rejoined = this.answeredAt !== null;
    if (!resumed) return;
    // The document was lost, and the line with it.
    this.drops = resumed.drops + 1;
    this.conference = resumed.conference;
    this.heldSince = resumed.held ? now : null;
    this.signallingLostAt = this.soundLostAt = now;
  }

  get signallingLostAt(): number | null {
    return this.#signallingLostAt;
  }
  set signallingLostAt(at: number | null) {
    this.#signallingLostAt = at;
    this.#brokenSince ??= at;
  }
  get soundLostAt(): number | null {
    return this.#soundLostAt;
  }
  set soundLostAt(at: number | null) {
    this.#soundLostAt = at;
    this.#brokenSince ??= at;
  }

  /** One of a kind: a newer notice takes the place of the older. */
  note(notice: PhoneNotice): void {
    this.notices = [...this.notices.filter(({ kind }) => kind !== notice.kind), notice];
  }

  /** Another is at the other end, after a transfer: an old name does not stay with a new number. */
  nowWith({ name, number }: Party): void {
    const same = number === null || digitsOf(number) === digitsOf(this.who.number ?? '');
    this.who = { name: name ?? (same ? this.who.name : null), number: same ? (this.who.number ?? number) : number };
  }

  /** Dialling and connecting count as setting up; the ringing between them is the time of a person. */
  moved(before: CallState['phase'], after: CallState['phase'], now: number): void {
    if (before === after) return;
    const { ms, from } = this.#setUp;
    this.#setUp = { ms: before === 'dialling' || before === 'connecting' ? ms + now - from : ms, from: now };
    if (before === 'connecting' && after === 'active') this.#setUpMs = this.#setUp.ms;
  }

  /** A strand may be back: where both are, the gap is over. */
  whole(now: number): void {
    if (this.signallingLostAt !== null || this.soundLostAt !== null || this.#brokenSince === null) return;
    this.#gaps = [...this.#gaps, { from: this.#brokenSince, to: now }];
    this.#brokenSince = null;
  }

  view({ media, digits, leg, recoveredFrom, from, ...shown }: Shown): CallView {
    return {
      ...shown,
      ...(from === null ? {} : { from }),
      ...(this.rejoined ? { rejoined: true } : {}),
      ...(this.silenced ? { silenced: true } : {}),
      ...(this.room === null ? {} : { room: this.room }),
      ...(this.#setUpMs === null ? {} : { setUpMs: this.#setUpMs }),
      drops: this.#gaps,
      who: this.who,
      headers: this.headers,
      sound: media.flowing ? 'flowing' : this.everFlowed ? 'stalled' : 'none',
      signalling: this.signallingLostAt === null ? 'up' : 'lost',
      signallingLostAt: this.signallingLostAt,
      soundLostAt: this.soundLostAt,
      recoveredAt: this.recoveredAt,
      answeredAt: this.answeredAt,
      heldSince: this.heldSince,
      muted: media.muted,
      voice: media.microphone !== null && media.microphone.silent !== true,
      voiceAwaySince: media.voiceAwaySince,
      digitsSent: digits.sent,
      digitsQueued: digits.queued,
      legs: { id: leg, recoveredFrom },
      telnyxIds: this.ids ?? NO_IDS,
      trouble: this.trouble,
      notices: this.notices,
      transcript: this.transcript,
      conference: this.conference,
    };
  }
}

function digitsOf(number: string): string {
  return number.replace(/[^\d*#a-z]/gi, '');
}
