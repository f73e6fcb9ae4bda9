/** A real Firefox with the built extension in it, driven over Marionette, with a profile of its own that goes with it. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { ADDON } from '../../../lib/extension/addon';
import { Marionette } from './marionette';
import { forgetProfile, makeProfile, UUID } from './profile';
import type { SoundCard } from './sound-card';

/** A server that is named is not started by itself. */
const NO_SOUND = 'unix:/dev/null';
const EXTENSION = `moz-extension://${UUID}`;
/** Then it is ended by force. */
const QUITS_WITHIN_MS = 20_000;
/** The window with the toolbar: the call window has none, and asks nothing. */
const WINDOW = `
  const win = [...Services.wm.getEnumerator('navigator:browser')].find(({ toolbar }) => toolbar.visible);\n`;

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
    const profile = await makeProfile(managed);
    const args = ['--headless', '--marionette', '--remote-allow-system-access', '--profile', profile, '--no-remote'];
    const process = spawn(binary, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...globalThis.process.env, HOME: profile, PULSE_SERVER: sound?.server ?? NO_SOUND },
    });
    try {
      const marionette = await Marionette.open(await listening(process));
      await marionette.send('WebDriver:NewSession', {});
      await marionette.send('WebDriver:SetTimeouts', { script: 60_000, pageLoad: 60_000 });
      if (extension !== undefined) await marionette.send('Addon:Install', { path: extension, temporary: true });
      return new Firefox(process, marionette, profile);
    } catch (error) {
      await ended(process, 0);
      await forgetProfile(profile);
      throw error;
    }
  }

  page(path: string): string {
    return `${EXTENSION}/${path}`;
  }

  async goTo(url: string): Promise<void> {
    await this.#marionette.send('WebDriver:Navigate', { url });
  }

  /** As the back button does; resolves when the page before is shown. */
  async goBack(): Promise<void> {
    await this.#marionette.send('WebDriver:Back');
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
      `${WINDOW}
      const { panel } = win.PopupNotifications;
      if (panel.state !== 'open') await new Promise((open) => panel.addEventListener('popupshown', open, { once: true }));
      const prompt = panel.firstElementChild;
      if (prompt.id !== 'webRTC-shareDevices-notification') throw new Error('another prompt: ' + prompt.id);
      prompt.checkbox.checked = args[0];
      prompt.button.click();`,
      remember,
    );
  }

  /** The prompt before was answered, or taken back, and is not to be seen any more. */
  async noPromptIsOpen(): Promise<void> {
    await this.inBrowser(`${WINDOW}
      const { panel } = win.PopupNotifications;
      while (panel.state !== 'closed') await new Promise((later) => win.requestAnimationFrame(later));`);
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
    // Firefox closes the connection while it answers this one; its pages are still to go then, each with a last word.
    this.#marionette.send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => undefined);
    await ended(this.#process, QUITS_WITHIN_MS);
    this.#marionette.close();
    await forgetProfile(this.#profile);
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

/** Resolves when the process is gone: by itself, or killed after that time. */
async function ended(process: ChildProcess, withinMs: number): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const gone = once(process, 'exit');
  const force = setTimeout(() => process.kill('SIGKILL'), withinMs);
  await gone;
  clearTimeout(force);
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
