/** The people, lines and calls of the drawn screens; the same fictional ones as in the mockups. */

import type { Contact } from '../../lib/extension/contacts';
import type { HistoryEntry } from '../../lib/extension/history-entry';
import type { EndCause } from '../../lib/phone/model/call-state';
import type { CallId, DeviceId, LegId, LineId } from '../../lib/phone/model/ids';
import type { CallView, LineView, PhoneSnapshot, QualityView } from '../../lib/phone/model/snapshot';

/** Thursday, 12 March 2026, 10:55 UTC: the clock of every picture stands here. */
export const NOW = Date.UTC(2026, 2, 12, 10, 55, 0);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
export const ago = (minutes: number, seconds = 0): number => NOW - minutes * MINUTE - seconds * SECOND;

export const SALES = 'sales' as LineId;
export const DESK = 'desk' as LineId;

export const PEOPLE = {
  dana: { name: 'Dana Whitfield', number: '+14155550132' },
  marcus: { name: 'Marcus Oyelaran', number: '+442079460018' },
  jo: { name: 'Jo Tanaka', number: '204' },
  stranger: { name: null, number: '+17185550164' },
  long: {
    name: 'Wolfeschlegelsteinhausenbergerdorff Featherstonehaugh-Cholmondeley van der Bouwmeester',
    number: '+493023125099',
  },
} as const;

export const CONTACTS: readonly Contact[] = [
  {
    id: 'dana',
    name: 'Dana Whitfield',
    company: 'Northgate Dental',
    numbers: ['14155550132', '14155550100'],
    labels: { '14155550132': 'mobile' },
    note: '',
  },
  { id: 'marcus', name: 'Marcus Oyelaran', company: 'Tideway Logistics', numbers: ['442079460018'], note: '' },
  { id: 'maya', name: 'Maya Torres', company: '', numbers: ['16465550177'], note: '' },
  { id: 'nadia', name: 'Nadia Malik', company: '', numbers: ['12065550158'], note: '' },
  { id: 'jo', name: 'Jo Tanaka', company: '', numbers: ['204'], note: '' },
];

export const EXCELLENT: QualityView = {
  mos: 4.4,
  word: 'excellent',
  roundTripMs: 46,
  jitterMs: 4,
  lossPercent: 0.1,
  side: 'none',
  codec: 'audio/opus',
  route: { local: '198.51.100.24:51820 srflx', remote: '192.0.2.61:3478 relay', relay: true },
};
export const FAIR: QualityView = {
  ...EXCELLENT,
  mos: 3.9,
  word: 'fair',
  roundTripMs: 182,
  jitterMs: 34,
  lossPercent: 2.1,
  side: 'ours',
};

export function line(more: Partial<LineView> = {}): LineView {
  return {
    id: SALES,
    name: 'Sales line',
    kind: 'telnyx',
    session: { phase: 'ready', since: ago(60) },
    answeredAt: ago(0, 4),
    roundTripMs: 46,
    server: { host: 'rtc.telnyx.com', region: 'us-east', dc: 'ch1' },
    callerIds: ['+13125550142', '+13125550190'],
    can: { transfer: true, conference: false, type: false },
    notices: [],
    ...more,
  };
}
export function assistantLine(more: Partial<LineView> = {}): LineView {
  return line({
    id: DESK,
    name: 'Front desk',
    kind: 'assistant',
    callerIds: [],
    can: { transfer: false, conference: false, type: true },
    ...more,
  });
}

let ids = 0;
export function call(more: Partial<CallView> = {}): CallView {
  const id = `call-${++ids}` as CallId;
  return {
    id,
    line: SALES,
    direction: 'out',
    who: PEOPLE.dana,
    ours: { name: null, number: '+13125550142' },
    state: { phase: 'active', since: ago(12, 48), held: false },
    sound: 'flowing',
    signalling: 'up',
    signallingLostAt: null,
    soundLostAt: null,
    recoveredAt: null,
    startedAt: ago(13, 2),
    answeredAt: ago(12, 48),
    heldSince: null,
    muted: false,
    voice: true,
    digitsSent: '',
    digitsQueued: '',
    quality: EXCELLENT,
    legs: { id: 'leg' as LegId, recoveredFrom: null },
    telnyxIds: { callControlId: null, sessionId: null, legId: null },
    headers: [],
    trouble: null,
    notices: [],
    transcript: [],
    conference: null,
    from: 'https://app.hubspot.com/contacts/48210/record/0-1/9351',
    ...more,
  };
}

