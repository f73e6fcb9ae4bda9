/** A browser with the extension on granted pages of loopback, and what a test sees of the marks there. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright';
import { Stage } from '../../../scripts/stage/chromium';
import { stageExtension } from '../../../scripts/stage/extension';
import { openSite } from '../../../scripts/stage/site';
import { until } from '../../../scripts/stage/until';

/** What a page's script asked of the background. */
export interface Said {
  readonly call: string;
  readonly args: readonly unknown[];
}

export class Granted {
  readonly stage: Stage;
  readonly #folder: string;
  readonly #closing: (() => Promise<unknown>)[] = [];

  private constructor(stage: Stage, folder: string) {
    this.stage = stage;
    this.#folder = folder;
  }

  /** No sites at all: nothing was granted, and the toolbar's button can be pressed (`stage.pressAction`). */
  static async open(
    sites: readonly string[] = ['http://127.0.0.1/*'],
    { keepsPages = false }: { readonly keepsPages?: boolean } = {},
  ): Promise<Granted> {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-pages-'));
    const stage = await Stage.open({
      program: process.env['HOLDFAST_CHROMIUM'] ?? 'chromium',
      extension: await stageExtension(join(folder, 'extension'), sites),
      profile: join(folder, 'profile'),
      headless: true,
      microphone: 'beeps',
      permission: 'granted',
      action: sites.length === 0,
      keepsPages,
    });
    await clearStage(stage);
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

  /** From now on keeps what pages say to the background, in the order in which it comes; call the result for one page's part. */
  async listen(): Promise<(url: string) => Promise<readonly Said[]>> {
    const worker = await this.stage.worker();
    await worker.evaluate(() => {
      const kept = globalThis as unknown as { said?: { url: string; call: string; args: readonly unknown[] }[] };
      if (kept.said !== undefined) return;
      const said = (kept.said = []) as NonNullable<typeof kept.said>;
      chrome.runtime.onMessage.addListener((message: { call: string; args: readonly unknown[] }, { url = '' }) => {
        said.push({ url, call: message.call, args: message.args });
      });
    });
    return (url) =>
      worker.evaluate(
        (address) =>
          (globalThis as unknown as { said: (Said & { url: string })[] }).said.filter((one) => one.url === address),
        url,
      );
  }

  async close(): Promise<void> {
    await this.stage.close();
    for (const close of this.#closing) await close();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

/** The welcome page comes to the front when it comes, and a page behind it is not marked: closes it before the first is opened. */
async function clearStage({ context, id }: Stage): Promise<void> {
  const welcome = await until(
    'the welcome page opens at the first start',
    () => context.pages().find((page) => page.url().startsWith(`chrome-extension://${id}/welcome.html`)),
    60_000,
  );
  // The browser ends with its last page.
  await context.newPage();
  await welcome.close();
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
export async function untilMarked(page: Page | Frame, wanted: readonly string[], limitMs = 30_000): Promise<void> {
  const spelled = JSON.stringify([...wanted].sort());
  let last: readonly string[] = [];
  const look = async (): Promise<boolean> => {
    last = await marksOf(page);
    return JSON.stringify([...last].sort()) === spelled;
  };
  await until(`marked ${spelled}`, look, limitMs).catch((cause: unknown) => {
    throw new Error(`marked ${JSON.stringify(last)} instead of ${spelled}`, { cause });
  });
}
