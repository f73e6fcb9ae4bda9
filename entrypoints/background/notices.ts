/** Which notifications should be on screen for a snapshot, and what must change to get there (ui-spec 13); pure. */

import type { CallView, LineView, PhoneSnapshot } from '../../lib/phone/model/snapshot';
import { type Icon, isHeld, isRinging, isSoundLost, nameOf, type Words } from './badge';

export type NoticeCommand =
  'answer' | 'decline' | 'call-back' | 'open-call' | 'resume-held' | 'sign-in' | 'renew' | 'choose-device';

export interface Notice {
  readonly title: Words;
  readonly message: Words;
  readonly icon: Icon;
  /** Stays until it is answered or cleared. */
  readonly stays: boolean;
  readonly buttons: readonly { readonly words: Words; readonly command: NoticeCommand }[];
}

/** By notification id (the call's or line's id): which notice it shows, for instance `incoming` or `held-5`. */
export type Shown = { readonly [id: string]: string };

export type NoticeAction =
  | { readonly do: 'show'; readonly id: string; readonly kind: string; readonly notice: Notice }
  | { readonly do: 'clear'; readonly id: string };

export interface NoticeFacts {
  readonly now: number;
  /** The popup or the panel is before the person's eyes: they see it there. */
  readonly inFront: boolean;
  readonly enabled: boolean;
  readonly hideNames: boolean;
}

export interface Difference {
  readonly actions: readonly NoticeAction[];
  readonly shown: Shown;
  /** When to compare again although nothing was broadcast; null is never. Epoch milliseconds. */
  readonly lookAgainAt: number | null;
}

const LINE_LOST_AFTER_MS = 5000;
const SOUND_LOST_AFTER_MS = 3000;
const HELD_MINUTES = [20, 10, 5] as const;
const WHILE_IN_FRONT_MS = 1000;

interface Wanted {
  readonly kind: string;
  /** Null: what is shown stays as it is. */
  readonly notice: Notice | null;
}

/**
 * Compares what is shown with what the snapshot asks for. `shown` is kept by the caller across the worker's deaths, so
 * nothing is shown twice and nothing that is over stays.
 */
export function difference(shown: Shown, snapshot: PhoneSnapshot, facts: NoticeFacts): Difference {
  const wanted = wantedBy(shown, snapshot, facts);
  const actions: NoticeAction[] = [];
  for (const [id, { kind, notice }] of wanted) {
    if (notice !== null && shown[id] !== kind) actions.push({ do: 'show', id, kind, notice });
  }
  for (const id of Object.keys(shown)) {
    if (!wanted.has(id) && !isLeftToThePerson(shown[id])) actions.push({ do: 'clear', id });
  }
  return {
    actions,
    shown: Object.fromEntries([...wanted].map(([id, { kind }]) => [id, kind])),
    lookAgainAt: nextLook(snapshot, facts),
  };
}

// The call may leave the snapshot before the person has read these.
function isLeftToThePerson(kind: string | undefined): boolean {
  return kind === 'missed' || kind === 'lost' || kind === 'back';
}

function wantedBy(shown: Shown, snapshot: PhoneSnapshot, facts: NoticeFacts): Map<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  if (!facts.enabled) return wanted;
  for (const call of snapshot.calls) {
    const found = forCall(call, snapshot, shown[call.id], facts);
    if (found !== null && !(facts.inFront && isSeenInFront(found.kind))) wanted.set(call.id, found);
  }
  for (const line of snapshot.lines) {
    const found = forLine(line);
    if (found !== null && !facts.inFront) wanted.set(line.id, found);
  }
  return wanted;
}

// A missed call must not be lost because the popup happened to be open as the ringing stopped.
function isSeenInFront(kind: string): boolean {
  return kind !== 'missed';
}

function forCall(
  call: CallView,
  snapshot: PhoneSnapshot,
  before: string | undefined,
  facts: NoticeFacts,
): Wanted | null {
  const who = facts.hideNames ? '' : nameOf(call);
  if (isRinging(call)) return incoming(call, who, snapshot);
  if (call.state.phase === 'ended') return ended(call, who, facts.hideNames);
  if (isSoundLost(call)) {
    return isDue(call.soundLostAt, SOUND_LOST_AFTER_MS, facts.now) ? soundLost(who) : stay(before);
  }
  if (call.signalling === 'lost') {
    return isDue(call.signallingLostAt, LINE_LOST_AFTER_MS, facts.now) ? lineLost(who) : stay(before);
  }
  if (before === 'line-lost' || before === 'sound-lost') return back(who);
  if (before === 'back') return stay(before);
  return isHeld(call) ? stillHeld(call, who, facts.now) : null;
}

