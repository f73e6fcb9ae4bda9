/** Every screen and state that is drawn: its snapshot, and what a person did to get there. */

import type { Page } from 'playwright';
import type { PreferenceValues } from '../../components/preferences.svelte';
import type { PhoneSnapshot } from '../../lib/phone/model/snapshot';
import { TABS } from './cases-tabs';
import {
  ago,
  assistantLine,
  call,
  DESK,
  ended,
  EXCELLENT,
  FAIR,
  HISTORY,
  line,
  NOW,
  PEOPLE,
  snapshot,
  TALK,
} from './data';
import { vertoCases } from './cases-verto';
import type { PeopleCase } from './doubles';
import type { TabCase } from './tab';

export interface Case {
  /** Also the name of its pictures. */
  readonly name: string;
  readonly snapshot: PhoneSnapshot;
  readonly people?: PeopleCase;
  readonly preferences?: Partial<PreferenceValues>;
  readonly frame?: 'popup' | 'sidepanel';
  /** Numbers on the open page. */
  readonly page?: boolean;
  /** Names too long for one line: an ellipsis may stand for their end. */
  readonly long?: boolean;
  readonly act?: (page: Page) => Promise<void>;
  /** Drawn in a tab of its own: the settings, the first run. */
  readonly tab?: TabCase;
}

const field = (page: Page) => page.getByRole('combobox', { name: 'Name or number' });
const type =
  (text: string) =>
  async (page: Page): Promise<void> => {
    await field(page).pressSequentially(text);
  };
const press =
  (...names: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const name of names) await page.getByRole('button', { name, exact: false }).first().click();
  };
const tab =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('navigation').getByRole('button', { name }).click();
  };

const idle = snapshot([]);
const active = snapshot([call()]);
const many: PeopleCase = { history: HISTORY, missed: 1 };
const noted: PeopleCase = { history: HISTORY, note: 'Wants the annual plan. Send the quote to Jo by Friday.' };
const heldCall = call({
  who: PEOPLE.marcus,
  state: { phase: 'active', since: ago(3), held: true },
  heldSince: ago(1, 20),
  sound: 'none',
  from: '',
});
const lost = {
  phase: 'waiting',
  attempt: 2,
  of: 10,
  lostAt: ago(0, 6),
  retryAt: NOW + 2000,
  because: { reason: 'disconnected', facts: {} },
} as const;
const ringing = { phase: 'ringing', since: ago(0, 6), earlyMedia: false } as const;
const incoming = call({
  direction: 'in',
  who: PEOPLE.marcus,
  state: ringing,
  answeredAt: null,
  startedAt: ago(0, 6),
  sound: 'none',
  quality: null,
});

const home: readonly Case[] = [
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
  { name: '01-home-emergency', snapshot: idle, act: type('911') },
  { name: '01-home-extension', snapshot: idle, act: type('204') },
  {
    name: '01-home-account-menu',
    snapshot: snapshot([], { lines: [line(), assistantLine()] }),
    act: press('Account:'),
  },
  { name: '01-home-from', snapshot: idle, act: press('Call from') },
];

