/** One cell of the matrix: a state is brought about, something breaks, and what becomes of it is seen on both sides. */

import { until } from '../../scripts/stage/until';
import type { Fault, Outcome, State } from './catalogue';
import { strike, TOKEN_MS } from './breaks';
import type { Seen, Sight } from './in-page/client';
import { USER, type Lane } from './lane';
import { arrange } from './scenes';

export interface Cell {
  readonly fault: Fault;
  readonly state: State;
  readonly keepAlive: boolean;
}
export interface Result {
  readonly fault: string;
  readonly state: State;
  readonly keepAlive: boolean;
  readonly outcome: Outcome;
  /** Milliseconds from the fault; null where it never came back, or there was nothing to come back. */
  readonly signallingMs: number | null;
  readonly audioMs: number | null;
  readonly lostDown: number | null;
  readonly lostUp: number | null;
  /** The causes of what ended, whole. */
  readonly causes?: string;
  /** What went wrong in playing it. */
  readonly wrong: string | null;
}

const SETTLE_MS = 60_000;
/** A kept peer is watched for two seconds before it is trusted. */
const STABLE_MS = 2_600;
const PACKET_MS = 20;
/** Shorter is the machine's, not the call's. */
const A_GAP_MS = 200;

/** Never throws: what cannot be played is `unknown`, with the reason. */
export async function playCell(lane: Lane, cell: Cell): Promise<Result> {
  const { fault, state, keepAlive } = cell;
  const nothing = { signallingMs: null, audioMs: null, lostDown: null, lostUp: null };
  let result: Result;
  try {
    result = { ...cell, ...(await playThrough(lane, cell)) };
  } catch (thrown) {
    result = { fault, state, keepAlive, outcome: 'unknown', ...nothing, wrong: said(thrown) };
  }
  try {
    const left = await lane.clear();
    if (left.peers + left.tracks + left.sockets + left.timers + left.rejections.length > 0)
      result = { ...result, outcome: 'unknown', wrong: `left behind: ${JSON.stringify(left)}` };
  } catch (thrown) {
    result = { ...result, outcome: 'unknown', wrong: said(thrown) };
  }
  return result;
}

async function playThrough(
  lane: Lane,
  { fault, state, keepAlive }: Cell,
): Promise<Omit<Result, 'fault' | 'state' | 'keepAlive'>> {
  const bornAt = performance.now();
  const token = fault === 'token expired meanwhile' ? lane.gateway.mintToken(USER, TOKEN_MS) : undefined;
  await lane.signIn({
    keepAlive,
    relay: fault === 'TURN server killed and replaced',
    ...(token === undefined ? {} : { token }),
  });
  const before = await arrange(lane, state);
  await lane.mark(before.calls);
  await strike(lane, fault, before.calls, bornAt);
  const after = await settled(lane);
  const { newPeers, audioMs, lost } = await lane.measured();
  const up = upwards(lane, after.calls, state);
  const outcome = await outcomeOf(lane, before, after, newPeers);
  const lives = after.calls.some(({ phase }) => phase !== 'ended');
  const talked = state === 'active' || state === 'held' || state === 'two calls' || state === 'early media';
  return {
    outcome,
    causes: after.calls.map(({ cause }) => cause ?? '').join(' '),
    signallingMs: after.signallingMs,
    audioMs: lives && talked ? audioMs : null,
    lostDown: lives && talked ? lost : null,
    lostUp: lives && talked ? up : null,
    wrong: null,
  };
}

/** Waits until every call has ended or talks with both strands, and stays so. A call that rings here is answered. */
async function settled(lane: Lane): Promise<Sight> {
  let since = performance.now();
  let last: Sight | null = null;
  try {
    return await until(
      'everything settled',
      async () => {
        const sight = await lane.look();
        last = sight;
        for (const { id, phase, direction } of sight.calls)
          if (direction === 'in' && phase === 'ringing' && sight.line === 'ready')
            await lane.answer(id).catch(() => undefined);
        if (!(sight.line === 'ready' && sight.calls.every(atRest))) since = performance.now();
        return performance.now() - since > STABLE_MS ? sight : null;
      },
      SETTLE_MS,
    );
  } catch (cause) {
    throw new Error(`never settled: ${JSON.stringify(last)}`, { cause });
  }
}

function atRest({ phase, signalling, sound, held }: Seen): boolean {
  return phase === 'ended' || (phase === 'active' && signalling === 'up' && (held || sound === 'flowing'));
}

/** One outcome for all calls, or each with its own where they differ. */
async function outcomeOf(lane: Lane, before: Sight, after: Sight, newPeers: number): Promise<Outcome> {
  const each: string[] = [];
  for (const call of after.calls) {
    const was = before.calls.find(({ id }) => id === call.id);
    if (call.phase === 'ended') {
      each.push(`ended: ${(call.cause ?? '?').split(' ')[0] ?? '?'}`);
      await until('the server has let go of it', () => atGateway(lane, call.leg) !== 'living');
    } else {
      // A call that only seems to live: resumed, its sound must come and go. One that resumes puts the other on hold.
      const now = (await lane.look()).calls.find(({ id }) => id === call.id);
      if (now?.held === true) await lane.hold(call.id, false);
      await lane.sees('it is heard', ({ calls }) =>
        calls.some(({ id, sound, held }) => id === call.id && !held && sound === 'flowing'),
      );
      const from = lane.gateway.heard(call.leg)?.packets ?? 0;
      await until('the gateway hears it', () => (lane.gateway.heard(call.leg)?.packets ?? 0) > from + 5);
      const unanswered = was !== undefined && was.phase !== 'active';
      each.push(
        call.renewed || call.leg !== was?.leg
          ? 'called again'
          : unanswered
            ? 'goes on'
            : newPeers === 0
              ? 'kept'
              : 'rebuilt',
      );
    }
  }
  return [...new Set(each)].join(' + ') || 'unknown';
}

function atGateway(lane: Lane, leg: string): 'living' | 'ended' | 'unheard of' {
  const call = lane.gateway.calls().find(({ callId }) => callId === leg);
  return call === undefined ? 'unheard of' : call.phase === 'ended' ? 'ended' : 'living';
}

/** Of the call that talks: by sequence numbers on one transport, by the clock as well where another took its place. */
function upwards(lane: Lane, calls: readonly Seen[], state: State): number | null {
  const talking = calls.filter(({ phase }) => phase !== 'ended').at(state === 'two calls' ? -1 : 0);
  const heard = talking ? lane.gateway.heard(talking.leg) : null;
  if (!heard) return null;
  const rebuilt = (lane.gateway.calls().find(({ callId }) => callId === talking?.leg)?.audio.returns.rebuilt ?? 0) > 0;
  if (!rebuilt) return heard.lost;
  const gap = heard.longestGapMs > A_GAP_MS + lane.stalledMs ? Math.round(heard.longestGapMs / PACKET_MS) - 1 : 0;
  return Math.max(heard.lost, gap);
}

function said(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.split('\n')[0]?.slice(0, 400) ?? '';
}