export function ended(kind: EndCause['kind'], more: Partial<CallView> = {}, cause: Partial<EndCause> = {}): CallView {
  return call({
    state: {
      phase: 'ended',
      at: NOW,
      cause: { kind, code: null, name: null, sipCode: null, sipReason: null, error: null, ...cause },
    },
    sound: 'none',
    ...more,
  });
}

export function snapshot(calls: readonly CallView[], more: Partial<PhoneSnapshot> = {}): PhoneSnapshot {
  const jabra = { id: 'jabra' as DeviceId, label: 'Jabra Evolve2 65' };
  return {
    revision: 1,
    engine: ago(120),
    lines: [line()],
    calls,
    microphone: { state: 'granted', label: 'Jabra Evolve2 65' },
    devices: {
      microphones: [jabra, { id: 'mac-mic' as DeviceId, label: 'MacBook Pro Microphone' }],
      speakers: [jabra, { id: 'mac-out' as DeviceId, label: 'MacBook Pro Speakers' }],
      microphone: jabra.id,
      speaker: jabra.id,
      ringer: null,
    },
    ...more,
  };
}

function past(id: string, more: Partial<HistoryEntry>): HistoryEntry {
  return {
    id: id as CallId,
    line: SALES,
    lineName: 'Sales line',
    direction: 'out',
    name: null,
    number: null,
    ours: '+13125550142',
    startedAt: NOW,
    answeredAt: null,
    endedAt: NOW,
    outcome: 'hung-up-there',
    drops: 0,
    quality: null,
    from: null,
    transcript: [],
    note: '',
    ...more,
  };
}
function talked(id: string, at: number, ms: number, more: Partial<HistoryEntry>): HistoryEntry {
  return past(id, { startedAt: at, answeredAt: at + 8000, endedAt: at + 8000 + ms, quality: 'excellent', ...more });
}

export const HISTORY: readonly HistoryEntry[] = [
  past('h1', {
    name: 'Harbor Plumbing',
    number: '+13125550178',
    direction: 'in',
    outcome: 'missed',
    startedAt: ago(4),
    endedAt: ago(4) + 24_000,
  }),
  talked('h2', ago(13), 12 * MINUTE + 48 * SECOND, {
    ...PEOPLE.dana,
    drops: 1,
    note: 'Wants the annual plan. Send the quote to Jo by Friday.',
  }),
  talked('h3', ago(85), 4 * MINUTE, { ...PEOPLE.marcus, direction: 'in' }),
  past('h4', { ...PEOPLE.stranger, outcome: 'no-answer', startedAt: NOW - 2 * DAY, endedAt: NOW - 2 * DAY + 45_000 }),
  talked('h5', NOW - 2 * DAY - 105 * MINUTE, 31 * MINUTE, {
    name: 'Elena Kovács',
    number: '+493023125042',
    note: 'Call back in May.',
    quality: 'good',
  }),
  talked('h6', NOW - 9 * DAY, 22 * MINUTE, { ...PEOPLE.marcus, note: 'Needs the port dates before he signs.' }),
  talked('h7', NOW - 9 * DAY - 60 * MINUTE, 3 * MINUTE, {
    name: 'Priya Raman',
    number: '+16465550112',
    note: 'Second quote was too high, revisit in May.',
  }),
  talked('h8', NOW - 13 * DAY, 3 * MINUTE, { ...PEOPLE.dana, quality: 'good' }),
];

export const TALK: CallView['transcript'] = [
  {
    id: 't1',
    who: 'assistant',
    text: 'Hello, this is the front desk at Northgate Dental. How can I help?',
    final: true,
    typed: false,
    at: ago(2),
  },
  {
    id: 't2',
    who: 'person',
    text: 'I need to move my Tuesday visit to later in the week.',
    final: true,
    typed: false,
    at: ago(1, 50),
  },
  {
    id: 't3',
    who: 'assistant',
    text: 'I have Thursday at two thirty, or Friday at nine. Which would you like?',
    final: true,
    typed: false,
    at: ago(1, 30),
  },
  { id: 't4', who: 'person', text: 'dana.w@northgate.example', final: true, typed: true, at: ago(1) },
  { id: 't5', who: 'tool', text: 'Booking Thursday 14:30', final: false, typed: false, at: ago(0, 20) },
  { id: 't6', who: 'assistant', text: 'One moment while I change that', final: false, typed: false, at: ago(0, 2) },
];
