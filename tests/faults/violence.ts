/** What the browser itself may do to the extension, in the middle of a call: to its worker, its documents, its microphone. */

import type { Gateway } from '../../gateway/gateway';
import type { EngineApi } from '../../lib/extension/contract';
import { gatewayLine } from '../../lib/extension/preset';
import type { CallState } from '../../lib/phone/model/call-state';
import type { CallView, PhoneSnapshot } from '../../lib/phone/model/snapshot';
import { until } from '../../scripts/stage/until';
import { STATES, type BrowserFault, type Outcome, type State } from './catalogue';
import type { Result } from './cell';
import { USER } from './lane';

export interface Violence {
  readonly fault: BrowserFault;
  readonly state: State;
  readonly keepAlive: boolean;
}

/** A person at a browser with the built extension, signed in as the account of the matrix. */
export interface Victim {
  readonly gateway: Gateway;
  readonly person: {
    ask<M extends keyof EngineApi>(call: M, ...args: Parameters<EngineApi[M]>): Promise<ReturnType<EngineApi[M]>>;
    snapshot(): Promise<PhoneSnapshot>;
    call(phase: CallState['phase']): Promise<CallView>;
    endCalls(): Promise<void>;
  };
  /** What the extension keeps of its lines. */
  lines(): Promise<unknown>;
  store(items: object): Promise<void>;
  /** Resolves when the browser has done it, and the person what belongs to it. */
  strike(fault: BrowserFault): Promise<void>;
  close(): Promise<void>;
}

const SETTLE_MS = 45_000;

export function cellsOf(faults: readonly BrowserFault[]): readonly Violence[] {
  return faults.flatMap((fault) =>
    STATES.flatMap((state) => [true, false].map((keepAlive) => ({ fault, state, keepAlive }))),
  );
}

/** One browser for all of them: what it took away is its to give back each time. */
export async function playViolence(
  open: () => Promise<Victim>,
  cells: readonly Violence[],
  told: (result: Result) => void,
): Promise<readonly Result[]> {
  if (cells.length === 0) return [];
  const victim = await open();
  const results: Result[] = [];
  try {
    for (const cell of cells) {
      const result = await play(victim, cell);
      results.push(result);
      told(result);
    }
  } finally {
    await victim.close();
  }
  return results;
}

async function play(victim: Victim, cell: Violence): Promise<Result> {
  const nothing = { signallingMs: null, audioMs: null, lostDown: null, lostUp: null };
  try {
    await choose(victim, cell.keepAlive);
    const before = await arrange(victim, cell.state);
    const from = performance.now();
    await victim.strike(cell.fault);
    const { calls, at } = await settled(victim);
    const took = Math.round(at - from);
    const outcome = [...new Set(before.map((call) => outcomeOf(call, calls, cell.fault)))].join(' + ');
    const lives = calls.some(({ state }) => state.phase === 'active');
    return { ...cell, ...nothing, outcome, signallingMs: took, audioMs: lives ? took : null, wrong: null };
  } catch (thrown) {
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    return { ...cell, ...nothing, outcome: 'unknown', wrong: text.split('\n')[0] ?? '' };
  } finally {
    victim.gateway.faults.clear();
    await victim.person.endCalls().catch(() => undefined);
  }
}

async function choose({ gateway, person, lines, store }: Victim, keepAlive: boolean): Promise<void> {
  const password = gateway.accounts.find(({ user }) => user === USER)?.password ?? '';
  const { line, secret } = gatewayLine(gateway.port, USER, password);
  const options = { ...line.options, keepConnectionAliveOnSocketClose: keepAlive };
  // The extension keeps calls alive unless it is told not to.
  const before = !JSON.stringify(await lines()).includes('"keepConnectionAliveOnSocketClose":false');
  const opened = (): number => gateway.frames().filter(({ direction }) => direction === 'open').length;
  const sockets = opened();
  await store({ lines: [{ ...line, options }], secrets: { [line.id]: secret } });
  // Other options are another line: it signs in anew.
  if (before !== keepAlive) await until('the options are taken', () => opened() > sockets);
  await until('the line is ready', async () => (await person.snapshot()).lines[0]?.session.phase === 'ready');
}

async function arrange({ gateway, person }: Victim, state: State): Promise<readonly CallView[]> {
  const dial = async (to: string): Promise<CallView> => {
    await person.ask('dial', { to });
    return person.call('active');
  };
  switch (state) {
    case 'dialling':
      gateway.faults.withhold({ method: 'invite' });
      await person.ask('dial', { to: '2' });
      return [await person.call('dialling')];
    case 'ringing out':
      await person.ask('dial', { to: '14' });
      return [await person.call('ringing')];
    case 'ringing in':
      gateway.call(USER, '2');
      return [await person.call('ringing')];
    case 'early media':
      await person.ask('dial', { to: '7' });
      return [
        await until('early media is heard', async () => {
          const call = (await person.snapshot()).calls.at(-1);
          return call?.state.phase === 'ringing' && call.sound === 'flowing' ? call : null;
        }),
      ];
    case 'active':
      return [await dial('2')];
    case 'held': {
      const call = await dial('2');
      await person.ask('hold', call.id, true);
      return [call];
    }
    case 'two calls': {
      const first = await dial('2');
      return [first, await dial('10')];
    }
  }
}

/** Every call ended, talks, or (told for itself) still dials; one that rings here is answered. */
async function settled({ person }: Victim): Promise<{ readonly calls: PhoneSnapshot['calls']; readonly at: number }> {
  let since = performance.now();
  return until(
    'everything settled',
    async () => {
      const snapshot = await person.snapshot();
      const ready = snapshot.lines[0]?.session.phase === 'ready';
      for (const { id, direction, state } of snapshot.calls)
        if (ready && direction === 'in' && state.phase === 'ringing')
          await person.ask('answer', id).catch(() => undefined);
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
  return fault === 'worker killed' || fault === 'lender of the microphone closed' ? 'kept' : 'rejoined';
}