function incoming(call: CallView, who: string, snapshot: PhoneSnapshot): Wanted {
  const other = snapshot.calls.find((one) => one.id !== call.id && one.state.phase === 'active');
  const line = snapshot.lines.find((one) => one.id === call.line)?.name ?? '';
  const title = who === '' ? words('notify_incoming_hidden') : words('notify_incoming', who);
  const decline = { words: words('notify_decline'), command: 'decline' } as const;
  if (other !== undefined && !isHeld(other)) {
    return shows(
      'incoming-second',
      'incoming',
      title,
      words(who === '' ? 'notify_on_call_hidden' : 'notify_on_call', nameOf(other)),
      {
        stays: true,
        buttons: [{ words: words('notify_hold_and_answer'), command: 'answer' }, decline],
      },
    );
  }
  const number = who === '' ? '' : (call.who.number ?? '');
  const message = number === '' ? words('notify_to_line', line) : words('notify_number_to_line', number, line);
  return shows('incoming', 'incoming', title, message, {
    stays: true,
    buttons: [{ words: words('notify_answer'), command: 'answer' }, decline],
  });
}

function ended(call: CallView, who: string, hideNames: boolean): Wanted | null {
  if (call.state.phase !== 'ended') return null;
  const { cause, at } = call.state;
  if (call.direction === 'in' && cause.kind === 'missed') {
    const seconds = Math.max(1, Math.round((at - call.startedAt) / 1000));
    const title = who === '' ? words('notify_missed_hidden') : words('notify_missed', who);
    const buttons =
      call.who.number === null || hideNames
        ? []
        : [{ words: words('notify_call_back'), command: 'call-back' as const }];
    return shows(
      'missed',
      'ready',
      title,
      seconds === 1
        ? words('notify_missed_at_one', { time: call.startedAt })
        : words('notify_missed_at', { time: call.startedAt }, String(seconds)),
      { buttons },
    );
  }
  if (cause.kind === 'lost' && call.answeredAt !== null) {
    const buttons =
      call.who.number === null ? [] : [{ words: words('notify_call_back'), command: 'call-back' as const }];
    return shows('lost', 'off', words('notify_lost', who), words('notify_lost_text'), { stays: true, buttons });
  }
  return null;
}

function lineLost(who: string): Wanted {
  return shows('line-lost', 'live-dots', words('notify_line_lost', who), words('notify_line_lost_text'));
}

function soundLost(who: string): Wanted {
  return shows('sound-lost', 'sound-lost', words('notify_sound_lost', who), words('notify_sound_lost_text', who), {
    buttons: [{ words: words('notify_open_call'), command: 'open-call' }],
  });
}

function back(who: string): Wanted {
  return shows('back', 'on-call', words('notify_back'), words('notify_back_text', who));
}

function stillHeld(call: CallView, who: string, now: number): Wanted | null {
  const minutes = call.heldSince === null ? 0 : (now - call.heldSince) / 60_000;
  const step = HELD_MINUTES.find((step) => minutes >= step);
  if (step === undefined) return null;
  return shows(
    `held-${step}`,
    'held',
    words('notify_still_held', who),
    words('notify_still_held_text', { minutes: step }),
    {
      buttons: [{ words: words('notify_resume'), command: 'resume-held' }],
    },
  );
}

function forLine(line: LineView): Wanted | null {
  if (line.session.phase === 'stopped' && line.session.because.reason !== 'signed-out') {
    const { reason } = line.session.because;
    const message = words(
      reason === 'taken-over'
        ? 'notify_taken_over'
        : reason === 'login-refused'
          ? 'notify_refused'
          : 'notify_calls_off',
    );
    return shows(`signed-out-${reason}`, 'off', words('notify_signed_out', line.name), message, {
      stays: true,
      buttons: [{ words: words('notify_sign_in'), command: 'sign-in' }],
    });
  }
  const expiring = line.notices.find((notice) => notice.kind === 'token-expiring');
  if (expiring === undefined) return null;
  return shows('token', 'ready', words('notify_token', line.name), words('notify_token_text', line.name), {
    buttons: [{ words: words('notify_renew'), command: 'renew' }],
  });
}

function nextLook(snapshot: PhoneSnapshot, facts: NoticeFacts): number | null {
  const times: number[] = [];
  for (const call of snapshot.calls) {
    if (call.state.phase === 'ended') continue;
    if (facts.inFront && isRinging(call)) times.push(facts.now + WHILE_IN_FRONT_MS);
    if (isSoundLost(call) && call.soundLostAt !== null) times.push(call.soundLostAt + SOUND_LOST_AFTER_MS);
    else if (call.signalling === 'lost' && call.signallingLostAt !== null) {
      times.push(call.signallingLostAt + LINE_LOST_AFTER_MS);
    }
  }
  const future = times.filter((time) => time > facts.now);
  return future.length === 0 ? null : Math.min(...future);
}

function isDue(since: number | null, afterMs: number, now: number): boolean {
  return since !== null && now - since >= afterMs;
}

function stay(before: string | undefined): Wanted | null {
  return before === undefined ? null : { kind: before, notice: null };
}

function shows(kind: string, icon: Icon, title: Words, message: Words, more: Partial<Notice> = {}): Wanted {
  return { kind, notice: { title, message, icon, stays: false, buttons: [], ...more } };
}

function words(key: string, ...filled: Words['with']): Words {
  return { key, with: filled };
}
