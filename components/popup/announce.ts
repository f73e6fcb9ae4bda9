/** What a screen reader says when one snapshot follows another. Pure; the queue that paces it is in Announcer.svelte. */

import { t } from '../../lib/extension/i18n';
import type { CallId } from '../../lib/phone/model/ids';
import type { CallView, LineView, Party, PhoneSnapshot } from '../../lib/phone/model/snapshot';
import { strandsOf } from './call-look';
import { endWords } from './call/end-words';
import { holdWords } from './call/hold-words';
import { isHeld, isRingingHere, lineOf } from './screen';

export interface Announcement {
  readonly text: string;
  /** Assertive: incoming, connected, ended, trouble of a call that holds, microphone trouble. */
  readonly urgent: boolean;
}

/** How people are called; see names.svelte.ts. */
export interface Naming {
  full(who: Party): string;
  inSentence(who: Party): string;
  company(who: Party): string | null;
}

/** Nothing for the first snapshot but a call that rings: whoever opens the popup reads the screen. */
export function announcements(
  before: PhoneSnapshot | null,
  after: PhoneSnapshot,
  names: Naming,
  now: number,
): readonly Announcement[] {
  const known = new Map<CallId, CallView>(before?.calls.map((call) => [call.id, call]));
  return after.calls.flatMap((call) => {
    const line = lineOf(after, call);
    const was = known.get(call.id) ?? null;
    const wasLine = was === null ? null : lineOf(before, was);
    return changeOf(was, call, { line, wasLine, names, now, first: before === null }) ?? [];
  });
}

export function incomingWords(call: CallView, names: Naming): string {
  const company = names.company(call.who);
  const who = names.full(call.who);
  return company === null ? t('say_incoming', who) : t('say_incoming_company', who, company);
}

interface Context {
  readonly line: LineView | null;
  readonly wasLine: LineView | null;
  readonly names: Naming;
  readonly now: number;
  readonly first: boolean;
}

function changeOf(was: CallView | null, call: CallView, context: Context): Announcement | null {
  const { names } = context;
  const person = names.inSentence(call.who);
  if (isRingingHere(call)) return was === null ? urgent(incomingWords(call, names)) : null;
  if (context.first) return null;
  if (was?.state.phase !== call.state.phase) return phaseWords(was, call, context);
  return strandWords(was, call, context) ?? toggleWords(was, call, person);
}

function phaseWords(was: CallView | null, call: CallView, context: Context): Announcement | null {
  const { names, line, now } = context;
  const person = names.inSentence(call.who);
  const before = was?.state.phase;
  switch (call.state.phase) {
    case 'dialling':
      return urgent(t('say_calling', names.full(call.who)));
    case 'ringing':
      return polite(t('call_ringing'));
    case 'connecting':
      return null;
    case 'active':
      return before === 'recovering' ? polite(recovered(call)) : urgent(t('say_connected', person));
    case 'recovering': {
      const words = holdWords(strandsOf(call, line, now), line, person);
      return words === null ? null : urgent(`${words.heading}. ${words.line}`);
    }
    case 'ended': {
      const { heading, line: more, microphone } = endWords(call, line, person);
      if (microphone !== null) return urgent(t('error_microphone_denied'));
      return urgent(more === null ? heading : `${heading}. ${more}`);
    }
  }
}

/** A strand that was lost or came back while the call went on. */
function strandWords(was: CallView, call: CallView, { line, wasLine, names, now }: Context): Announcement | null {
  const before = strandsOf(was, wasLine, now);
  const after = strandsOf(call, line, now);
  if (before.kind === after.kind) return null;
  if (after.kind === 'whole') return polite(recovered(call));
  const words = holdWords(after, line, names.inSentence(call.who));
  return words === null ? null : urgent(`${words.heading}. ${words.line}`);
}

function toggleWords(was: CallView, call: CallView, person: string): Announcement | null {
  // Whoever joins is resumed for it, which is not the news.
  if (isHeld(was) && !isHeld(call) && call.conference !== null) return polite(t('say_merged', person));
  if (isHeld(was) !== isHeld(call)) return polite(isHeld(call) ? t('say_held', person) : t('say_now_talking', person));
  if (was.muted !== call.muted) return polite(call.muted ? t('call_you_are_muted') : t('say_unmuted'));
  if (was.voice && !call.voice) return urgent(t('call_no_voice_pill'));
  return was.conference !== call.conference && call.conference !== null ? polite(t('say_merged', person)) : null;
}

function recovered(call: CallView): string {
  return call.rejoined === true ? t('hold_rejoined') : t('hold_reconnected');
}

function urgent(text: string): Announcement {
  return { text, urgent: true };
}
function polite(text: string): Announcement {
  return { text, urgent: false };
}
