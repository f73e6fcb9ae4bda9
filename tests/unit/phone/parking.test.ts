/** Who waits in a parking place, for this life of the phone and for the next one. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Parking } from '../../../lib/phone/parking';
import { Phone } from '../../../lib/phone';
import type { LineId } from '../../../lib/phone/model/ids';
import type { ParkedView } from '../../../lib/phone/model/snapshot';
import { FakePlatform } from '../../fakes/platform';
import { lineSettings, settings, VERTO } from '../../fakes/stage';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;
const LINE = lineSettings().id;
const dana = { name: 'Dana', number: '1008' };
const waits = (place: string, at: number, line: LineId = LINE): ParkedView => ({ line, place, who: dana, at });

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

it('tells the list after every change, to be kept', () => {
  const told: (readonly string[])[] = [];
  const clock = new FakePlatform().ports.clock;
  const parking = new Parking(clock, (parked) => told.push(parked.map(({ place }) => place)));
  parking.begin([waits('6003', NOW - HOUR)]);
  expect(told).toEqual([]);
  parking.left(LINE, '6001', dana);
  parking.left(LINE, '6001', dana);
  parking.forget(LINE, '6003');
  parking.forget(LINE, '6003');
  parking.forget('other' as LineId, '6001');
  expect(told).toEqual([['6003', '6001'], ['6003', '6001'], ['6001']]);
  expect(parking.view).toEqual([waits('6001', NOW)]);
});

it('begins with those of an earlier life: not of yesterday, and of no line that is gone', () => {
  const phone = new Phone({ ports: new FakePlatform().ports });
  const line = { ...VERTO, verto: { url: 'wss://pbx.example', domain: 'pbx.example', park: ['6001', '6002'] } };
  const kept = [waits('6009', NOW - 24 * HOUR), waits('6001', NOW - HOUR), waits('6005', NOW, 'gone' as LineId)];
  phone.start(settings([lineSettings({}, line)]), [], kept);
  const { parked, lines } = phone.snapshot();
  phone.close();
  expect(parked).toEqual([waits('6001', NOW - HOUR)]);
  expect(lines[0]?.parkAt).toBe('6002');
});
