/** Situations that several screens are drawn in. */

import { ago, assistantLine, call, DESK, HISTORY, line, NOW, PEOPLE, snapshot, TALK } from './data';
import type { PeopleCase } from './doubles';

export const idle = snapshot([]);
export const active = snapshot([call()]);
export const many: PeopleCase = { history: HISTORY, missed: 1 };
export const noted: PeopleCase = { history: HISTORY, note: 'Wants the annual plan. Send the quote to Jo by Friday.' };
export const heldCall = call({
  who: PEOPLE.marcus,
  state: { phase: 'active', since: ago(3), held: true },
  heldSince: ago(1, 20),
  sound: 'none',
  from: '',
});
export const lost = {
  phase: 'waiting',
  attempt: 2,
  of: 10,
  lostAt: ago(0, 6),
  retryAt: NOW + 2000,
  because: { reason: 'disconnected', facts: {} },
} as const;
export const ringing = { phase: 'ringing', since: ago(0, 6), earlyMedia: false } as const;
export const incoming = call({
  direction: 'in',
  who: PEOPLE.marcus,
  state: ringing,
  answeredAt: null,
  startedAt: ago(0, 6),
  sound: 'none',
  quality: null,
});
export const desk = [assistantLine(), line()];
export const talk = call({
  line: DESK,
  who: { name: 'Front desk', number: null },
  transcript: TALK,
  answeredAt: ago(2, 6),
});
