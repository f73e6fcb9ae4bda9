/** What the browser itself may do to the extension: kill the worker, destroy the document that holds the calls. */

import { until } from '../../scripts/stage/until';
import { ensureChromium } from '../../scripts/install/chromium.mjs';
import { gatewayLine } from '../../lib/extension/preset';
import type { CallView, PhoneSnapshot } from '../../lib/phone/model/snapshot';
import type { Actor } from '../e2e/harness/actor';
import { Theatre } from '../e2e/harness/theatre';
import { setup } from '../e2e/harness/build';
import { BROWSER_FAULTS, CONDITIONS, STATES, type BrowserFault, type Outcome, type State } from './catalogue';
import type { Result } from './cell';

interface Violence {
  readonly fault: BrowserFault;
  readonly state: State;
  readonly keepAlive: boolean;
}
export const VIOLENCE: readonly Violence[] = BROWSER_FAULTS.flatMap((fault) =>
  STATES.flatMap((state) => [true, false].map((keepAlive) => ({ fault, state, keepAlive }))),
);

const SETTLE_MS = 45_000;

/** One browser for all of them; the worker and the document are the browser's to give back each time. */
export async function playViolence(
  cells: readonly Violence[],
  told: (result: Result) => void,
): Promise<readonly Result[]> {
  if (cells.length === 0) return [];
  process.env['HOLDFAST_CHROMIUM'] ??= await ensureChromium();
  await setup();
  const { keepUnanswered, slowRingMs } = CONDITIONS;
  const theatre = await Theatre.open({ keepUnanswered, timing: { slowRingMs, ringMs: 100 } });
  const results: Result[] = [];
  try {
    const alice = await theatre.actor('alice');
    for (const cell of cells) {
      const result = await play(theatre, alice, cell);
      results.push(result);
      told(result);
    }
  } finally {
    await theatre.close();
  }
  return results;
}

async function play(theatre: Theatre, alice: Actor, cell: Violence): Promise<Result> {
  const nothing = { signallingMs: null, audioMs: null, lostDown: null, lostUp: null };
  try {
    await choose(theatre, alice, cell.keepAlive);
    const before = await arrange(theatre, alice, cell.state);
    await alice.leaveDesk();
    const from = performance.now();
    if (cell.fault === 'worker killed') await alice.stage.killWorker();
    else await alice.stage.engine.destroy();
    const { calls, at } = await settled(alice);
    const took = Math.round(at - from);
    const outcome = [...new Set(before.map((call) => outcomeOf(call, calls, cell.fault)))].join(' + ');
    const lives = calls.some(({ state }) => state.phase === 'active');
    return { ...cell, ...nothing, outcome, signallingMs: took, audioMs: lives ? took : null, wrong: null };
  } catch (thrown) {
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    return { ...cell, ...nothing, outcome: 'unknown', wrong: text.split('\n')[0] ?? '' };
  } finally {
    theatre.gateway.faults.clear();
    await alice.endCalls().catch(() => undefined);
  }
}

async function choose(theatre: Theatre, alice: Actor, keepAlive: boolean): Promise<void> {
  const { line, secret } = gatewayLine(theatre.gateway.port, alice.account.user, alice.account.password);
  const options = { ...line.options, keepConnectionAliveOnSocketClose: keepAlive };
  const given = JSON.stringify(options);
  const kept = await (await alice.stage.worker()).evaluate(() => chrome.storage.local.get('lines'));
  const opened = (): number => theatre.gateway.frames().filter(({ direction }) => direction === 'open').length;
  const before = opened();
  await alice.stage.store({ lines: [{ ...line, options }], secrets: { [line.id]: secret } });
  // Other options are another line: it signs in anew.
  if (!JSON.stringify(kept).includes(given)) await until('the options are taken', () => opened() > before);
  await alice.line('ready');
}

async function arrange(theatre: Theatre, alice: Actor, state: State): Promise<readonly CallView[]> {
  const { gateway } = theatre;
  const dial = async (to: string): Promise<CallView> => {
    await alice.ask('dial', { to });
    return alice.call('active');
  };
  switch (state) {
    case 'dialling':
      gateway.faults.withhold({ method: 'invite' });
      await alice.ask('dial', { to: '2' });
      return [await alice.call('dialling')];
    case 'ringing out':
      await alice.ask('dial', { to: '14' });
      return [await alice.call('ringing')];
    case 'ringing in':
      gateway.call(alice.account.user, '2');
      return [await alice.call('ringing')];
    case 'early media':
      await alice.ask('dial', { to: '7' });
      return [
        await until('early media is heard', async () => {
          const call = (await alice.snapshot()).calls.at(-1);
          return call?.state.phase === 'ringing' && call.sound === 'flowing' ? call : null;
        }),
      ];
    case 'active':
      return [await dial('2')];
    case 'held': {
      const call = await dial('2');
      await alice.ask('hold', call.id, true);
      return [call];
    }
    case 'two calls': {
      const first = await dial('2');
      return [first, await dial('10')];
    }
  }
}

/** Every call ended, talks, or (told for itself) still dials; one that rings here is answered. */
async function settled(alice: Actor): Promise<{ readonly calls: PhoneSnapshot['calls']; readonly at: number }> {
  let since = performance.now();
  return until(
    'everything settled',
    async () => {
      const snapshot = await alice.snapshot();
      const ready = snapshot.lines[0]?.session.phase === 'ready';
      for (const { id, direction, state } of snapshot.calls)
        if (ready && direction === 'in' && state.phase === 'ringing')
          await alice.ask('answer', id).catch(() => undefined);
      if (!ready || !snapshot.calls.every(atRest)) since = performance.now();
      return performance.now() - since > 1_000 ? { calls: snapshot.calls, at: since } : null;
    },
    SETTLE_MS,
  );
}

function atRest({ state, signalling, sound }: CallView): boolean {
  if (state.phase === 'ended') return true;
  return state.phase === 'active' && signalling === 'up' && (state.held || sound === 'flowing');
}

function outcomeOf(before: CallView, after: readonly CallView[], fault: BrowserFault): Outcome {
  const call = after.find(({ id }) => id === before.id);
  if (!call) return 'unknown';
  if (call.state.phase === 'ended') return `ended: ${call.state.cause.kind}`;
  if (before.state.phase !== 'active') return 'goes on';
  return fault === 'worker killed' ? 'kept' : 'rejoined';
}
