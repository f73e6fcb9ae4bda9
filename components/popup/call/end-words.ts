/** What the card of an ended call says, and which of its two buttons comes first. Pure. */

import { plural, t } from '../../../lib/extension/i18n';
import type { PhoneErrorJson } from '../../../lib/phone/model/errors';
import type { CallView, LineView } from '../../../lib/phone/model/snapshot';
import type { IconName } from '../../icons';
import { troubleOf } from '../../trouble';
import { talkedMs } from '../call-look';
import { clockTime, duration, outcomeOf } from '../words';

export interface EndWords {
  readonly heading: string;
  readonly line: string | null;
  readonly icon: IconName;
  readonly tone: 'plain' | 'danger';
  readonly takesNote: boolean;
  /** Somebody may have spoken to a machine. */
  readonly voicemail: boolean;
  /** Which button is the main one. */
  readonly again: 'first' | 'second';
  /** The call was not placed for want of a microphone: the whole card is about that. */
  readonly microphone: PhoneErrorJson | null;
}

export function endWords(call: CallView, line: LineView | null, person: string): EndWords {
  const { state } = call;
  const cause = state.phase === 'ended' ? state.cause : null;
  const at = state.phase === 'ended' ? state.at : call.startedAt;
  const talked = talkedMs(call, at);
  const lineName = line?.name ?? '';
  const base: EndWords = {
    heading: t('ended_call'),
    line: null,
    icon: 'check',
    tone: 'plain',
    takesNote: true,
    voicemail: false,
    again: 'second',
    microphone: null,
  };
  if (cause === null) return base;
  if (cause.error?.reason.startsWith('microphone-') === true) {
    return { ...base, microphone: cause.error, takesNote: false, tone: 'danger' };
  }
  if (cause.kind === 'lost')
    return {
      ...base,
      ...lost(call, at, { talked, person, lineName }),
      tone: 'danger',
      icon: 'wifi-off',
      again: 'first',
    };
  if (talked !== null && (cause.kind === 'hung-up-here' || cause.kind === 'hung-up-there')) {
    return { ...base, heading: t('ended_call_after', duration(talked)), line: went(call) };
  }
  if (cause.kind === 'failed' && cause.error !== null) {
    const { heading, line: why } = troubleOf(cause.error, { line: lineName, person });
    return { ...base, heading, line: why, tone: 'danger', icon: 'warn', takesNote: false, again: 'first' };
  }
  const outcome = outcomeOf(cause, { rangMs: at - call.startedAt, lineName });
  const refused = cause.kind === 'not-allowed';
  const unanswered = cause.kind === 'no-answer' || cause.kind === 'busy' || cause.kind === 'declined-there';
  return {
    ...base,
    ...outcome,
    icon: refused || cause.kind === 'failed' ? 'warn' : talked === null ? 'clock' : 'check',
    takesNote: !refused,
    voicemail: unanswered,
    again: refused || talked !== null ? 'second' : 'first',
  };
}

/** "Excellent quality. Held through one 6 second drop." */
function went(call: CallView): string | null {
  const drops = call.drops ?? [];
  const seconds = Math.max(1, Math.round(drops.reduce((sum, { from, to }) => sum + to - from, 0) / 1000));
  const said = [
    ...(call.quality === null ? [] : [t(`ended_quality_${call.quality.word}`)]),
    ...(drops.length === 1 ? [plural('ended_held_once', seconds)] : []),
    ...(drops.length > 1 ? [plural('ended_held_times', drops.length)] : []),
  ];
  return said.length === 0 ? null : said.join(' ');
}

function lost(
  call: CallView,
  at: number,
  { talked, person, lineName }: { readonly talked: number | null; readonly person: string; readonly lineName: string },
): Pick<EndWords, 'heading' | 'line'> {
  const reason = call.state.phase === 'ended' ? call.state.cause.error?.reason : undefined;
  if (reason === 'not-reattached') return { heading: t('error_not_reattached'), line: t('error_not_reattached_line') };
  if (reason === 'taken-over') return { heading: t('ended_lost'), line: t('error_taken_over_line', lineName, person) };
  const line = talked === null ? t('ended_lost_line') : t('ended_lost_at', clockTime(at), duration(talked), person);
  return { heading: t('ended_lost'), line };
}
