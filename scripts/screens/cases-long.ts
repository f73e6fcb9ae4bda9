/** Names too long for one line. */

import type { Case } from './case';
import { call, PEOPLE, snapshot } from './data';
import { heldCall, incoming } from './situations';

export const LONG: readonly Case[] = [
  { name: '20-long-call', snapshot: snapshot([call({ who: PEOPLE.long })]), long: true },
  { name: '20-long-incoming', snapshot: snapshot([call(), { ...incoming, who: PEOPLE.long }]), long: true },
  {
    name: '20-long-two',
    snapshot: snapshot([{ ...heldCall, who: PEOPLE.long }, call({ who: { ...PEOPLE.long, number: '+493023125042' } })]),
    long: true,
  },
];
