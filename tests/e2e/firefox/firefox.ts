/** A real Firefox with the built extension in it, driven over Marionette, with a profile of its own that goes with it. */

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Marionette } from './marionette';
import type { SoundCard } from './sound-card';

const ADDON = 'holdfast@holdfast.example';
/** Pinned, so that tests know the addresses of the extension's pages. */
const UUID = '3f1a7c52-5d0e-4c7b-9a21-6b7de0c9a001';
/** A server that is named is not started by itself. */
const NO_SOUND = 'unix:/dev/null';
const EXTENSION = `moz-extension://${UUID}`;

export interface FirefoxOptions {
  readonly binary: string;
  /** Folder of the built extension; none is installed where it is missing. */
  readonly extension?: string;
  /** What an administrator set for the extension: the manifest of managed storage of this one person. */
  readonly managed?: object;
  /** Where it is missing, Firefox finds none, whatever this machine has. */
  readonly sound?: SoundCard;
}

/** A script's body, run in the page; `arguments` holds what was passed, the last one being `done(result)`. */
type Script = string;

export class Firefox {
  readonly #process: ChildProcess;
  readonly #marionette: Marionette;
  readonly #profile: string;
  #closing: Promise<void> | null = null;

  private constructor(process: ChildProcess, marionette: Marionette, profile: string) {
    this.#process = process;
    this.#marionette = marionette;
    this.#profile = profile;
  }

  static async launch({ binary, extension, managed, sound }: FirefoxOptions): Promise<Firefox> {
    const profile = await mkdtemp(join(tmpdir(), 'holdfast-firefox-'));
    await writeFile(join(profile, 'user.js'), preferences());
    if (managed !== undefined) await administer(profile, managed);
    const args = ['--headless', '--marionette', '--remote-allow-system-access', '--profile', profile, '--no-remote'];
    const process = spawn(binary, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...globalThis.process.env, HOME: profile, PULSE_SERVER: sound?.server ?? NO_SOUND },
    });
    const marionette = await Marionette.open(await listening(process));
    await marionette.send('WebDriver:NewSession', {});
    await marionette.send('WebDriver:SetTimeouts', { script: 60_000, pageLoad: 60_000 });
    if (extension !== undefined) await marionette.send('Addon:Install', { path: extension, temporary: true });
    return new Firefox(process, marionette, profile);
  }

  page(path: string): string {
    return `${EXTENSION}/${path}`;
  }

  async goTo(url: string): Promise<void> {
    await this.#marionette.send('WebDriver:Navigate', { url });
  }

  /** Opens another tab or window and makes it the one that commands go to. */
  async openWindow(kind: 'tab' | 'window' = 'tab'): Promise<string> {
    const opened = await this.#marionette.send('WebDriver:NewWindow', { type: kind });
    const handle = stringIn(opened, 'handle');
    await this.switchTo(handle);
    return handle;
  }

  /** Commands go there from now on. A page that is not brought to the front stays hidden where it was. */
  async switchTo(handle: string, { toFront }: { readonly toFront: boolean } = { toFront: true }): Promise<void> {
    await this.#marionette.send('WebDriver:SwitchToWindow', { handle, focus: toFront });
  }

  async windows(): Promise<readonly string[]> {
    const handles = await this.#marionette.send('WebDriver:GetWindowHandles');
    return Array.isArray(handles) ? handles.filter((handle) => typeof handle === 'string') : [];
  }

  /** Of the page in the current window. */
  async address(): Promise<string> {
    return stringIn(await this.#marionette.send('WebDriver:GetCurrentURL'), 'value');
  }

  async closeWindow(): Promise<void> {
    await this.#marionette.send('WebDriver:CloseWindow');
  }

  /** Runs an async function body in the page of the current window. */
  async inPage(script: Script, ...args: readonly unknown[]): Promise<unknown> {
    return this.#run(script, args, 'default');
  }

  /** The same with the page's objects as they are, not as Firefox guards them from foreign scripts. */
  async asPage(script: Script, ...args: readonly unknown[]): Promise<unknown> {
    return this.#run(script, args, null);
  }

  /** Runs with Firefox's own rights, for instance to press the button of a permission prompt. */
  async inBrowser(script: Script, ...args: readonly unknown[]): Promise<unknown> {
    await this.#marionette.send('Marionette:SetContext', { value: 'chrome' });
    try {
      return await this.#run(script, args, 'system');
    } finally {
      await this.#marionette.send('Marionette:SetContext', { value: 'content' });
    }
  }

  /** Clicks the element with a real, trusted press. */
  async click(selector: string): Promise<void> {
    const found = await this.#marionette.send('WebDriver:FindElement', { using: 'css selector', value: selector });
    await this.#marionette.send('WebDriver:ElementClick', { id: elementId(found) });
  }

  /** Moves the mouse to a place of the page in the current window (CSS pixels of its viewport). */
  async moveTo(x: number, y: number): Promise<void> {
    await this.#mouse([{ type: 'pointerMove', x, y, duration: 0, origin: 'viewport' }]);
  }

  /** A trusted click at that place. */
  async clickAt(x: number, y: number, which: 'left' | 'right' = 'left'): Promise<void> {
    const button = which === 'left' ? 0 : 2;
    await this.#mouse([
      { type: 'pointerMove', x, y, duration: 0, origin: 'viewport' },
      { type: 'pointerDown', button },
      { type: 'pointerUp', button },
    ]);
  }

  async #mouse(actions: readonly object[]): Promise<void> {
    const pointer = { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions };
    await this.#marionette.send('WebDriver:PerformActions', { actions: [pointer] });
  }

  /** Presses the button of that name; rejects where there is none, or it cannot be pressed. */
  async press(name: string): Promise<void> {
    const value = `//button[normalize-space(.)="${name}" or @aria-label="${name}"]`;
    const found = await this.#marionette.send('WebDriver:FindElement', { using: 'xpath', value });
    await this.#marionette.send('WebDriver:ElementClick', { id: elementId(found) });
  }

  /** Presses Allow in the real microphone prompt, which must be open or about to open; `remember` makes it last. */
  async allowMicrophone({ remember }: { readonly remember: boolean }): Promise<void> {
    await this.inBrowser(
      `const { PopupNotifications } = Services.wm.getMostRecentWindow('navigator:browser');
      const { panel } = PopupNotifications;
      if (panel.state !== 'open') await new Promise((open) => panel.addEventListener('popupshown', open, { once: true }));
      const prompt = panel.firstElementChild;
      if (prompt.id !== 'webRTC-shareDevices-notification') throw new Error('another prompt: ' + prompt.id);
      prompt.checkbox.checked = args[0];
      prompt.button.click();`,
      remember,
    );
  }

  /** Ends the extension and starts it again; resolves when its background page runs. */
  async reloadExtension(): Promise<void> {
    await this.inBrowser(
      `const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
      await (await AddonManager.getAddonByID(args[0])).reload();
      const { extension } = WebExtensionPolicy.getByID(args[0]);
      await extension.promiseBackgroundStarted?.();`,
      ADDON,
    );
  }

  async screenshot(): Promise<Buffer> {
    const taken = await this.#marionette.send('WebDriver:TakeScreenshot', { full: false });
    return Buffer.from(stringIn(taken, 'value'), 'base64');
  }

  /** Quits it, as a person does; idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#quit();
    return this.#closing;
  }

  async #quit(): Promise<void> {
    const gone = new Promise<void>((resolve) => {
      this.#process.once('exit', () => resolve());
    });
    // Firefox closes the connection while it answers this one.
    await this.#marionette.send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => undefined);
    this.#marionette.close();
    this.#process.kill('SIGKILL');
    if (this.#process.exitCode === null && this.#process.signalCode === null) await gone;
    await rm(this.#profile, { recursive: true, force: true });
  }

  async #run(script: Script, args: readonly unknown[], sandbox: string | null): Promise<unknown> {
    const body = `const done = arguments[arguments.length - 1];
      (async (...args) => { ${script} })(...[...arguments].slice(0, -1))
        .then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const sent = await this.#marionette.send('WebDriver:ExecuteAsyncScript', { script: body, args, sandbox });
    const outcome = isRecord(sent) ? sent['value'] : undefined;
    if (isRecord(outcome) && typeof outcome['error'] === 'string') throw new Error(outcome['error']);
    return isRecord(outcome) ? outcome['value'] : undefined;
  }
}

/** As docs/ADMINISTRATORS.md says, in the home folder that this Firefox has. */
async function administer(home: string, data: object): Promise<void> {
  const folder = join(home, '.mozilla/managed-storage');
  await mkdir(folder, { recursive: true });
  const manifest = { name: ADDON, description: 'Settings of Holdfast', type: 'storage', data };
  await writeFile(join(folder, `${ADDON}.json`), JSON.stringify(manifest));
}

