/** Several calls at once. */

import { press } from './acts';
import type { Case } from './case';
import { ago, call, PEOPLE, snapshot } from './data';
import { active, many, heldCall } from './situations';

export const SEVERAL: readonly Case[] = [
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
