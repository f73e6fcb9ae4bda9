/** A call whose server, sound or both are lost, and the way back. */

import type { Case } from './case';
import { ago, call, ended, EXCELLENT, line, NOW, snapshot } from './data';
import { lost, noted } from './situations';

export const HOLDING: readonly Case[] = [
  {
    name: '06-server-lost',
    snapshot: snapshot([call({ signalling: 'lost', signallingLostAt: ago(0, 6) })], {
      lines: [line({ session: lost })],
    }),
  },
  { name: '06-sound-lost', snapshot: snapshot([call({ sound: 'stalled', soundLostAt: ago(0, 4) })]) },
  {
    name: '06-both-lost',
    snapshot: snapshot(
      [
        call({
          state: { phase: 'recovering', since: ago(12, 48), held: false, until: NOW + 42_000, waitsForPerson: false },
          sound: 'stalled',
          signalling: 'lost',
          soundLostAt: ago(0, 18),
          signallingLostAt: ago(0, 18),
        }),
      ],
      { lines: [line({ session: { ...lost, because: { reason: 'offline', facts: {} } } })] },
    ),
  },
  {
    name: '06-both-lost-unknown',
    snapshot: snapshot(
      [
        call({
          state: { phase: 'recovering', since: ago(12, 48), held: false, until: null, waitsForPerson: false },
          sound: 'stalled',
          signalling: 'lost',
          soundLostAt: ago(0, 18),
          signallingLostAt: ago(0, 18),
        }),
      ],
      { lines: [line({ session: lost })] },
    ),
  },
  {
    name: '06-reconnected',
    snapshot: snapshot([call({ recoveredAt: ago(0, 1), quality: { ...EXCELLENT, word: 'good', mos: 4.1 } })]),
    people: noted,
  },
  {
    name: '06-rejoining',
    snapshot: snapshot([
      call({
        state: { phase: 'recovering', since: ago(12, 48), held: false, until: null, waitsForPerson: false },
        sound: 'none',
        quality: null,
      }),
    ]),
  },
  { name: '06-rejoined', snapshot: snapshot([call({ recoveredAt: ago(0, 1), rejoined: true, muted: true })]) },
  {
    name: '06-waits-for-person',
    snapshot: snapshot([
      call({
        state: { phase: 'recovering', since: ago(12, 48), held: false, until: NOW + 30_000, waitsForPerson: true },
        sound: 'stalled',
        soundLostAt: ago(0, 9),
      }),
    ]),
  },
  {
    name: '06-taken-over',
    snapshot: snapshot([call({ signalling: 'lost', signallingLostAt: ago(0, 12) })], {
      lines: [line({ session: { phase: 'stopped', because: { reason: 'taken-over', facts: {} } } })],
    }),
  },
  { name: '06-lost', snapshot: snapshot([ended('lost')], { lines: [line({ session: lost })] }), people: noted },
];
