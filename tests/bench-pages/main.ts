/** What click-to-call costs a page: with the extension, without, and the library that reads everything in one go beside them. */

import { build } from 'vite';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { Stage } from '../../scripts/stage/chromium';
import { stageExtension } from '../../scripts/stage/extension';
import { openSite } from '../../scripts/stage/site';
import { until } from '../../scripts/stage/until';
import { setup } from '../e2e/harness/build';
import { chat, churning, longText, table } from './pages';

interface Cost {
  /** Seconds of the main thread. */
  readonly busy: number;
  /** Seconds of it in scripts: the page's own and ours. */
  readonly script: number;
  /** Longest task, in milliseconds. */
  readonly longest: number;
  /** JavaScript heap, in megabytes. */
  readonly heap: number;
}

type Churn = Pick<Cost, 'busy' | 'script'>;

const ROUNDS = 3;
/** What is measured in hundredths of a core needs more of them. */
const CHURN_ROUNDS = 18;
const CHURN_SECONDS = 3;
/** Until a page is read, and found to churn. */
const SETTLE_SECONDS = 4;

const WITNESS = `<script>
  window.longest = 0;
  new PerformanceObserver((list) => { for (const task of list.getEntries()) longest = Math.max(longest, task.duration); })
    .observe({ type: 'longtask', buffered: true });
</script>`;

/** Opens the page, plays it, and takes the renderer's own counters. */
async function costOf(stage: Stage, url: string, play: (page: Page) => Promise<void>): Promise<Cost> {
  const page = await stage.context.newPage();
  const session = await stage.context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(url);
  await play(page);
  const { metrics } = await session.send('Performance.getMetrics');
  const value = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? 0;
  const longest = await page.evaluate(() => (window as unknown as { longest: number }).longest);
  const cost = {
    busy: value('TaskDuration'),
    script: value('ScriptDuration'),
    longest,
    heap: value('JSHeapUsedSize') / 1e6,
  };
  await page.close();
  return cost;
}

const plays: { readonly [name: string]: { readonly html: string; play(page: Page, marked: boolean): Promise<void> } } =
  {
    '100,000 characters, 2,000 numbers': {
      html: longText(WITNESS),
      async play(page, marked) {
        if (marked) await until('numbers are marked', () => painted(page));
        await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 2_000)));
      },
    },
    'table of 20,000 rows, scrolled through': {
      html: table(WITNESS),
      async play(page, marked) {
        if (marked) await until('numbers are marked', () => painted(page));
        await page.evaluate(async () => {
          for (let step = 0; step < 60; step++) {
            scrollTo(0, (document.documentElement.scrollHeight * step) / 60);
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
        });
      },
    },
    'chat, 1,000 nodes a second for 5 s': {
      html: chat(WITNESS),
      async play(page) {
        await page.waitForFunction(() => 'done' in window, null, { timeout: 60_000 });
      },
    },
  };

function painted(page: Page): Promise<boolean> {
  return page.evaluate(() => (CSS.highlights.get('holdfast')?.size ?? 0) > 0);
}

interface Churning {
  /** Of one second of the page since the last look: seconds of the main thread, and of scripts in them. */
  look(): Promise<Churn>;
  close(): Promise<void>;
}

async function churnIn(stage: Stage, url: string): Promise<Churning> {
  const page = await stage.context.newPage();
  const session = await stage.context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(url);
  let last: Churn = { busy: 0, script: 0 };
  return {
    async look() {
      const { metrics } = await session.send('Performance.getMetrics');
      const value = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? 0;
      const now = { busy: value('TaskDuration'), script: value('ScriptDuration') };
      const spent = {
        busy: (now.busy - last.busy) / CHURN_SECONDS,
        script: (now.script - last.script) / CHURN_SECONDS,
      };
      last = now;
      return spent;
    },
    close: () => page.close(),
  };
}

/**
 * What a churning page costs more than in the browser without the extension, and the same of a second browser without it, which tells
 * how much of that is the machine's unrest. All three churn at the same time, so that whatever else the machine does meets them alike.
 */
