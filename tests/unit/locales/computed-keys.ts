/** Every pattern by which the code computes a key of the words, with all that can fill it. */

import { dndChoices } from '../../../components/settings/do-not-disturb';
import { PAGES } from '../../../components/settings/pages';
import { OWN_SHORTCUTS } from '../../../components/settings/shortcut-list';
import { KNOTS } from '../../../components/welcome/steps';
import { NUMBER_LABELS } from '../../../lib/extension/contacts';
import { OPTION_GROUPS, OPTION_ROWS, REGION_CHOICES } from '../../../lib/extension/option-rows';
import type { Reason as WaitReason, Strands } from '../../../components/popup/call-look';
import type { LineStatus } from '../../../components/popup/status';
import type { RopeState } from '../../../components/rope';
import type { Verdict } from '../../../components/settings/level';
import type { Access } from '../../../components/settings/microphone-access';
import type { Remedy } from '../../../components/trouble';
import type { CheckState } from '../../../components/welcome/test-call';
import type { EndCause } from '../../../lib/phone/model/call-state';
import type { Reason } from '../../../lib/phone/model/errors';
import type { LineKind, QualityView, Sound } from '../../../lib/phone/model/snapshot';

const errors = members<Reason>({
  'bad-option': 1,
  'bad-number': 1,
  'no-account': 1,
  'no-such-call': 1,
  'wrong-phase': 1,
  unsupported: 1,
  'too-many-calls': 1,
  'microphone-prompt': 1,
  'microphone-denied': 1,
  'microphone-missing': 1,
  'microphone-busy': 1,
  'login-refused': 1,
  'token-malformed': 1,
  'token-expired': 1,
  'signed-out': 1,
  'not-registered': 1,
  'gateway-failed': 1,
  'taken-over': 1,
  offline: 1,
  unreachable: 1,
  disconnected: 1,
  timeout: 1,
  refused: 1,
  'bad-message': 1,
  'reconnect-exhausted': 1,
  negotiation: 1,
  'ice-restart-failed': 1,
  'not-reattached': 1,
  'hold-failed': 1,
  'transfer-failed': 1,
  'not-allowed': 1,
  'engine-gone': 1,
  'storage-failed': 1,
  unexpected: 1,
});
const remedies = members<Exclude<Remedy, 'none'>>({
  'allow-microphone': 1,
  'choose-audio': 1,
  'call-again': 1,
  'call-back': 1,
  'try-again': 1,
  edit: 1,
  'update-password': 1,
  'sign-in': 1,
  renew: 1,
  'add-account': 1,
  settings: 1,
  'take-over': 1,
  'copy-report': 1,
});
const outcomes = members<EndCause['kind']>({
  'hung-up-here': 1,
  'hung-up-there': 1,
  cancelled: 1,
  'declined-here': 1,
  blocked: 1,
  'declined-there': 1,
  busy: 1,
  'no-answer': 1,
  missed: 1,
  'no-such-number': 1,
  'not-allowed': 1,
  'answered-elsewhere': 1,
  transferred: 1,
  parked: 1,
  unavailable: 1,
  lost: 1,
  failed: 1,
});
const strands = members<Exclude<Strands['kind'], 'whole'>>({
  'server-lost': 1,
  'sound-lost': 1,
  'both-lost': 1,
  rejoining: 1,
  waits: 1,
});
const waits = members<WaitReason>({
  'not-connected': 1,
  'server-lost': 1,
  offline: 1,
  rejoining: 1,
  'no-transfer': 1,
  'two-calls': 1,
});
const ropes = members<Exclude<RopeState['kind'], 'live'>>({
  calling: 1,
  ringing: 1,
  incoming: 1,
  held: 1,
  merged: 1,
  'sound-lost': 1,
  'server-lost': 1,
  'both-lost': 1,
  ended: 1,
});
const qualities = members<QualityView['word']>({ excellent: 1, good: 1, fair: 1, poor: 1, bad: 1 });
const kinds = members<LineKind>({ telnyx: 1, assistant: 1, verto: 1 });
const sounds = members<Sound>({ none: 1, flowing: 1, stalled: 1 });
const statuses = members<LineStatus>({ ready: 1, connecting: 1, off: 1 });
const verdicts = members<Verdict>({ listening: 1, good: 1, quiet: 1, loud: 1, silent: 1 });
const checks = members<CheckState>({ done: 1, waiting: 1, failed: 1 });
const refusals = members<Exclude<Access['state'], 'unknown' | 'granted'>>({
  prompt: 1,
  once: 1,
  denied: 1,
  system: 1,
  missing: 1,
  busy: 1,
});
const endings = [
  'busy',
  'declined',
  'unreachable',
  'not_allowed',
  'lost',
  'failed',
  'transferred',
  'elsewhere',
  'parked',
];
const recents = ['all', 'missed', 'noted', 'failed'];
const callRows = ['notifications', 'popupAtRing', 'spaceTalks', 'noteScreen', 'historyDays', 'transcriptDays'];
const rows = OPTION_ROWS.map(({ id }) => id);
const choices = OPTION_ROWS.flatMap((row) => ('choices' in row ? both([row.id], row.choices.filter(Boolean)) : []));

/**
 * By the template as the code spells it, each `${…}` a star. Several stars are filled by parts with a slash between.
 * Two places that spell one pattern share its row.
 */
