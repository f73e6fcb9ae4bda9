/** Calls left in a parking place of one's own FreeSWITCH: leaving one there, its card, and who waits. */

import type { CallView, LineView, ParkedView } from '../../lib/phone/model/snapshot';
import { press } from './acts';
import type { Case } from './case';
import { ago, call, line, PEOPLE, snapshot } from './data';

const office = (parkAt: LineView['parkAt']): LineView =>
  line({
    kind: 'verto',
    name: 'Office',
    can: { transfer: true, conference: true, type: true },
    ...(parkAt === undefined ? {} : { parkAt }),
  });
const talking = call({ who: PEOPLE.dana, from: '' });
const parked: readonly ParkedView[] = [
  { line: talking.line, place: '6001', who: PEOPLE.dana, at: ago(3) },
  { line: talking.line, place: '6002', who: { name: null, number: '+12065550119' }, at: ago(1) },
  {
    line: talking.line,
    place: '6003',
    who: { name: 'Bartholomäus von Hohenstein-Weißenfels', number: '+493023125042' },
    at: ago(0, 20),
  },
];
const over: CallView = {
  ...talking,
  state: {
    phase: 'ended',
    at: ago(0, 4),
    cause: {
      kind: 'parked',
      place: '6001',
      code: 16,
      name: 'NORMAL_CLEARING',
      sipCode: null,
      sipReason: null,
      error: null,
    },
  },
};

export const PARKED: readonly Case[] = [
  { name: '16-park', snapshot: snapshot([talking], { lines: [office('6001')] }), act: press('Transfer') },
  { name: '16-park-full', snapshot: snapshot([talking], { lines: [office(null)] }), act: press('Transfer') },
  { name: '16-parked', snapshot: snapshot([over], { lines: [office('6002')], parked: parked.slice(0, 1) }) },
  { name: '16-parked-home', snapshot: snapshot([], { lines: [office('6004')], parked }) },
];
