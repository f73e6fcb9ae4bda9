/** A call to an assistant. */

import { tab } from './acts';
import type { Case } from './case';
import { ago, assistantLine, DESK, ended, HISTORY, line, snapshot, TALK } from './data';
import { idle, lost, desk, talk } from './situations';

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
    name: '08-assistant-ended',
    snapshot: snapshot([{ ...talk, state: ended('hung-up-here').state, transcript: TALK.slice(0, 4) }], {
      lines: desk,
    }),
  },
  { name: '08-assistant-none', snapshot: idle, act: tab('Assistant') },
];
