/** `npm run soak [-- --calls 500 --drops 200 --write]`: call after call, two at a time, through drop after drop, in one page. */

import { parseArgs } from 'node:util';
import { until } from '../../scripts/stage/until';
import { openChromium } from './browser';
import type { Left } from './in-page/instruments';
import { measureHeap } from './heap';
import { Lane } from './lane';
import { keep } from './report';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '500' },
    drops: { type: 'string', default: '200' },
    write: { type: 'boolean', default: false },
  },
});
const [ROUNDS, DROPS] = [Math.ceil(Number(values.calls) / 2), Number(values.drops)];
/** Enough to fill what is kept of the past, which is bounded: a thousand entries of the journal, two hundred legs that ended. */
const WARM_UP = 110;
/** The journal lets go of a tenth at a time: looked at this often, a round apart, its lowest is met. */
const LOOKS = 4;
/** Of objects; V8 goes on compiling for a while, which counts into the whole. */
const OBJECTS_GROWTH = 1.03;
const HEAP_GROWTH = 1.1;
const AT_REST_MS = 500;

const KINDS = ['heapKiB', 'objectsKiB', 'listeners', 'nodes', 'peers', 'tracks', 'sockets', 'timers'] as const;
type Counts = Readonly<Record<(typeof KINDS)[number], number>>;

const chromium = await openChromium();
const lane = await Lane.open(chromium);
const rejections: string[] = [];
let failed = '';
const from = performance.now();
try {
  await lane.signIn({ keepAlive: true });
  for (let round = 0; round < WARM_UP; round += 1) await twoCalls(dropsIn(round) > 0);
  const before = await lowest();
  const started = performance.now();
  let dropped = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    dropped += dropsIn(round);
    await twoCalls(dropsIn(round) > 0);
    if (round % 25 !== 24) continue;
    const { heapKiB, objectsKiB } = await counts();
    const seconds = Math.round((performance.now() - started) / 1000);
    console.log(`${(round + 1) * 2} calls, ${dropped} drops, ${objectsKiB} of ${heapKiB} KiB, ${seconds} s`);
  }
  const after = await lowest();
  const text = report(before, after, dropped, performance.now() - started);
  console.log(`\n${text}`);
  if (values.write) await keep('soak', text);
  failed = wrong(before, after);
} catch (thrown) {
  failed = thrown instanceof Error ? thrown.message : String(thrown);
} finally {
  await lane.close();
  await chromium.close();
}
if (failed !== '') console.log(`\nnot as promised: ${failed}`);
console.log(`${Math.round((performance.now() - from) / 1000)} s in all`);
// Sockets of media that lingers would keep the process for minutes.
process.exit(failed === '' ? 0 : 1);

/** Spread evenly over the rounds: one, or none. */
function dropsIn(round: number): number {
  return Math.floor(((round + 1) * DROPS) / ROUNDS) - Math.floor((round * DROPS) / ROUNDS);
}

async function twoCalls(drop: boolean): Promise<void> {
  for (const to of ['2', '10']) {
    await lane.dial(to);
    await lane.sees(`${to} talks`, ({ calls }) => {
      const call = calls.at(-1);
      return call?.phase === 'active' && call.sound === 'flowing';
    });
  }
  await lane.sees('the first is held', ({ calls }) => calls.at(-2)?.held === true);
  if (drop) {
    await lane.mark([]);
    lane.gateway.faults.close({});
    await lane.sees(
      'both are back',
      ({ line, signallingMs, calls }) =>
        line === 'ready' &&
        signallingMs !== 0 &&
        calls.every(({ phase, signalling }) => phase === 'ended' || signalling === 'up'),
    );
  }
  const { calls } = await lane.look();
  for (const { id, phase } of calls) if (phase !== 'ended') await lane.hangUp(id);
  await lane.sees('both are over', ({ calls }) => calls.every(({ phase }) => phase === 'ended'));
  await lane.window.page.evaluate(() => play.left());
}

/** The lowest of a few looks: what never comes down again is kept for good. */
async function lowest(): Promise<Counts> {
  let least = await counts();
  for (let look = 1; look < LOOKS; look += 1) {
    await twoCalls(true);
    const now = await counts();
    for (const what of KINDS) least = { ...least, [what]: Math.min(least[what], now[what]) };
  }
  return least;
}

async function counts(): Promise<Counts> {
  const open = await atRest();
  const { cdp } = lane.window;
  const heap = await measureHeap(cdp);
  const { jsEventListeners, nodes } = await cdp.send('Memory.getDOMCounters');
  const { peers, tracks, sockets, timers } = open;
  return { ...heap, listeners: jsEventListeners, nodes, peers, tracks, sockets, timers };
}

/** What is closed is let go of a moment later: looked at once nothing changed for a while. */
async function atRest(): Promise<Left> {
  let [since, last] = [performance.now(), ''];
  return until('everything is let go', async () => {
    const left = await lane.window.page.evaluate(() => play.left());
    rejections.push(...left.rejections);
    const seen = JSON.stringify(left);
    if (seen !== last || left.peers + left.tracks > 0) [since, last] = [performance.now(), seen];
    return performance.now() - since > AT_REST_MS ? left : null;
  });
}

function wrong(before: Counts, after: Counts): string {
  const allowed: Partial<Counts> = { heapKiB: HEAP_GROWTH, objectsKiB: OBJECTS_GROWTH };
  const grown = KINDS.filter((what) => after[what] > before[what] * (allowed[what] ?? 1));
  return [...grown, ...rejections].join(', ');
}

function report(before: Counts, after: Counts, dropped: number, ms: number): string {
  const row = (what: string, of: (counts: Counts) => number): string => `| ${what} | ${of(before)} | ${of(after)} |`;
  return [
    `${ROUNDS * 2} calls, two at a time, and ${dropped} drops in ${Math.round(ms / 1000)} s, in one page; ${rejections.length} unhandled rejections.`,
    '',
    '| | before | after |',
    '| --- | --- | --- |',
    row('JavaScript objects after collection, KiB', ({ objectsKiB }) => objectsKiB),
    row('JavaScript heap, with the code that V8 compiled meanwhile, KiB', ({ heapKiB }) => heapKiB),
    row('event listeners', ({ listeners }) => listeners),
    row('DOM nodes', ({ nodes }) => nodes),
    row('peer connections', ({ peers }) => peers),
    row('live media tracks', ({ tracks }) => tracks),
    row('sockets', ({ sockets }) => sockets),
    row('timers that wait', ({ timers }) => timers),
  ].join('\n');
}
