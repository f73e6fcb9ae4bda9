/** A browser with the extension on granted pages of loopback, and what a test sees of the marks there. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright';
import { Stage } from '../../../scripts/stage/chromium';
import { stageExtension } from '../../../scripts/stage/extension';
import { openSite } from '../../../scripts/stage/site';
import { until } from '../../../scripts/stage/until';

export class Granted {
  readonly stage: Stage;
  readonly #folder: string;
  readonly #closing: (() => Promise<unknown>)[] = [];

  private constructor(stage: Stage, folder: string) {
    this.stage = stage;
    this.#folder = folder;
  }

  /** No sites at all: nothing was granted, and the toolbar's button can be pressed (`stage.pressAction`). */
  static async open(sites: readonly string[] = ['http://127.0.0.1/*']): Promise<Granted> {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-pages-'));
    const stage = await Stage.open({
      program: process.env['HOLDFAST_CHROMIUM'] ?? 'chromium',
      extension: await stageExtension(join(folder, 'extension'), sites),
      profile: join(folder, 'profile'),
      headless: true,
      microphone: 'beeps',
      permission: 'granted',
      action: sites.length === 0,
    });
    await stage.store({ country: 'US' });
    if (sites.length === 0) return new Granted(stage, folder);
    const worker = await stage.worker();
    await until('the script is registered', () =>
      worker.evaluate(async () => (await chrome.scripting.getRegisteredContentScripts()).length > 0 || null),
    );
    return new Granted(stage, folder);
  }

  /** Opens a page of this HTML; `headers` by a meta element where it needs any. */
  async page(html: string): Promise<Page> {
    const site = await openSite(html);
    this.#closing.push(() => site.close());
    const page = await this.stage.context.newPage();
    await page.goto(site.url);
    return page;
  }

  async close(): Promise<void> {
    await this.stage.close();
    for (const close of this.#closing) await close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** What is painted at this moment, as text. Asks nothing of a page's prototypes, which may be bent. */
export async function marksOf(page: Page | Frame): Promise<string[]> {
  const texts = await page.evaluate(() => {
    let all = '';
    const painted = CSS.highlights.get('holdfast');
    if (painted === undefined) return all;
    for (const { startContainer, startOffset, endContainer, endOffset } of painted) {
      const range = document.createRange();
      range.setStart(startContainer, startOffset);
      range.setEnd(endContainer, endOffset);
      all += `${range.toString()}\n`;
    }
    return all;
  });
  return texts
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => text.replace(/\s+/g, ' '));
}

/** Waits until exactly these are painted. */
export async function untilMarked(page: Page | Frame, wanted: readonly string[]): Promise<void> {
  const spelled = JSON.stringify([...wanted].sort());
  let last: readonly string[] = [];
  await until(`marked ${spelled}`, async () => {
    last = await marksOf(page);
    return JSON.stringify([...last].sort()) === spelled;
  }).catch((cause: unknown) => {
    throw new Error(`marked ${JSON.stringify(last)} instead of ${spelled}`, { cause });
  });
}