/** The port that Firefox chose, as it says itself; rejects where it ends before. */
function listening(process: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const port = /Marionette\s+INFO\s+Listening on port (\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    process.stdout?.on('data', hear);
    process.stderr?.on('data', hear);
    process.once('exit', (code) => reject(new Error(`Firefox ended with code ${code} before it listened: ${said}`)));
  });
}

/** Quiet, and with a microphone that is not there; permissions are asked as for anybody. */
function preferences(): string {
  const wanted: Record<string, string | number | boolean> = {
    'marionette.port': 0,
    'extensions.webextensions.uuids': JSON.stringify({ [ADDON]: UUID }),
    'browser.shell.checkDefaultBrowser': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'toolkit.telemetry.enabled': false,
    'app.update.disabledForTesting': true,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'browser.aboutwelcome.enabled': false,
    'browser.startup.page': 0,
    // A press on a prompt counts at once, not only after the half second that guards people from misclicks.
    'security.notification_enable_delay': 0,
    'security.dialog_enable_delay': 0,
    'media.navigator.streams.fake': true,
    'media.peerconnection.ice.loopback': true,
  };
  return Object.entries(wanted)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('');
}

function elementId(found: unknown): string {
  const element = isRecord(found) ? found['value'] : undefined;
  const id = isRecord(element) ? Object.values(element)[0] : undefined;
  if (typeof id !== 'string') throw new Error('Firefox named no element');
  return id;
}

function stringIn(value: unknown, key: string): string {
  const found = isRecord(value) ? value[key] : undefined;
  if (typeof found !== 'string') throw new Error(`Firefox said no ${key}`);
  return found;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
