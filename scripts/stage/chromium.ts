/** A Chromium of its own profile with the extension inside, and what is needed to drive and to look into it. */

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright';
import type { BrowserContext, Page, Worker } from 'playwright';
import { Cdp, type Target } from './cdp';
import { Engine } from './engine';
import { until } from './until';

export interface ChromiumOptions {
  /** The program. */
  readonly program: string;
  /** Folder of the unpacked extension. */
  readonly extension: string;
  /** Folder for the profile; it may be empty. */
  readonly profile: string;
  readonly headless: boolean;
  /** Where the microphone comes from: a WAV file played in a loop, the browser's own beeps, or the real device. */
  readonly microphone: { readonly wav: string } | 'beeps' | 'real';
  /** What the browser answers when asked for the microphone; `granted` needs no question. */
  readonly permission: 'granted' | 'denied' | 'ask';
  /** Whether the extension's button in the toolbar may be pressed by `pressAction`. */
  readonly action?: boolean;
  /** Whether pages that are left are kept for the back button, as for people; Playwright's own default is against it. */
  readonly keepsPages?: boolean;
}

/** The file in a profile where its browser says how it is debugged. */
const ENDPOINT = 'DevToolsActivePort';

/** One browser: pages to act on, the engine to listen to. */
export class Stage {
  readonly context: BrowserContext;
  readonly engine: Engine;
  readonly id: string;
  readonly #cdp: Cdp;
  readonly #downloads: string;

  private constructor(context: BrowserContext, cdp: Cdp, id: string, downloads: string) {
    this.context = context;
    this.#downloads = downloads;
    this.engine = new Engine(cdp);
    this.id = id;
    this.#cdp = cdp;
  }

  static async open(options: ChromiumOptions): Promise<Stage> {
    const downloads = join(options.profile, 'downloads');
    await prepareProfile(options.profile, downloads);
    const context = await chromium.launchPersistentContext(options.profile, {
      executablePath: options.program,
      headless: options.headless,
      viewport: null,
      args: switches(options),
      ignoreDefaultArgs: [
        '--disable-extensions',
        ...(options.keepsPages === true ? ['--disable-back-forward-cache'] : []),
      ],
      chromiumSandbox: process.getuid?.() !== 0,
    });
    if (options.permission === 'granted') await context.grantPermissions(['microphone']);
    const cdp = await Cdp.connect(
      await until('the browser says where it is debugged', () => endpointIn(options.profile)),
    );
    const worker = await until('the extension starts', () => context.serviceWorkers()[0] ?? null);
    return new Stage(context, cdp, new URL(worker.url()).host, downloads);
  }

  /** The service worker as it is now; a killed one comes back with the next event. */
  worker(): Promise<Worker> {
    return until('the service worker runs', () => this.context.serviceWorkers()[0] ?? null);
  }

  /** Opens one of the extension's own pages, `popup.html` for instance, in a tab. */
  async page(name: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(`chrome-extension://${this.id}/${name}`);
    return page;
  }

  /** Writes settings as the options page would. */
  async store(items: object): Promise<void> {
    const worker = await this.worker();
    await worker.evaluate((data) => chrome.storage.local.set(data), items as Record<string, unknown>);
  }

