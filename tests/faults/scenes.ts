/** How each state of the matrix comes about. */

import { until } from '../../scripts/stage/until';
import type { State } from './catalogue';
import type { Sight } from './in-page/client';
import { USER, type Lane } from './lane';

const TONE = '2';
const SLOW = '14';
const EARLY = '7';
const MUSIC = '10';

/** Brings the page into that state; what it then shows. */
export async function arrange(lane: Lane, state: State): Promise<Sight> {
  switch (state) {
    case 'dialling': {
      // The server is told of the call and never answers.
      lane.gateway.faults.withhold({ method: 'invite' });
      await lane.dial(TONE);
      await until('the invite is sent', () => sentInvite(lane));
      return lane.look();
    }
    case 'ringing out':
      await lane.dial(SLOW);
      return lane.sees('it rings there', ({ calls }) => calls[0]?.phase === 'ringing');
    case 'ringing in':
      lane.gateway.call(USER, TONE);
      return lane.sees('it rings here', ({ calls }) => calls[0]?.phase === 'ringing');
    case 'early media':
      await lane.dial(EARLY);
      return lane.sees(
        'early media is heard',
        ({ calls: [call] }) => call !== undefined && call.phase === 'ringing' && call.sound === 'flowing',
      );
    case 'active':
      return talk(lane, TONE);
    case 'held': {
      const { calls } = await talk(lane, TONE);
      await lane.hold(calls[0]?.id ?? '', true);
      return lane.sees('it is held', ({ calls }) => calls[0]?.held === true);
    }
    case 'two calls': {
      await talk(lane, TONE);
      await talk(lane, MUSIC);
      return lane.sees('one talks and one is held', ({ calls }) => calls[0]?.held === true && calls[1]?.held === false);
    }
  }
}

async function talk(lane: Lane, to: string): Promise<Sight> {
  await lane.dial(to);
  const sight = await lane.sees(`${to} talks`, ({ calls }) => {
    const call = calls.at(-1);
    return call?.phase === 'active' && call.sound === 'flowing';
  });
  const leg = sight.calls.at(-1)?.leg ?? '';
  await until('the gateway hears us', () => (lane.gateway.heard(leg)?.packets ?? 0) > 10);
  return sight;
}

async function sentInvite(lane: Lane): Promise<boolean> {
  const leg = (await lane.look()).calls[0]?.leg;
  return lane.gateway.frames().some(({ direction, frame }) => {
    const text = JSON.stringify(frame);
    return direction === 'in' && leg !== undefined && text.includes('.invite"') && text.includes(leg);
  });
}
