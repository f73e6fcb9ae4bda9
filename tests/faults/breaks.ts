/** How each fault of the matrix is done, and what the person does about it where the promise says so. */

import { until } from '../../scripts/stage/until';
import type { Fault } from './catalogue';
import type { Seen } from './in-page/client';
import { USER, type Lane } from './lane';

/** How long a token of the matrix is good for: enough to sign in and to arrange a call. */
export const TOKEN_MS = 5_000;

const CODES: Partial<Record<Fault, number>> = {
  'close 1000': 1000,
  'close 1001': 1001,
  'close 1006': 1006,
  'close 1011': 1011,
};

/** Breaks it; resolves when whatever has to happen from outside has happened. `bornAt`: when the line signed in. */
export async function strike(lane: Lane, fault: Fault, calls: readonly Seen[], bornAt: number): Promise<void> {
  const { faults } = lane.gateway;
  switch (fault) {
    case 'nothing, for comparison':
      return;
    case 'close 1000':
    case 'close 1001':
    case 'close 1006':
    case 'close 1011':
      faults.close({ code: CODES[fault] ?? 1006 });
      return noticed(lane);
    case 'no close frame, no end (half-dead both ways)':
      faults.halfDead({ direction: 'both' });
      return noticed(lane);
    case 'half-dead, nothing comes':
      faults.halfDead({ direction: 'out' });
      return noticed(lane);
    case 'half-dead, nothing goes':
      faults.halfDead({ direction: 'in' });
      return noticed(lane);
    case 'offline 5 s':
      return offline(lane, 5_000);
    case 'offline 30 s':
      return offline(lane, 30_000);
    case 'gateway restarted':
      faults.restart();
      return noticed(lane);
    case 'server forgot the call':
      faults.setDetachMs(0);
      faults.close({ code: 1006 });
      return noticed(lane);
    case 'new transport at the server':
      faults.attach({ credentials: 'new' });
      faults.close({ code: 1006 });
      return noticed(lane);
    case 'punt':
      faults.punt({});
      await lane.sees('it is taken over', ({ because }) => because === 'taken-over');
      return lane.takeOver();
    case 'TURN server killed and replaced': {
      const turn = await lane.turn();
      await turn.kill();
      await turn.spawn();
      // The new one knows nothing of the path that led over the old.
      if (calls.some(({ phase }) => phase === 'active'))
        await lane.sees('the sound is gone', ({ quietMs }) => quietMs > 1_000);
      return;
    }
    case 'media path dead for 10 s': {
      faults.stopMedia({ until: 'resumed' });
      await passed(10_000);
      return faults.resumeMedia();
    }
    case 'hang-up while offline':
      await lane.offline(true);
      faults.close({ code: 1006 });
      await noticed(lane);
      for (const { id } of calls) await lane.hangUp(id);
      return lane.offline(false);
    case 'far side hung up while we were away':
      faults.setDown(true);
      await noticed(lane);
      for (const { leg } of calls) faults.hangUp({ callId: leg });
      return faults.setDown(false);
    case 'token expired meanwhile':
      await passed(TOKEN_MS - (performance.now() - bornAt) + 500);
      faults.close({ code: 1006 });
      await lane.sees('the token is refused', ({ because }) => because === 'login-refused');
      return lane.renew(lane.gateway.mintToken(USER, 600_000));
  }
}

/** The network goes and comes back: no socket may be opened, nothing passes on the open one, and no sound either way. */
async function offline(lane: Lane, ms: number): Promise<void> {
  const { faults } = lane.gateway;
  faults.halfDead({ direction: 'both' });
  faults.stopMedia({ until: 'resumed' });
  await lane.offline(true);
  await passed(ms);
  faults.resumeMedia();
  await lane.offline(false);
  return noticed(lane);
}

async function noticed(lane: Lane): Promise<void> {
  await lane.sees('the loss is noticed', ({ signallingMs }) => signallingMs !== 0, 40_000);
}

async function passed(ms: number): Promise<void> {
  const end = performance.now() + ms;
  if (ms > 0) await until('the time passed', () => performance.now() >= end, ms + 5_000);
}
