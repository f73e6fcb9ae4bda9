/** The matrix: every fault in every state, keep-alive on and off, a few lanes at a time. */

import { FAULTS, STATES } from './catalogue';
import type { Browser } from './browser';
import { playCell, type Cell, type Result } from './cell';
import { Lane, type DialectName } from './lane';

export const CELLS: readonly Cell[] = FAULTS.flatMap((fault) =>
  STATES.flatMap((state) => [true, false].map((keepAlive) => ({ fault, state, keepAlive }))),
);

/** A FreeSWITCH has no tokens, a new transport for whoever comes back anyway, and no use for a kept peer. */
export const VERTO_CELLS = CELLS.filter(
  ({ fault, keepAlive }) => keepAlive && fault !== 'token expired meanwhile' && fault !== 'new transport at the server',
);

export async function playMatrix(
  browser: Browser,
  dialect: DialectName,
  cells: readonly Cell[],
  lanes: number,
  told: (result: Result) => void,
): Promise<readonly Result[]> {
  try {
    return await share(browser, dialect, cells, lanes, told);
  } finally {
    await browser.close();
  }
}

async function share(
  browser: Browser,
  dialect: DialectName,
  cells: readonly Cell[],
  lanes: number,
  told: (result: Result) => void,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = [...cells];
  const work = async (): Promise<void> => {
    let lane: Lane | null = null;
    for (let cell = waiting.shift(); cell !== undefined; cell = waiting.shift()) {
      lane ??= await Lane.open(browser, dialect);
      const result = await playCell(lane, cell);
      results.push(result);
      told(result);
      if (result.outcome !== 'unknown') continue;
      // Whatever went wrong there must not reach the next cell.
      await lane.close();
      lane = null;
    }
    await lane?.close();
  };
  await Promise.all(Array.from({ length: Math.min(lanes, cells.length) }, work));
  const order = (result: Result): number =>
    cells.findIndex(
      ({ fault, state, keepAlive }) =>
        fault === result.fault && state === result.state && keepAlive === result.keepAlive,
    );
  return results.toSorted((a, b) => order(a) - order(b));
}