const outgoing: readonly Case[] = [
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

const calls: readonly Case[] = [
  { name: '03-connected', snapshot: active },
  { name: '03-muted', snapshot: snapshot([call({ muted: true, quality: FAIR })]), people: noted },
  { name: '03-quality', snapshot: snapshot([call({ quality: FAIR })]), act: press('Fair') },
  { name: '03-keypad', snapshot: snapshot([call({ digitsSent: '204#' })]), act: press('Keypad') },
  { name: '03-transfer', snapshot: active, people: many, act: press('Transfer') },
  {
    name: '03-transfer-send',
    snapshot: active,
    people: many,
    act: async (page) => {
      await press('Transfer')(page);
      await page.getByRole('radio', { name: 'Send now' }).click();
    },
  },
  { name: '03-audio', snapshot: active, act: press('Audio') },
  {
    name: '03-held',
    snapshot: snapshot([
      call({ state: { phase: 'active', since: ago(15, 10), held: true }, heldSince: ago(0, 38), sound: 'none' }),
    ]),
  },
  {
    name: '03-notes',
    snapshot: active,
    people: {
      history: HISTORY,
      note: 'Two chairs opening in March, needs phones for the front desk and a voicemail box.',
    },
    act: async (page) => page.getByRole('textbox', { name: 'Notes for this call' }).focus(),
  },
  { name: '03-add-call', snapshot: active, act: press('Add call') },
  { name: '03-shortcuts', snapshot: active, act: async (page) => page.keyboard.press('?') },
  {
    name: '03-hold-failed',
    snapshot: snapshot([call({ trouble: { reason: 'hold-failed', facts: {} } })]),
  },
  {
    name: '03-no-voice',
    snapshot: snapshot([call({ voice: false })], { microphone: { state: 'denied', by: 'person' } }),
  },
  {
    name: '03-device-lost',
    snapshot: snapshot([call({ notices: [{ kind: 'device-lost', facts: {}, at: ago(0, 2) }] })], {
      microphone: { state: 'granted', label: 'MacBook Pro Microphone' },
    }),
  },
  {
    name: '03-speaker-lost',
    snapshot: snapshot([call({ notices: [{ kind: 'speaker-lost', facts: { now: null }, at: ago(0, 2) }] })]),
  },
  { name: '03-stranger', snapshot: snapshot([call({ who: PEOPLE.stranger, from: '' })]) },
];

const two: readonly Case[] = [
  { name: '04-two-calls', snapshot: snapshot([heldCall, call()]) },
  {
    name: '04-merged',
    snapshot: snapshot([
      call({ conference: 'c' }),
      call({ who: PEOPLE.marcus, conference: 'c', answeredAt: ago(3, 43) }),
    ]),
  },
  {
    name: '04-passing',
    snapshot: active,
    people: many,
    act: async (page) => {
      await press('Transfer', 'Ask Jo')(page);
      await page.evaluate('window.screens.passing()');
    },
  },
  {
    name: '04-three-calls',
    snapshot: snapshot([
      heldCall,
      call({ who: PEOPLE.jo, state: { phase: 'active', since: ago(9), held: true }, heldSince: ago(4), sound: 'none' }),
      call(),
    ]),
  },
];

const incomingCases: readonly Case[] = [
  { name: '05-incoming', snapshot: snapshot([incoming]) },
  {
    name: '05-incoming-unknown',
    snapshot: snapshot(
      [{ ...incoming, who: PEOPLE.stranger, notices: [{ kind: 'device-lost', facts: {}, at: ago(1) }] }],
      {
        microphone: { state: 'granted', label: 'MacBook Pro Microphone' },
      },
    ),
  },
  { name: '05-incoming-reasons', snapshot: snapshot([incoming]), act: press('Decline with a reason') },
  { name: '05-incoming-second', snapshot: snapshot([call(), incoming]) },
  { name: '05-incoming-blocked', snapshot: snapshot([incoming], { microphone: { state: 'denied', by: 'person' } }) },
  { name: '05-missed', snapshot: idle, people: many, act: tab('Recents') },
];

const holding: readonly Case[] = [
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

const recents: readonly Case[] = [
  { name: '07-recents', snapshot: idle, people: { history: HISTORY }, act: tab('Recents') },
  {
    name: '07-recents-menu',
    snapshot: idle,
    people: { history: HISTORY },
    act: async (page) => {
      await tab('Recents')(page);
      await page.getByText('Dana Whitfield').first().click({ button: 'right' });
    },
  },
  {
    name: '07-recents-search',
    snapshot: idle,
    people: { history: HISTORY },
    act: async (page) => {
      await tab('Recents')(page);
      await page.getByRole('searchbox').fill('quote');
    },
  },
  {
    name: '07-recents-none-found',
    snapshot: idle,
    people: { history: HISTORY },
    act: async (page) => {
      await tab('Recents')(page);
      await page.getByRole('searchbox').fill('zebra');
    },
  },
  {
    name: '07-recents-no-missed',
    snapshot: idle,
    people: { history: HISTORY.slice(1) },
    act: async (page) => {
      await tab('Recents')(page);
      await page.getByRole('radio', { name: 'Missed' }).click();
    },
  },
  { name: '07-recents-loading', snapshot: idle, people: { history: HISTORY, slow: true }, act: tab('Recents') },
  { name: '07-recents-failed', snapshot: idle, people: { history: HISTORY, broken: true }, act: tab('Recents') },
  {
    name: '07-contact',
    snapshot: idle,
    people: { history: HISTORY },
    act: async (page) => {
      await tab('Recents')(page);
      await page.getByText('Dana Whitfield').first().click();
    },
  },
  {
    name: '07-contact-edit',
    snapshot: idle,
    people: { history: HISTORY },
    act: async (page) => {
      await tab('Recents')(page);
      await page.getByText('(718) 555-0164').first().click();
      await press('Save contact')(page);
    },
  },
];

const desk = [assistantLine(), line()];
const talk = call({ line: DESK, who: { name: 'Front desk', number: null }, transcript: TALK, answeredAt: ago(2, 6) });
const assistant: readonly Case[] = [
  {
    name: '08-assistant-ready',
    long: true,
    snapshot: snapshot([], { lines: desk }),
    people: {
      history: [{ ...(HISTORY[1] as (typeof HISTORY)[number]), line: DESK, lineName: 'Front desk', transcript: TALK }],
    },
    act: tab('Assistant'),
  },
  { name: '08-assistant-live', snapshot: snapshot([talk], { lines: desk }) },
  {
    name: '08-assistant-reconnecting',
    snapshot: snapshot([{ ...talk, transcript: TALK.slice(0, 4), signalling: 'lost', signallingLostAt: ago(0, 6) }], {
      lines: [assistantLine({ session: lost }), line()],
    }),
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Type to Front desk' }).fill('Call me if anything changes.');
      await page.keyboard.press('Enter');
    },
  },
  {
    name: '08-assistant-ended',
    snapshot: snapshot([{ ...talk, state: ended('hung-up-here').state, transcript: TALK.slice(0, 4) }], {
      lines: desk,
    }),
  },
  { name: '08-assistant-none', snapshot: idle, act: tab('Assistant') },
];

const quality: readonly Case[] = [
  {
    name: '12-quality',
    snapshot: active,
    act: async (page) => {
      await page.evaluate('window.screens.trail()');
      await press('Excellent', 'Open diagnostics')(page);
    },
  },
  {
    name: '12-quality-details',
    snapshot: snapshot([call({ quality: FAIR })]),
    act: async (page) => {
      await press('Fair', 'Open diagnostics', 'Connection details')(page);
    },
  },
];

const panel: readonly Case[] = [
  { name: '13-panel-home', snapshot: idle, frame: 'sidepanel', page: true, people: many },
  { name: '13-panel-call', snapshot: active, frame: 'sidepanel', people: noted },
  { name: '13-panel-assistant', snapshot: snapshot([talk], { lines: desk }), frame: 'sidepanel' },
];

const long: readonly Case[] = [
  { name: '20-long-call', snapshot: snapshot([call({ who: PEOPLE.long })]), long: true },
  { name: '20-long-incoming', snapshot: snapshot([call(), { ...incoming, who: PEOPLE.long }]), long: true },
  {
    name: '20-long-two',
    snapshot: snapshot([{ ...heldCall, who: PEOPLE.long }, call({ who: { ...PEOPLE.long, number: '+493023125042' } })]),
    long: true,
  },
];

export const CASES: readonly Case[] = [
  ...home,
  ...outgoing,
  ...calls,
  ...two,
  ...incomingCases,
  ...holding,
  ...recents,
  ...assistant,
  ...quality,
  ...panel,
  ...vertoCases,
  ...long,
  ...TABS,
];
