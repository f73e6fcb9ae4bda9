/** Anything in any order: random states and blows from a seed. Whatever happens, every call settles and nothing stays open. */

import { STATES, type State } from './catalogue';
import { openChromium } from './browser';
import { Lane, USER } from './lane';
import { arrange } from './scenes';
import { until } from '../../scripts/stage/until';

export interface Sequence {
  readonly number: number;
  readonly state: State;
  readonly keepAlive: boolean;
  readonly blows: readonly string[];
}
export interface Played extends Sequence {
  /** What became of its calls. */
  readonly outcome: string;
  readonly wrong: string | null;
}

type Blow = (lane: Lane) => unknown;
const BLOWS: Readonly<Record<string, Blow>> = {
  'close 1000': ({ gateway }) => gateway.faults.close({ code: 1000 }),
  cut: ({ gateway }) => gateway.faults.close({}),
  'half-dead': ({ gateway }) => gateway.faults.halfDead({}),
  deaf: ({ gateway }) => gateway.faults.halfDead({ direction: 'in' }),
  'late frames': ({ gateway }) => gateway.faults.delay({ ms: 300 }),
  'doubled frames': ({ gateway }) => gateway.faults.duplicate({ times: 4 }),
  'swapped frames': ({ gateway }) => gateway.faults.reorder({ times: 2 }),
  'new transport and cut': ({ gateway }) => {
    gateway.faults.attach({ credentials: 'new' });
    gateway.faults.close({});
  },
  punt: ({ gateway }) => gateway.faults.punt({}),
  'sound dead until ICE restart': ({ gateway }) => gateway.faults.stopMedia({ until: 'restarted' }),
  'sound dead until rebuilt': ({ gateway }) => gateway.faults.stopMedia({ until: 'replaced' }),
  offline: (lane) => lane.offline(true),
  online: (lane) => lane.offline(false),
  down: ({ gateway }) => gateway.faults.setDown(true),
  up: ({ gateway }) => gateway.faults.setDown(false),
  'far side hangs up': ({ gateway }) => {
    const [call] = gateway.calls().filter(({ phase }) => phase !== 'ended');
    if (call) gateway.faults.hangUp({ callId: call.callId });
  },
  'person hangs up': (lane) => lane.each((call) => lane.hangUp(call.id)),
  'person holds': (lane) => lane.each((call) => lane.hold(call.id, !call.held)),
  'person answers': (lane) => lane.each((call) => lane.answer(call.id)),
  'rings in': ({ gateway }) => gateway.call(USER, '2'),
  'server forgets': ({ gateway }) => gateway.faults.restart(),
};
const PAUSES_MS = [0, 0, 50, 300, 1_000, 3_000];
const SETTLE_MS = 90_000;

/** The same seed gives the same sequences. */
export function sequencesFrom(seed: number, count: number): readonly Sequence[] {
  const random = generator(seed);
  const pick = <T>(from: readonly T[]): T => {
    const found = from[Math.floor(random() * from.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  };
  return Array.from({ length: count }, (_, number) => ({
    number,
    state: pick(STATES),
    keepAlive: random() < 0.5,
    blows: Array.from(
      { length: 2 + Math.floor(random() * 4) },
      () => `${pick(Object.keys(BLOWS))} +${pick(PAUSES_MS)}`,
    ),
  }));
}

export async function playSequences(
  sequences: readonly Sequence[],
  lanes: number,
  told: (played: Played) => void,
): Promise<readonly Played[]> {
  const chromium = await openChromium();
  const played: Played[] = [];
  const waiting = [...sequences];
  const work = async (): Promise<void> => {
    let lane: Lane | null = null;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      lane ??= await Lane.open(chromium);
      const one = await playOne(lane, next);
      played.push(one);
      told(one);
      if (one.wrong === null) continue;
      await lane.close();
      lane = null;
    }
    await lane?.close();
  };
  try {
    await Promise.all(Array.from({ length: Math.min(lanes, sequences.length) }, work));
  } finally {
    await chromium.close();
  }
  return played.toSorted((a, b) => a.number - b.number);
}

async function playOne(lane: Lane, sequence: Sequence): Promise<Played> {
  try {
    await lane.signIn({ keepAlive: sequence.keepAlive });
    await arrange(lane, sequence.state);
    for (const blow of sequence.blows) {
      const [name = '', pause = '0'] = blow.split(' +');
      // A refusal is an answer too: the call may be gone already.
      await Promise.resolve(BLOWS[name]?.(lane)).catch(() => undefined);
      const end = performance.now() + Number(pause);
      await until('the pause is over', () => performance.now() >= end);
    }
    const outcome = await settled(lane);
    const left = await lane.clear();
    const open = left.peers + left.tracks + left.sockets + left.timers + left.rejections.length;
    return { ...sequence, outcome, wrong: open > 0 ? `left behind: ${JSON.stringify(left)}` : null };
  } catch (thrown) {
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    return { ...sequence, outcome: 'unknown', wrong: text.split('\n')[0] ?? '' };
  }
}

/** Everything is mended, what waits for the person is done: then each call has ended with a cause, or talks with both strands. */
async function settled(lane: Lane): Promise<string> {
  await lane.offline(false);
  lane.gateway.faults.setDown(false);
  lane.gateway.faults.resumeMedia();
  let since = performance.now();
  let last = '';
  try {
    return await until(
      'every call settled',
      async () => {
        const { line, because, calls } = await lane.look();
        last = JSON.stringify({ line, because, calls });
        if (because === 'taken-over') await lane.takeOver();
        for (const { id, phase, direction } of calls)
          if (line === 'ready' && direction === 'in' && phase === 'ringing')
            await lane.answer(id).catch(() => undefined);
        const rest = calls.every(
          ({ phase, signalling, sound, held }) =>
            phase === 'ended' || (phase === 'active' && signalling === 'up' && (held || sound === 'flowing')),
        );
        if (line !== 'ready' || !rest) since = performance.now();
        if (performance.now() - since < 1_500) return null;
        return (
          calls.map(({ phase, cause }) => (phase === 'ended' ? (cause?.split(' ')[0] ?? '?') : phase)).join(', ') ||
          'no call'
        );
      },
      SETTLE_MS,
    );
  } catch (cause) {
    throw new Error(`never settled: ${last}`, { cause });
  }
}

/** Mulberry32: small, and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function sequencesTable(seed: number, played: readonly Played[]): string {
  const bad = played.filter(({ wrong }) => wrong !== null);
  const outcomes = new Map<string, number>();
  for (const { outcome } of played)
    for (const one of outcome.split(', ')) outcomes.set(one, (outcomes.get(one) ?? 0) + 1);
  const lines = [...outcomes].toSorted(([, a], [, b]) => b - a).map(([name, count]) => `| ${name} | ${count} |`);
  const failures = bad.map(
    ({ number, state, keepAlive, blows, wrong }) =>
      `- sequence ${number} (${state}, keep-alive ${keepAlive ? 'on' : 'off'}: ${blows.join('; ')}): ${wrong ?? ''}`,
  );
  return [
    `${played.length} sequences from seed ${seed}, two to five blows each; ${played.length - bad.length} settled with every call ended by a`,
    'named cause or talking with both strands, and with no peer, track, socket, timer or unhandled rejection left behind.',
    '',
    '| what became of the calls | calls |',
    '| --- | --- |',
    ...lines,
    ...(failures.length > 0 ? ['', ...failures] : []),
  ].join('\n');
}
