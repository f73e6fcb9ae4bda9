/** A call to an assistant. */

import type { TranscriptLine } from '../../lib/phone/model/snapshot';
import { press, tab } from './acts';
import type { Case } from './case';
import { ago, assistantLine, DESK, ended, HISTORY, line, snapshot, TALK } from './data';
import { idle, lost, desk, talk } from './situations';

const said = { final: true, typed: false } as const;
/** A thumbnail of one colour. */
const THUMBNAIL =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" width="160" height="107"%3E%3Crect width="160" height="107" fill="%237aa"/%3E%3C/svg%3E';
const SENT: TranscriptLine = {
  ...{ ...said, id: 'p1', who: 'person', text: 'Is this the right form?' },
  ...{ typed: true, at: ago(0, 50), pictures: [THUMBNAIL] },
};
const DONE: readonly TranscriptLine[] = [
  { ...said, id: 'd1', who: 'tool', text: 'move_visit', at: ago(0, 40), tool: { tookMs: 812, failed: false } },
  { ...said, id: 'd2', who: 'tool', text: 'send_message', at: ago(0, 30), tool: { tookMs: 4100, failed: true } },
];
const over = { ...talk, state: ended('hung-up-here').state, transcript: [...TALK.slice(0, 4), ...DONE] };

export const ASSISTANT: readonly Case[] = [
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
    name: '08-assistant-picture',
    snapshot: snapshot([{ ...talk, transcript: [...TALK.slice(0, 3), SENT, ...DONE] }], { lines: desk }),
    act: async (page) => {
      await page.locator('input[type=file]').setInputFiles('public/icon/128.png');
      await page.getByRole('button', { name: 'Remove the picture' }).waitFor();
      await page.getByRole('textbox', { name: 'Type to Front desk' }).fill('And this one?');
    },
  },
  {
    name: '08-assistant-no-picture',
    snapshot: snapshot([talk], { lines: desk }),
    act: async (page) => {
      const letter = { name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('Dear front desk') };
      await page.locator('input[type=file]').setInputFiles(letter);
      await page.getByRole('alert').filter({ hasText: 'no picture' }).waitFor();
    },
  },
  { name: '08-assistant-audio', snapshot: snapshot([talk], { lines: desk }), act: press('Audio') },
  { name: '08-assistant-ended', snapshot: snapshot([over], { lines: desk }) },
  {
    name: '08-assistant-continues',
    snapshot: snapshot([over], { lines: [assistantLine({ continues: true }), line()] }),
  },
  { name: '08-assistant-read', snapshot: snapshot([over], { lines: desk }), act: press('Read the transcript') },
  {
    name: '08-assistant-wrong',
    snapshot: snapshot([], {
      lines: [
        assistantLine({ session: { phase: 'stopped', because: { reason: 'login-refused', facts: {} } } }),
        line(),
      ],
    }),
    act: tab('Assistant'),
  },
  { name: '08-assistant-none', snapshot: idle, act: tab('Assistant') },
];
