/** The dial screen, and what may stand over it. */

import { type, press } from './acts';
import type { Case } from './case';
import { ago, assistantLine, line, NOW, snapshot } from './data';
import { idle, lost } from './situations';

export const HOME: readonly Case[] = [
  { name: '01-home-ready', snapshot: idle },
  { name: '01-home-complete', snapshot: idle, act: type('4155550132') },
  { name: '01-home-folded', snapshot: idle, preferences: { keypadFolded: true }, page: true },
  { name: '01-home-search', snapshot: idle, act: type('ma') },
  {
    name: '01-home-country',
    snapshot: idle,
    preferences: { country: 'GB' },
    act: async (page) => {
      await type('020 7946 0')(page);
      await press('Country code')(page);
      await page.getByRole('combobox', { name: 'Search countries' }).fill('uni');
    },
  },
  {
    name: '01-home-signed-out',
    snapshot: snapshot([], {
      lines: [line({ session: { phase: 'stopped', because: { reason: 'login-refused', facts: {} } } })],
    }),
    act: type('+44 20 7946 00'),
  },
  { name: '01-home-first-run', snapshot: idle, people: { history: [] } },
  { name: '01-home-not-set-up', snapshot: snapshot([], { lines: [] }), people: { history: [] } },
  {
    name: '01-home-connecting',
    snapshot: snapshot([], { lines: [line({ session: { phase: 'connecting', attempt: 1, of: 10, lostAt: null } })] }),
    act: type('4155550132'),
  },
  {
    name: '01-home-queued',
    snapshot: snapshot([], { lines: [line({ session: { phase: 'connecting', attempt: 1, of: 10, lostAt: null } })] }),
    act: async (page) => {
      await type('4155550132')(page);
      await press('Call when ready')(page);
    },
  },
  {
    name: '01-home-offline',
    snapshot: snapshot([], { lines: [line({ session: { ...lost, because: { reason: 'offline', facts: {} } } })] }),
  },
  { name: '01-home-microphone-denied', snapshot: snapshot([], { microphone: { state: 'denied', by: 'person' } }) },
  {
    name: '01-home-tone-broken',
    snapshot: snapshot([], { lines: [line({ notices: [{ kind: 'ringtone-broken', facts: {}, at: ago(0, 2) }] })] }),
  },
  {
    name: '01-home-token-ends',
    snapshot: snapshot([], {
      lines: [line({ notices: [{ kind: 'token-expiring', facts: { expiresAt: NOW + 3_600_000 }, at: NOW }] })],
    }),
  },
  { name: '01-home-emergency', snapshot: idle, act: type('911') },
  { name: '01-home-extension', snapshot: idle, act: type('204') },
  {
    name: '01-home-account-menu',
    snapshot: snapshot([], { lines: [line(), assistantLine()] }),
    act: press('Account:'),
  },
  { name: '01-home-from', snapshot: idle, act: press('Call from') },
];
