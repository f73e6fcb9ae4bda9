/** A call on its way out, and how it may end. */

import type { Case } from './case';
import { ago, call, ended, snapshot } from './data';
import { noted, ringing } from './situations';

export const OUTGOING: readonly Case[] = [
  {
    name: '02-calling',
    snapshot: snapshot([call({ state: { phase: 'dialling' }, answeredAt: null, sound: 'none', quality: null })]),
  },
  {
    name: '02-ringing',
    snapshot: snapshot([call({ state: ringing, answeredAt: null, sound: 'none', quality: null })]),
  },
  {
    name: '02-ringing-long',
    snapshot: snapshot([
      call({ state: { ...ringing, since: ago(0, 32) }, answeredAt: null, sound: 'none', quality: null }),
    ]),
  },
  {
    name: '02-ended',
    people: noted,
    snapshot: snapshot([ended('hung-up-there', { drops: [{ from: ago(5), to: ago(4, 54) }] })]),
  },
  {
    name: '02-no-answer',
    snapshot: snapshot([ended('no-answer', { answeredAt: null, startedAt: ago(0, 45), quality: null })]),
  },
  { name: '02-busy', snapshot: snapshot([ended('busy', { answeredAt: null, quality: null })]) },
  { name: '02-declined', snapshot: snapshot([ended('declined-there', { answeredAt: null, quality: null })]) },
  { name: '02-unreachable', snapshot: snapshot([ended('no-such-number', { answeredAt: null, quality: null })]) },
  {
    name: '02-not-allowed',
    snapshot: snapshot([
      ended('not-allowed', { answeredAt: null, quality: null }, { sipCode: 403, sipReason: 'Forbidden' }),
    ]),
    act: async (page) => page.getByText('Details for support').click(),
  },
  {
    name: '02-no-microphone',
    snapshot: snapshot(
      [ended('failed', { answeredAt: null, quality: null }, { error: { reason: 'microphone-denied', facts: {} } })],
      { microphone: { state: 'denied', by: 'person' } },
    ),
  },
  {
    name: '02-failed',
    snapshot: snapshot([
      ended('failed', { answeredAt: null, quality: null }, { error: { reason: 'negotiation', facts: {} } }),
    ]),
  },
];
