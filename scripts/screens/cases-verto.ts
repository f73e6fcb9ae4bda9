/** A call over one's own FreeSWITCH: the conference room that it leads to, and what is written in it. */

import type { CallView } from '../../lib/phone/model/snapshot';
import { press } from './acts';
import { ago, call, line, PEOPLE, snapshot } from './data';

const office = line({ kind: 'verto', name: 'Office', can: { transfer: true, conference: true, type: true } });
const member = (id: string, name: string | null, number: string, state = {}) => ({
  id,
  name,
  number,
  talking: false,
  muted: false,
  held: false,
  ...state,
});
const room: CallView['room'] = {
  name: '3500',
  own: 'leg',
  members: [
    member('leg', 'Front desk', '1004'),
    member('b', 'Dana Whitfield', '1008', { talking: true }),
    member('c', 'Bartholomäus von Hohenstein-Weißenfels', '1010', { muted: true }),
    member('d', null, '+13125550163', { held: true }),
  ],
};
const said = (id: string, who: 'other' | 'person', text: string, minutes: number, name?: string) => ({
  id,
  who,
  ...(name === undefined ? {} : { name }),
  text,
  final: true,
  typed: true,
  at: ago(minutes),
});
const meeting = call({
  who: { name: null, number: '3500' },
  room,
  from: '',
  transcript: [
    said('w1', 'other', 'The draft is at example.com/minutes, second page.', 3, 'Dana Whitfield'),
    said('w2', 'person', 'Thank you, I have it open.', 2),
    said('w3', 'other', 'Then let us begin with the second point.', 1, 'Dana Whitfield'),
  ],
});
const lines = [office];

export const VERTO = [
  { name: '15-room', snapshot: snapshot([meeting], { lines }) },
  { name: '15-room-people', snapshot: snapshot([meeting], { lines }), act: press('4 in the room') },
  {
    name: '15-room-silent',
    snapshot: snapshot([call({ who: meeting.who, room: { name: '3500', own: 'leg', members: [] }, from: '' })], {
      lines,
    }),
    act: press('In the room'),
  },
  { name: '15-messages', snapshot: snapshot([meeting], { lines }), act: press('2 new messages') },
  {
    name: '15-messages-none',
    snapshot: snapshot([call({ who: PEOPLE.dana, from: '' })], { lines }),
    act: press('Messages'),
  },
];
