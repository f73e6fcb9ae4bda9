/** One call, and what a person opens in it. */

import { press } from './acts';
import type { Case } from './case';
import { ago, call, FAIR, HISTORY, NOW, PEOPLE, snapshot } from './data';
import { active, many, noted } from './situations';

export const CALL: readonly Case[] = [
  { name: '03-connected', snapshot: active },
  { name: '03-muted', snapshot: snapshot([call({ muted: true, quality: FAIR })]), people: noted },
  {
    name: '03-muted-no-space',
    snapshot: snapshot([call({ muted: true })]),
    preferences: { spaceTalks: false, transferFirst: 'send' },
  },
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
  { name: '03-voice-here', snapshot: active, lends: 'this' },
  { name: '03-voice-away', snapshot: snapshot([call({ voice: false, voiceAwaySince: ago(0, 4) })]), lends: 'none' },
  { name: '03-stranger', snapshot: snapshot([call({ who: PEOPLE.stranger, from: '' })]) },
];

export const QUALITY: readonly Case[] = [
  {
    name: '12-quality',
    snapshot: snapshot([call({ drops: [{ from: NOW + 90_000, to: NOW + 96_000 }] })]),
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
