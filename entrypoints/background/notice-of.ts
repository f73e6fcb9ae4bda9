/** The notification that one call, or one line, asks for at this moment (ui-spec 13); pure. */

import { lostDevice } from '../../lib/extension/lost-device';
import type { CallView, LineView, PhoneSnapshot } from '../../lib/phone/model/snapshot';
import { isHeld, isRinging, isSoundLost, isVoiceAway, nameOf, shortNameOf, type Words } from './badge';
import { shows, type Wanted, words } from './notice';

export const LINE_LOST_AFTER_MS = 5000;
export const SOUND_LOST_AFTER_MS = 3000;
const HELD_MINUTES = [20, 10, 5] as const;
/** A device that was lost, and a call that was taken up again, are news for this long. */
const NEWS_MS = 15_000;

/** `before` is the kind that the call shows already. Null: nothing is to be shown. */
export function forCall(
  call: CallView,
  snapshot: PhoneSnapshot,
  before: string | undefined,
  facts: { readonly now: number; readonly hideNames: boolean },
): Wanted | null {
  const full = facts.hideNames ? '' : nameOf(call);
  if (isRinging(call)) return incoming(call, full, snapshot);
  if (call.state.phase === 'ended') return ended(call, full, facts.hideNames);
  const who = facts.hideNames ? '' : shortNameOf(call);
  if (isSoundLost(call)) {
    return isDue(call.soundLostAt, SOUND_LOST_AFTER_MS, facts.now) ? soundLost(who) : stay(before);
  }
  if (call.signalling === 'lost') {
    return isDue(call.signallingLostAt, LINE_LOST_AFTER_MS, facts.now) ? lineLost(who) : stay(before);
  }
  if (isVoiceAway(call, facts.now)) return voiceAway(who);
  if (isRejoined(call, before, facts.now)) return rejoined(who);
  if (before === 'line-lost' || before === 'sound-lost') return back(who);
  if (before === 'back') return stay(before);
  return isHeld(call) ? stillHeld(call, who, facts.now) : deviceLost(call, facts.now);
}

function incoming(call: CallView, who: string, snapshot: PhoneSnapshot): Wanted {
  const other = snapshot.calls.find((one) => one.id !== call.id && one.state.phase === 'active');
  const line = snapshot.lines.find((one) => one.id === call.line)?.name ?? '';
  const title = named('notify_incoming', who);
  const decline = { words: words('notify_decline'), command: 'decline' } as const;
  if (other !== undefined && !isHeld(other)) {
    return shows(
      'incoming-second',
      'incoming',
      title,
      words(who === '' ? 'notify_on_call_hidden' : 'notify_on_call', shortNameOf(other)),
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
    const title = named('notify_missed', who);
    const buttons =
      call.who.number === null || hideNames
        ? []
        : [{ words: words('notify_call_back'), command: 'call-back' as const }];
    return shows(
      'missed',
      'ready',
      title,
      { key: 'notify_missed_at', with: [{ time: call.startedAt }], count: seconds },
      { buttons },
    );
  }
  if (cause.kind === 'lost' && call.answeredAt !== null) {
    const short = hideNames ? '' : shortNameOf(call);
    const label = short === '' ? words('notify_call_back') : words('ended_call_back', short);
    const buttons = call.who.number === null ? [] : [{ words: label, command: 'call-back' as const }];
    return shows('lost', 'off', named('notify_lost', short), words('notify_lost_text'), { stays: true, buttons });
  }
  return null;
}

function lineLost(who: string): Wanted {
  return shows('line-lost', 'live-dots', named('notify_line_lost', who), words('notify_line_lost_text'));
}

function soundLost(who: string): Wanted {
  return shows('sound-lost', 'sound-lost', named('notify_sound_lost', who), named('notify_sound_lost_text', who), {
    buttons: [{ words: words('notify_open_call'), command: 'open-call' }],
  });
}

function voiceAway(who: string): Wanted {
  return shows('voice-away', 'muted', named('notify_voice_away', who), words('notify_voice_away_text'), {
    buttons: [{ words: words('notify_open_call_window'), command: 'open-window' }],
  });
}

function back(who: string): Wanted {
  return shows('back', 'on-call', words('notify_back'), named('notify_back_text', who));
}

/** Who was muted by it is told, until they speak: nobody hears them, and nothing else says so. */
function isRejoined(call: CallView, before: string | undefined, now: number): boolean {
  if (call.rejoined !== true || call.state.phase !== 'active' || !call.muted) return false;
  return before === 'rejoined' || (call.recoveredAt !== null && now - call.recoveredAt < NEWS_MS);
}

function rejoined(who: string): Wanted {
  return shows('rejoined', 'muted', named('notify_rejoined', who), words('notify_rejoined_text'), {
    buttons: [
      { words: words('call_unmute'), command: 'unmute' },
      { words: words('call_end'), command: 'end' },
    ],
  });
}

function stillHeld(call: CallView, who: string, now: number): Wanted | null {
  const minutes = call.heldSince === null ? 0 : (now - call.heldSince) / 60_000;
  const step = HELD_MINUTES.find((step) => minutes >= step);
  if (step === undefined) return null;
  return shows(
    `held-${step}`,
    'held',
    named('notify_still_held', who),
    words('notify_still_held_text', { minutes: step }),
    {
      buttons: [{ words: words('notify_resume'), command: 'resume-held' }],
    },
  );
}

function deviceLost(call: CallView, now: number): Wanted | null {
  const news = lostDevice(call.notices);
  if (news === null || now - news.at >= NEWS_MS) return null;
  const { lost, now: instead } = news.facts;
  const speaker = news.kind === 'speaker-lost';
  const unnamed = words(speaker ? 'notify_speaker_lost' : 'notify_device_lost_unnamed');
  const none = words(speaker ? 'notify_speaker_lost_text' : 'notify_device_lost_none');
  return shows(
    `device-${news.at}`,
    'on-call',
    typeof lost === 'string' ? words('notify_device_lost', lost) : unnamed,
    typeof instead === 'string' ? words('notify_device_lost_text', instead) : none,
    { buttons: [{ words: words('notify_choose_device'), command: 'choose-device' }] },
  );
}

export function forLine(line: LineView): Wanted | null {
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
  const { expiresAt } = expiring.facts;
  const text = words('home_token_line', line.name, { time: typeof expiresAt === 'number' ? expiresAt : expiring.at });
  return shows('token', 'ready', words('notify_token', line.name), text, {
    buttons: [{ words: words('notify_renew'), command: 'renew' }],
  });
}

// Who is hidden, or unknown, has words of their own.
function named(key: string, who: string): Words {
  return who === '' ? words(`${key}_hidden`) : words(key, who);
}

function isDue(since: number | null, afterMs: number, now: number): boolean {
  return since !== null && now - since >= afterMs;
}

function stay(before: string | undefined): Wanted | null {
  return before === undefined ? null : { kind: before, notice: null };
}
