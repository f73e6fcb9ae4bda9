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
const CHURN_ROUNDS = 8;
const CHURN_SECONDS = 4;

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

/** Of one second of a page that makes 1,000 changes in each: seconds of the main thread, and of scripts in them. */
async function churnOf(stage: Stage, url: string): Promise<Churn> {
  const page = await stage.context.newPage();
  const session = await stage.context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(url);
  const pass = (seconds: number): Promise<void> =>
    page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), seconds * 1000);
  const look = async (): Promise<{ busy: number; script: number }> => {
    const { metrics } = await session.send('Performance.getMetrics');
    const value = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? 0;
    return { busy: value('TaskDuration'), script: value('ScriptDuration') };
  };
  await pass(1.5);
  const before = await look();
  await pass(CHURN_SECONDS);
  const after = await look();
  await page.close();
  return { busy: (after.busy - before.busy) / CHURN_SECONDS, script: (after.script - before.script) / CHURN_SECONDS };
}

/**
 * What a churning page costs more than in the browser without the extension, each round beside its own; and the same of a second
 * browser without it, which tells how much of that is the machine's unrest.
 */
async function churnTable({
  bare,
  granted,
  second,
}: Readonly<Record<'bare' | 'granted' | 'second', Stage>>): Promise<void> {
  console.log('\na page of 1,000 changes a second          scripts, % of a core         main thread, % of a core');
  console.log('                                         without  more: with  none    without  more: with  none');
  for (const [name, html] of Object.entries(churning)) {
    const site = await openSite(html);
    const rounds: (readonly [Churn, Churn, Churn])[] = [];
    for (let round = 0; round < CHURN_ROUNDS; round++)
      rounds.push([await churnOf(bare, site.url), await churnOf(granted, site.url), await churnOf(second, site.url)]);
    await site.close();
    const percent = (of: (round: readonly [Churn, Churn, Churn]) => number, width: number): string =>
      (median(rounds.map(of)) * 100).toFixed(2).padStart(width);
    const all = (key: keyof Churn): string =>
      percent(([without]) => without[key], 8) +
      percent(([without, marked]) => marked[key] - without[key], 12) +
      percent(([without, , other]) => other[key] - without[key], 6);
    console.log(`${name.padEnd(40)}${all('script')}   ${all('busy')}`);
  }
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
  try {
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
    await churnTable({ bare, granted, second });
    const library = await libraryOver(bare, longText(''));
    const { cold, warm } = library;
    console.log(
      `findPhoneNumbersInText over the first page's text, in one task: ${cold.toFixed(0)} ms, warm ${warm.toFixed(0)} ms`,
    );
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