export const COMPUTED: { readonly [pattern: string]: readonly string[] } = {
  '*_hidden': [
    'incoming',
    'missed',
    'lost',
    'line_lost',
    'sound_lost',
    'sound_lost_text',
    'back_text',
    'still_held',
    'voice_away',
    'rejoined',
  ].map((notice) => `notify_${notice}`),
  '*_line': errors.map((reason) => `error_${reason}`),
  '*_unknown': ['home_help_short', 'home_help_long'],
  'assistant_sound_*': qualities,
  'assistant_picture_*': ['too_large', 'no_picture', 'closes'],
  'audio_voice_*': ['noiseSuppression', 'autoGainControl', 'echoCancellation'],
  'options_audio_voice_*_help': ['noiseSuppression', 'autoGainControl', 'echoCancellation'],
  'bar_*': strands,
  'call_waits_*': waits,
  'count_*': ['1', '2', '3', '4', '5'],
  'ended_*': endings,
  'ended_*_line': endings,
  'ended_quality_*': qualities,
  'error_*': errors,
  'home_tab_*': ['keypad', 'recents', 'assistant'],
  'home_tone_*': ['ringtone', 'ringback'],
  'incoming_decline_*': ['busy', 'away', 'unwanted'],
  'options_account_*': ['password', 'token'],
  'options_adv_*': rows,
  'options_adv_*_*': choices,
  'options_adv_*_default': ['ringtoneFile', 'ringbackFile'],
  'options_adv_*_help': rows,
  'options_adv_region_*': REGION_CHOICES.filter(Boolean),
  'options_audio_*': ['speaker', 'ringer', 'recording', 'playing'],
  'options_audio_*_help': ['speaker', 'ringer'],
  'options_audio_access_*': [...refusals, 'unknown', 'granted'],
  'options_audio_access_*_line': refusals,
  'options_audio_headset_button_*': ['hook', 'mute', 'flash', 'drop', 'reject'],
  'options_audio_stop_*': ['speaker', 'ringer'],
  'options_audio_test_*': ['speaker', 'ringer'],
  'options_audio_verdict_*': verdicts,
  'options_calls_*': callRows,
  'options_calls_*_help': callRows,
  'options_calls_badge_*': ['missed', 'minutes', 'none'],
  'options_calls_dnd_*': dndChoices,
  'options_calls_tel_*': ['fill', 'dial'],
  'options_calls_theme_*': ['system', 'light', 'dark'],
  'options_click_look_*': ['underline', 'hover', 'plain'],
  'options_group_*': OPTION_GROUPS,
  'options_ice_*': ['address', 'username', 'secret'],
  'options_key_*': OWN_SHORTCUTS.map(({ word }) => word),
  'options_kind_*': kinds,
  'options_kind_*_long': kinds,
  'options_page_*': PAGES,
  'options_page_*_lead': PAGES,
  'options_pop_for_*': ['in', 'out', 'both'],
  'options_pop_when_*': ['ring', 'answer'],
  'options_problem_*': [
    ...['number', 'scheme', 'host', 'port', 'port_alone', 'relay', 'variable'],
    ...['ice_scheme', 'ice_host', 'ice_transport', 'ice_transport_stun', 'ice_user', 'ice_secret'],
    ...['sound_kind', 'sound_size', 'sound_address'],
  ],
  'options_problem_pop_*': ['address', 'place', 'host'],
  'options_problem_*_missing': ['login', 'password', 'extension', 'token', 'assistant', 'caller_number', 'echo'],
  'options_report_*': ['copied', 'not_copied'],
  'number_label_*': NUMBER_LABELS,
  'quality_*': qualities,
  'quality_*_means': qualities,
  'quality_event_*': ['loss', 'lost', 'back', 'relay'],
  'quality_*_sentence': qualities,
  'quality_fact_*': [
    'codec',
    'route',
    'you',
    'server',
    'host',
    'region',
    'strand_sound',
    'strand_server',
    'device',
    'set_up',
  ],
  'quality_sound_*': sounds,
  'quality_trend_*': ['better', 'worse'],
  'recents_*': outcomes,
  'recents_none_*': recents,
  'recents_none_*_line': recents,
  'remedy_*': remedies,
  'rope_*': ropes,
  'status_*': statuses,
  'welcome_check_*_*': both(['echo', 'answer'], checks),
  'welcome_find_*_*': both(kinds, ['1', '2', '3']),
  'welcome_kind_*': kinds,
  'welcome_local_*': ['idle', 'recording', 'playing', 'played', 'failed'],
  'welcome_microphone_*': [...refusals, 'granted'],
  'welcome_microphone_*_*': [...both(['denied', 'system'], ['1', '2', '3']), ...both(['once'], ['1', '2'])],
  'welcome_microphone_*_lead': refusals,
  'welcome_promise_*': ['assistant', 'verto'],
  'welcome_step_*': KNOTS,
  'welcome_test_*': ['echo', 'assistant', 'local'],
};

/** What a template that computes a key looks like, its holes as stars. */
export const PATTERN = /^(?:[a-z]+_[A-Za-z0-9_]*\*[A-Za-z0-9_*]*|\*_[a-z_]+)$/u;

export function expanded(pattern: string, fills: readonly string[]): readonly string[] {
  return fills.map((fill) => {
    const parts = fill.replaceAll('-', '_').split('/');
    return pattern.replaceAll('*', () => parts.shift() ?? '*');
  });
}

/** The members of a union; the compiler sees to it that none is left out. */
function members<Member extends string>(each: { readonly [M in Member]: 1 }): readonly string[] {
  return Object.keys(each);
}

function both(first: readonly string[], second: readonly string[]): readonly string[] {
  return first.flatMap((one) => second.map((other) => `${one}/${other}`));
}