async function churnTable(stages: readonly [bare: Stage, granted: Stage, second: Stage]): Promise<void> {
  console.log('\na page of 1,000 changes a second          scripts, % of a core         main thread, % of a core');
  console.log('                                         without  more: with  none    without  more: with  none');
  for (const [name, html] of Object.entries(churning)) {
    const site = await openSite(html);
    const pages = await Promise.all(stages.map((stage) => churnIn(stage, site.url)));
    await seconds(SETTLE_SECONDS);
    const look = (): Promise<Churn[]> => Promise.all(pages.map((page) => page.look()));
    await look();
    const rounds: Churn[][] = [];
    for (let round = 0; round < CHURN_ROUNDS; round++) {
      await seconds(CHURN_SECONDS);
      rounds.push(await look());
    }
    for (const page of pages) await page.close();
    await site.close();
    const percent = (of: (round: readonly Churn[]) => number, width: number): string =>
      (median(rounds.map(of)) * 100).toFixed(2).padStart(width);
    const none: Churn = { busy: 0, script: 0 };
    const all = (key: keyof Churn): string =>
      percent(([without = none]) => without[key], 8) +
      percent(([without = none, marked = none]) => marked[key] - without[key], 12) +
      percent(([without = none, , other = none]) => other[key] - without[key], 6);
    console.log(`${name.padEnd(40)}${all('script')}   ${all('busy')}`);
  }
}

function seconds(count: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count * 1000));
}

/** libphonenumber-js over the same text, on a page with no extension. */
async function libraryOver(stage: Stage, html: string): Promise<{ cold: number; warm: number }> {
  const bundle = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      lib: { entry: 'tests/bench-pages/library.ts', formats: ['iife'], name: 'library', fileName: 'library' },
    },
  });
  const [output] = Array.isArray(bundle) ? bundle : [];
  const code = output?.output[0].code ?? '';
  const site = await openSite(html);
  const page = await stage.context.newPage();
  await page.goto(site.url);
  await page.addScriptTag({ content: code });
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    times.push(
      await page.evaluate(() => {
        const { library } = window as unknown as { library: { find(text: string, country: string): unknown[] } };
        const from = performance.now();
        library.find(document.body.innerText, 'US');
        return performance.now() - from;
      }),
    );
  }
  await page.close();
  await site.close();
  const [cold = 0] = times;
  return { cold, warm: median(times) };
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

async function pagesTable(bare: Stage, granted: Stage): Promise<void> {
  console.log('page                                      main thread ms     longest task ms    heap MB');
  console.log('                                          without   with     without   with     without   with');
  for (const [name, { html, play }] of Object.entries(plays)) {
    const site = await openSite(html);
    const without: Cost[] = [];
    const withIt: Cost[] = [];
    // In turn, so that both meet the same machine.
    for (let round = 0; round < ROUNDS; round++) {
      without.push(await costOf(bare, site.url, (page) => play(page, false)));
      withIt.push(await costOf(granted, site.url, (page) => play(page, true)));
    }
    await site.close();
    const both = (read: (cost: Cost) => number, digits: number): string =>
      [without, withIt].map((costs) => median(costs.map(read)).toFixed(digits).padStart(9)).join('');
    console.log(
      name.padEnd(40) +
        both(({ busy }) => busy * 1000, 0) +
        both(({ longest }) => longest, 0) +
        both(({ heap }) => heap, 1),
    );
  }
}

async function main(): Promise<void> {
  await setup();
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
  const open = async (name: string, sites: readonly string[]): Promise<Stage> => {
    const stage = await Stage.open({
      program: process.env['HOLDFAST_CHROMIUM'] ?? 'chromium',
      extension: await stageExtension(join(folder, `${name}-extension`), sites),
      profile: join(folder, name),
      headless: true,
      microphone: 'beeps',
      permission: 'granted',
    });
    await stage.store({ country: 'US' });
    return stage;
  };
  const bare = await open('bare', []);
  const granted = await open('granted', ['http://127.0.0.1/*']);
  const second = await open('second', []);
  // `-- churn` and `-- pages` measure one half.
  const [half] = process.argv.slice(2);
  try {
    if (half !== 'churn') {
      await pagesTable(bare, granted);
      const { cold, warm } = await libraryOver(bare, longText(''));
      console.log(
        `findPhoneNumbersInText over the first page's text, in one task: ${cold.toFixed(0)} ms, warm ${warm.toFixed(0)} ms`,
      );
    }
    if (half !== 'pages') await churnTable([bare, granted, second]);
  } finally {
    await bare.close();
    await granted.close();
    await second.close();
    await rm(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
