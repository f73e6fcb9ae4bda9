/** The same drops for the official SDK and for ours, in one browser and against one gateway, in turn. */

import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Gateway } from '../../gateway/gateway';
import { startGateway } from '../../gateway/gateway';
import { until } from '../../scripts/stage/until';
import { median } from '../bench/table';
import { openChromium, type Window } from './browser';

const NAMES = ['official', 'ours'] as const;
type Name = (typeof NAMES)[number];
const USERS = { official: 'alice', ours: 'bob' } as const;
const TONE = '2';
const PACKET_MS = 20;

interface Mode {
  readonly title: string;
  /** How the server comes back. */
  readonly credentials: 'same' | 'new';
  /** How the socket goes: closed, or open and dead. */
  readonly how: 'close' | 'half-dead';
  readonly most: number;
}
const MODES: readonly Mode[] = [
  { title: 'keep: the server kept its transport', credentials: 'same', how: 'close', most: Infinity },
  { title: 'rebuild: the server comes back with a new one', credentials: 'new', how: 'close', most: Infinity },
  // Half a minute each: a few tell it.
  { title: 'half-dead: nothing passes either way, and nobody says so', credentials: 'same', how: 'half-dead', most: 3 },
];
/** The official client takes 27 s to notice. */
const NOTICED_MS = 60_000;

interface Drop {
  readonly socketMs: number;
  readonly readyMs: number;
  readonly gapDownMs: number;
  readonly lostDown: number;
  readonly gapUpMs: number;
  readonly lostUp: number;
}

export async function besideTheOfficial(drops: number): Promise<string> {
  const gateway = await startGateway({ timing: { ringMs: 0 } });
  const chromium = await openChromium();
  try {
    const tables: string[] = [];
    for (const mode of MODES) {
      const windows = { official: await chromium.open('official'), ours: await chromium.open('ours') };
      const legs = { official: '', ours: '' };
      const all: Record<Name, Drop[]> = { official: [], ours: [] };
      for (const name of NAMES) legs[name] = await talk(windows[name], gateway, name);
      gateway.faults.attach({ credentials: mode.credentials });
      for (let round = 0; round < Math.min(drops, mode.most); round += 1)
        for (const name of round % 2 === 0 ? NAMES : NAMES.toReversed())
          all[name].push(await drop(windows[name], gateway, name, legs[name], mode));
      tables.push(tableOf(mode, all));
      for (const name of NAMES) {
        await windows[name].page.evaluate(() => play.signOff());
        await windows[name].close();
      }
      gateway.faults.clear();
      gateway.faults.restart();
    }
    return tables.join('\n\n');
  } finally {
    await chromium.close();
    await gateway.close();
  }
}

/** Signs in and dials; the leg's id. */
async function talk({ page }: Window, gateway: Gateway, name: Name): Promise<string> {
  const user = USERS[name];
  const password = gateway.accounts.find((account) => account.user === user)?.password ?? '';
  const how = {
    dialect: 'telnyx',
    url: gateway.url,
    user,
    password,
    keepAlive: true,
    iceServers: [],
    relayOnly: false,
  } as const;
  await page.evaluate((how) => play.signIn(how), how);
  await until(`${name} is ready`, () => page.evaluate(() => play.look().line === 'ready'));
  await page.evaluate((to) => play.dial(to), TONE);
  const leg = await until(`${name} talks`, () =>
    page.evaluate(() => play.look().calls.find(({ phase }) => phase === 'active')?.leg ?? null),
  );
  await until(`${name} is heard`, () => (gateway.heard(leg)?.packets ?? 0) > 50);
  return leg;
}

async function drop({ page }: Window, gateway: Gateway, name: Name, leg: string, mode: Mode): Promise<Drop> {
  const returns = (): number => {
    const found = gateway.calls().find(({ callId, phase }) => callId === leg && phase !== 'ended')?.audio.returns;
    return found ? found.kept + found.rebuilt : 0;
  };
  const before = returns();
  gateway.resetHeard(leg);
  await page.evaluate(() => play.mark());
  const loop = monitorEventLoopDelay({ resolution: 10 });
  loop.enable();
  const user = USERS[name];
  if (mode.how === 'close') gateway.faults.close({ user });
  else gateway.faults.halfDead({ user, direction: 'both' });
  await until(
    `${name} is back`,
    async () => returns() > before && page.evaluate(() => play.look().line === 'ready'),
    NOTICED_MS,
  );
  const back = performance.now();
  await until('it goes on for a while', () => performance.now() - back > 3_000);
  const { socketMs, gapMs, lost } = await page.evaluate(() => play.measured());
  const { signallingMs } = await page.evaluate(() => play.look());
  const heard = gateway.heard(leg);
  if (socketMs === null || signallingMs === null || !heard) throw new Error(`${name} did not come back`);
  const gapUpMs = heard.longestGapMs;
  loop.disable();
  // Of one stream its numbers tell what is missing; between two streams only the clock does, as far as the gateway heeded it.
  const late = 3 * PACKET_MS + loop.max / 1e6;
  const missing = gapUpMs > late ? Math.round(gapUpMs / PACKET_MS) - 1 : 0;
  const rebuilt = name === 'official' || mode.credentials === 'new';
  return {
    socketMs,
    readyMs: signallingMs,
    gapDownMs: gapMs,
    lostDown: lost,
    gapUpMs,
    lostUp: rebuilt ? Math.max(heard.lost, missing) : heard.lost,
  };
}

function tableOf({ title }: Mode, all: Record<Name, readonly Drop[]>): string {
  const row = (what: string, unit: string, of: (drop: Drop) => number): string =>
    `| ${[what, ...NAMES.map((name) => cell(all[name].map(of), unit))].join(' | ')} |`;
  return [
    `### ${title} (${all.ours.length} drops each)`,
    '',
    '| | official | ours |',
    '| --- | --- | --- |',
    row('drop to the next socket', ' ms', (drop) => drop.socketMs),
    row('drop to the line ready again', ' ms', (drop) => drop.readyMs),
    row('longest silence, heard here', ' ms', (drop) => drop.gapDownMs),
    row('packets lost, heard here', '', (drop) => drop.lostDown),
    row('longest silence, heard there', ' ms', (drop) => drop.gapUpMs),
    row('packets lost, heard there', '', (drop) => drop.lostUp),
  ].join('\n');
}

function cell(values: readonly number[], unit: string): string {
  return `${Math.round(median(values) * 10) / 10}${unit} (${Math.min(...values)} to ${Math.max(...values)})`;
}