  /** Stops the service worker as the browser does after half a minute; returns when the browser says that it is stopped. */
  async killWorker(): Promise<void> {
    const engine = await until('the engine lives', () => this.engine.target());
    const session = await this.#cdp.attach(engine.targetId);
    let stopped = false;
    const stop = this.#cdp.onEvent((method, params) => {
      if (method !== 'ServiceWorker.workerVersionUpdated') return;
      const { versions } = params as { versions: { scriptURL: string; runningStatus: string }[] };
      stopped ||= versions.some(
        ({ scriptURL, runningStatus }) => scriptURL.includes(this.id) && runningStatus === 'stopped',
      );
    });
    await this.#cdp.send('ServiceWorker.enable', {}, session);
    stopped = false;
    await this.#cdp.send('ServiceWorker.stopAllWorkers', {}, session);
    await until('the service worker is stopped', () => stopped);
    stop();
    await this.#cdp.send('Target.detachFromTarget', { sessionId: session });
  }

  /** Starts the extension anew, as an update does: every document of it ends, and what the browser keeps for a session is gone. */
  async reload(): Promise<void> {
    const before = await until('the engine lives', () => this.engine.target());
    const worker = await this.worker();
    await worker.evaluate(() => chrome.runtime.reload()).catch(() => undefined);
    await until('another engine lives', async () => {
      const now = await this.engine.target();
      return now !== null && now.targetId !== before.targetId;
    });
  }

  /**
   * Presses the extension's button in the toolbar, over the page that is in front: a gesture like a person's, which gives
   * the extension that tab (activeTab) and opens the popup. Returns what runs an expression in the popup.
   */
  async pressAction(page: Page): Promise<(expression: string) => Promise<unknown>> {
    const { targetInfos } = (await this.#cdp.send('Target.getTargets', { filter: [{ type: 'tab' }] })) as {
      targetInfos: Target[];
    };
    const tab = targetInfos.find(({ url }) => url === page.url());
    const opened = await this.nextPopup();
    await this.#cdp.send('Extensions.triggerAction', { id: this.id, targetId: tab?.targetId });
    return opened();
  }

  /** To be called before the popup opens, by whatever; what it returns waits for it, and gives what runs an expression in it. */
  async nextPopup(): Promise<() => Promise<(expression: string) => Promise<unknown>>> {
    const popups = async (): Promise<readonly Target[]> =>
      (await this.#cdp.targets()).filter(({ url }) => url.startsWith(`chrome-extension://${this.id}/popup.html`));
    const before = (await popups()).map(({ targetId }) => targetId);
    return async () => {
      const popup = await until('the popup is open', async () =>
        (await popups()).find(({ targetId }) => !before.includes(targetId)),
      );
      return this.#inside(popup);
    };
  }

  async #inside(popup: Target): Promise<(expression: string) => Promise<unknown>> {
    const session = await this.#cdp.attach(popup.targetId);
    return async (expression) => {
      const reply = await this.#cdp.send('Runtime.evaluate', { expression, returnByValue: true }, session);
      return (reply as { result: { value?: unknown } }).result.value;
    };
  }

  /** What an administrator set for the extension, in place of what they had set before: by the browser's own page for trying policies. */
  async administer(policies: object): Promise<void> {
    const page = await this.context.newPage();
    await page.goto('chrome://policy/test');
    // Machine policies that people cannot change, as they come from a file; spelled in the browser's own numbers.
    const how = { namespace: this.id, level: 1, scope: 1, source: 5 };
    const list = JSON.stringify(
      Object.entries(policies).map(([name, value]) => ({ name, value: value as unknown, ...how })),
    );
    await page.evaluate(
      `import('chrome://resources/js/cr.js').then(({ sendWithPromise }) =>
        sendWithPromise('setLocalTestPolicies', ${JSON.stringify(list)}, ''))`,
    );
    await page.close();
  }

  /**
   * Whether the extension may work on the sites that its manifest names: the person's choice on the browser's own page of
   * the extension, taken back and given again.
   */
  async allowSites(allowed: boolean): Promise<void> {
    const page = await this.context.newPage();
    await page.goto('chrome://extensions');
    await page.evaluate(
      ([extensionId, hostAccess]) =>
        (
          chrome as unknown as { developerPrivate: { updateExtensionConfiguration(change: object): Promise<void> } }
        ).developerPrivate.updateExtensionConfiguration({ extensionId, hostAccess }),
      [this.id, allowed ? 'ON_ALL_SITES' : 'ON_CLICK'],
    );
    await page.close();
  }

  /** What the person answers from now on when the extension asks for it; `prompt` has not been asked yet. */
  async answerPermission(name: 'microphone', setting: 'granted' | 'denied' | 'prompt'): Promise<void> {
    const origin = `chrome-extension://${this.id}`;
    await this.#cdp.send('Browser.setPermission', { permission: { name }, setting, origin });
  }

  /** From now on downloads go where a person's would, under their own names; returns that folder. */
  async keepDownloads(): Promise<string> {
    await this.#cdp.send('Browser.setDownloadBehavior', { behavior: 'default' });
    return this.#downloads;
  }

  /** Sends messages from our content script's own world in that page, as the script itself would; returns the replies. */
  async inContentScript(page: Page, messages: readonly unknown[]): Promise<readonly unknown[]> {
    const sent = `Promise.all(${JSON.stringify(messages)}.map((message) => chrome.runtime.sendMessage(message)))`;
    return (await this.inContentWorld(page, sent)) as readonly unknown[];
  }

  /** Runs an expression in our content script's own world in that page. */
  async inContentWorld(page: Page, expression: string): Promise<unknown> {
    const session = await this.context.newCDPSession(page);
    const worlds: { id: number; origin: string }[] = [];
    session.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context));
    await session.send('Runtime.enable');
    const world = worlds.find(({ origin }) => origin === `chrome-extension://${this.id}`);
    if (!world) throw new Error('our content script is not in this page');
    const { result } = await session.send('Runtime.evaluate', {
      contextId: world.id,
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    await session.detach();
    return result.value as unknown;
  }

  async close(): Promise<void> {
    this.#cdp.close();
    await this.context.close();
  }
}

/** Where the browser of this profile can be debugged; null until it has written that down. */
async function endpointIn(profile: string): Promise<string | null> {
  const [port = '', path = ''] = (await readFile(join(profile, ENDPOINT), 'utf8')).split('\n');
  return path === '' ? null : `ws://127.0.0.1:${port}${path}`;
}

/** Chrome puts an unpacked extension out of work when it is reloaded, unless the profile is a developer's. */
async function prepareProfile(profile: string, downloads: string): Promise<void> {
  const folder = join(profile, 'Default');
  await mkdir(folder, { recursive: true });
  // That of the browser which had this profile before.
  await rm(join(profile, ENDPOINT), { force: true });
  const preferences = JSON.stringify({
    extensions: { ui: { developer_mode: true } },
    download: { default_directory: downloads, prompt_for_download: false },
  });
  // One that is there already belongs to a profile that was used before.
  await writeFile(join(folder, 'Preferences'), preferences, { flag: 'wx' }).catch(() => undefined);
}

function switches({ extension, microphone, permission, action }: ChromiumOptions): string[] {
  return [
    `--disable-extensions-except=${extension}`,
    `--load-extension=${extension}`,
    '--remote-debugging-port=0',
    '--no-first-run',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    ...(action === true ? ['--enable-unsafe-extension-debugging'] : []),
    ...(microphone === 'real' ? [] : ['--use-fake-device-for-media-stream']),
    ...(typeof microphone === 'object' ? [`--use-file-for-fake-audio-capture=${microphone.wav}`] : []),
    ...(permission === 'granted' && microphone !== 'real' ? ['--use-fake-ui-for-media-stream'] : []),
    ...(permission === 'denied' ? ['--use-fake-ui-for-media-stream=deny'] : []),
  ];
}
