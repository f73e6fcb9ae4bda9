/** How long the popup takes from its opening until one can dial, with a long history behind it. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { startGateway } from '../../gateway/gateway';
import { gatewayStorage } from '../../lib/extension/preset';
import { ensureChromium } from '../../scripts/install/chromium.mjs';
import { Stage } from '../../scripts/stage/chromium';
import { stageExtension } from '../../scripts/stage/extension';
import { until } from '../../scripts/stage/until';

/** Milliseconds from the start of the navigation, once for each opening. */
export interface Opening {
  /** The first paint of anything. */
  readonly paint: number;
  /** The dial field is on screen and has the focus: a digit that is typed now is dialled. */
  readonly usable: number;
  /** The newest calls stand below it. */
  readonly recents: number;
  /** Processor time of the page's main thread until then: the start-up work, whatever else the machine does. */
  readonly work: number;
}

const ACCOUNT = { user: 'alice', password: 'wonder-1865' };

/** Opens the popup of the built extension `times` times, with so many calls in the history. */
export async function openPopups(entries: number, times: number): Promise<readonly Opening[]> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
  const gateway = await startGateway();
  const stage = await Stage.open({
    program: await ensureChromium(),
    extension: await stageExtension(join(folder, 'extension'), []),
    profile: join(folder, 'profile'),
    headless: true,
    microphone: 'beeps',
    permission: 'granted',
  });
  try {
    await stage.store(gatewayStorage(gateway.port, ACCOUNT.user, ACCOUNT.password));
    const desk = await stage.page('popup.html');
    await desk.locator('.tabs').waitFor();
    await fill(desk, entries);
    await until('the line is ready', async () => {
      const { snapshot } = await desk.evaluate(() => chrome.storage.session.get('snapshot'));
      return JSON.stringify(snapshot).includes('"phase":"ready"');
    });
    // The first is not counted: the browser has not seen the files yet.
    await openOnce(stage);
    const openings: Opening[] = [];
    while (openings.length < times) openings.push(await openOnce(stage));
    return openings;
  } finally {
    await stage.close();
    await gateway.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function openOnce(stage: Stage): Promise<Opening> {
  const page = await stage.context.newPage();
  const session = await stage.context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  // tsx marks nested functions with a helper that does not travel with the text.
  await page.addInitScript('globalThis.__name ??= (value) => value;');
  await page.addInitScript(watch);
  await page.goto(`chrome-extension://${stage.id}/popup.html`);
  const seen = await until('the popup is whole', () => page.evaluate(() => window.opening ?? null));
  const { metrics } = await session.send('Performance.getMetrics');
  const work = (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1_000;
  await page.close();
  return { ...seen, work };
}

declare global {
  interface Window {
    opening?: Omit<Opening, 'work'>;
  }
}

/** Runs in the popup before anything of its own: looks at every frame. */
function watch(): void {
  let usable = 0;
  const look = (): void => {
    const field = document.activeElement;
    if (usable === 0 && field?.getAttribute('role') === 'combobox') usable = performance.now();
    const recents = document.querySelector('[data-row]') === null ? 0 : performance.now();
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    if (usable > 0 && recents > 0 && paint) window.opening = { paint: paint.startTime, usable, recents };
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Writes the calls as the extension keeps them, through its own database. */
async function fill(page: Page, entries: number): Promise<void> {
  await page.evaluate(async (count) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('holdfast');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(new Error('the database does not open'));
    });
    const change = database.transaction('calls', 'readwrite');
    const outcomes = ['hung-up-here', 'hung-up-there', 'missed', 'no-answer', 'busy'];
    for (let index = 0; index < count; index += 1) {
      const startedAt = Date.now() - index * 600_000;
      const number = `+1415555${String(index % 500).padStart(4, '0')}`;
      const outcome = outcomes[index % outcomes.length];
      const talked = index % outcomes.length < 2;
      change.objectStore('calls').put({
        id: `call-${String(index)}`,
        ...{ line: 'gateway-alice', lineName: 'alice', direction: outcome === 'missed' ? 'in' : 'out' },
        ...{ name: index % 3 === 0 ? `Person ${String(index % 500)}` : null, number, ours: null },
        ...{ startedAt, answeredAt: talked ? startedAt + 5_000 : null, endedAt: startedAt + 65_000, outcome },
        ...{ drops: 0, quality: talked ? 'good' : null, from: null, transcript: [] },
        ...{ note: index % 7 === 0 ? 'Asked for the new price list.' : '', person: number.slice(1) },
      });
    }
    await new Promise<void>((resolve, reject) => {
      change.oncomplete = () => resolve();
      change.onerror = () => reject(new Error('the calls were not written'));
    });
    database.close();
  }, entries);
}
