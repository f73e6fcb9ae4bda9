/** A call that comes in. */

import { press, tab } from './acts';
import type { Case } from './case';
import { ago, call, PEOPLE, snapshot } from './data';
import { idle, many, incoming } from './situations';

export const INCOMING: readonly Case[] = [
  { name: '05-incoming', snapshot: snapshot([incoming]) },
  { name: '05-incoming-by-itself', snapshot: snapshot([incoming]), raisedFor: incoming.id },
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
  { name: '05-incoming-no-microphone', snapshot: snapshot([incoming], { microphone: { state: 'missing' } }) },
  { name: '05-missed', snapshot: idle, people: many, act: tab('Recents') },
];
