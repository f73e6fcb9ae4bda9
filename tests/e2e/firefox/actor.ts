/** One person at one Firefox: what they do, what their phone says of itself, and what the gateway hears of them. */

import type { Account } from '../../../gateway/accounts';
import type { Gateway } from '../../../gateway/gateway';
import type { EngineApi } from '../../../lib/extension/contract';
import { gatewayStorage } from '../../../lib/extension/preset';
import type { CallState } from '../../../lib/phone/model/call-state';
import type { CallView, PhoneSnapshot } from '../../../lib/phone/model/snapshot';
import { ensureFirefox } from '../../../scripts/install/firefox.mjs';
import { until } from '../../../scripts/stage/until';
import { builtFor } from '../harness/build';
import { Ears } from './ears';
import { Firefox } from './firefox';
import { Furniture } from './furniture';

/** What Firefox itself counts (about:webrtc), over all peer connections that live. */
export interface Counters {
  readonly packetsReceived: number;
  readonly energyReceived: number;
  readonly packetsSent: number;
}

type In<P extends CallState['phase']> = CallView & { readonly state: Extract<CallState, { phase: P }> };

/** Firefox gives the microphone to pages in view alone: looking at one page must not hide another. */
const HIDDEN = { toFront: false } as const;

/** What Firefox's own fake microphone hums. */
const HUM_HZ = 1_000;

/** Firefox starts a process a page, on a machine that may be busy. */
const PATIENCE_MS = 20_000;

export class FirefoxActor {
  readonly firefox: Firefox;
  readonly gateway: Gateway;
  readonly furniture: Furniture;
  readonly ears: Ears;
  readonly password: string;
  /** A page of ours that messages are sent from. */
  readonly #desk: string;

  readonly #user: string;

  private constructor(firefox: Firefox, gateway: Gateway, { user, password }: Account, desk: string) {
    this.firefox = firefox;
    this.gateway = gateway;
    this.password = password;
    this.#user = user;
    this.furniture = new Furniture(firefox);
    this.#desk = desk;
    this.ears = new Ears(async (script, ...args) => {
      await firefox.switchTo(desk, HIDDEN);
      return firefox.asPage(script, ...args);
    });
  }

  /** A Firefox whose extension is signed in as that account; the microphone was never asked for. */
  static async open(gateway: Gateway, user: 'alice' | 'bob' = 'alice'): Promise<FirefoxActor> {
    const binary = await ensureFirefox();
    if (binary === null) throw new Error('there is no Firefox, and none could be installed');
    const account = gateway.accounts.find((known) => known.user === user);
    if (account === undefined) throw new Error(`the gateway has no account ${user}`);
    const firefox = await Firefox.launch({ binary, extension: await builtFor('firefox') });
    try {
      const desk = await firefox.openWindow();
      await firefox.goTo(firefox.page('options.html'));
      const actor = new FirefoxActor(firefox, gateway, account, desk);
      await actor.store(gatewayStorage(gateway.port, user, account.password));
      await actor.until('the line is ready', async () =>
        (await actor.snapshot()).lines.some(({ session }) => session.phase === 'ready'),
      );
      await actor.ears.open();
      return actor;
    } catch (error) {
      await firefox.close();
      throw error;
    }
  }

  until<T>(what: string, look: () => T | Promise<T>): ReturnType<typeof until<T>> {
    return until(what, look, PATIENCE_MS);
  }

  async store(items: object): Promise<void> {
    await this.atDesk('await page.browser.storage.local.set(page.JSON.parse(args[0]));', JSON.stringify(items));
  }

  /** Allows the microphone for good, in the welcome page and by Firefox's own prompt. */
  async grant(): Promise<void> {
    await this.#send('background', 'openPermissionPage', []);
    const welcome = await this.page('welcome.html');
    await this.presses(welcome, 'Allow microphone');
    await this.firefox.allowMicrophone({ remember: true });
    await this.until('the engine knows', async () => (await this.snapshot()).microphone.state === 'granted');
  }

  /** Asks the engine as a page of ours would; throws the reason of a failure. */
  async ask<M extends keyof EngineApi>(call: M, ...args: Parameters<EngineApi[M]>): Promise<ReturnType<EngineApi[M]>> {
    return (await this.#send('engine', call, args)) as ReturnType<EngineApi[M]>;
  }

  /** As a press on Call: the background reads the number and sees to the microphone. */
  dial(to: string): Promise<unknown> {
    return this.#send('background', 'dial', [{ to }]);
  }

  snapshot(): Promise<PhoneSnapshot> {
    return this.ask('snapshot');
  }

  /** The newest call, once it is in that phase and as wanted. */
  call<P extends CallState['phase']>(phase: P, wanted: (call: In<P>) => boolean = () => true): Promise<In<P>> {
    return this.until(`a call is ${phase}, as wanted: ${wanted.toString()}`, async () => {
      const call = (await this.snapshot()).calls.at(-1);
      if (call?.state.phase === phase && wanted(call as In<P>)) return call as In<P>;
      throw new Error(JSON.stringify(call ?? null));
    });
  }

  /** The phone beside the page, which lends its microphone while it is open. */
  async openSidebar(): Promise<void> {
    await this.furniture.openSidebar();
    await this.until('the sidebar shows the phone', () =>
      this.atDesk(
        `const views = page.browser.extension.getViews(page.JSON.parse('{"type":"sidebar"}'));
        return views.length > 0 && views[0].document.querySelector('.app') !== null;`,
      ),
    );
  }

  /** Dials, and resolves once both hear each other. */
  async talksTo(number: string): Promise<In<'active'>> {
    const { calls } = await this.snapshot();
    await this.dial(number);
    const call = await this.call('active', ({ id, voice, sound }) => {
      return calls.every((before) => before.id !== id) && voice && sound === 'flowing';
    });
    await this.until('the gateway hears the voice', () => this.gateway.heard(call.legs.id, 400)?.hertz);
    return call;
  }

  /** The loudest tone of what arrives in one of the calls, once it is that one. */
  async hears(hz: number): Promise<void> {
    await this.until(`${String(hz)} Hz are heard`, async () => {
      const heard = await this.ears.hear();
      if (heard.some((sound) => sound.hz !== null && Math.abs(sound.hz - hz) < 12)) return true;
      throw new Error(JSON.stringify(heard));
    });
  }

  async endCalls(): Promise<void> {
    for (const { id, state } of (await this.snapshot()).calls)
      if (state.phase !== 'ended') await this.ask('hangUp', id);
    await this.until('the calls are over', async () =>
      (await this.snapshot()).calls.every(({ state }) => state.phase === 'ended'),
    );
    for (const { id } of (await this.snapshot()).calls) await this.ask('dismiss', id);
    await this.until('the call window is gone', async () => (await this.callWindow()) === null);
  }

  /** The first page of ours at that address, made the current window. */
  page(name: string): Promise<string> {
    return this.until(`${name} is open`, () => this.#windowOf(name));
  }

  openPage(name: string): Promise<string> {
    return this.openTab(this.firefox.page(name));
  }

  async openTab(address: string): Promise<string> {
    // A tab opens in the window that commands go to, and the call window is no place for it.
    await this.firefox.switchTo(this.#desk, HIDDEN);
    const handle = await this.firefox.openWindow();
    await this.firefox.goTo(address);
    return handle;
  }

  async shows(handle: string, text: string): Promise<void> {
    await this.until(`the page shows “${text}”`, async () =>
      String(await this.inWindow(handle, 'return document.body.innerText;')).includes(text),
    );
  }

  /** Presses until the button is there and can be pressed. */
  async presses(handle: string, button: string): Promise<void> {
    await this.until(`“${button}” is pressed`, async () => {
      await this.firefox.switchTo(handle);
      await this.firefox.press(button);
      return true;
    });
  }

  /** What the engine's own document says to a wish for the microphone. */
  async askInBackground(): Promise<unknown> {
    return this.atDesk(
      `const engine = (await page.browser.runtime.getBackgroundPage()).frames[0];
      const wish = page.JSON.parse('{ "audio": true }');
      return engine.navigator.mediaDevices.getUserMedia(wish).then(() => 'given', ({ name }) => name);`,
    );
  }

  /** The desktop shows a notification of that call, with those words. */
  async isNotified(id: string, words: string): Promise<void> {
    await this.until(`a notification says “${words}”`, async () => {
      const shown = await this.furniture.notifications();
      if (shown.some(({ name, title, text }) => name === id && `${title} ${text}`.includes(words))) return true;
      throw new Error(JSON.stringify(shown));
    });
  }

  async isNotNotified(): Promise<void> {
    await this.until('no notification is there', async () => {
      const shown = await this.furniture.notifications();
      if (shown.length === 0) return true;
      throw new Error(JSON.stringify(shown));
    });
  }

  async popupShows(text: string): Promise<void> {
    await this.until(`the popup shows “${text}”`, async () =>
      String(await this.atDesk(`${POPUP} return popup.document.body.innerText;`)).includes(text),
    );
  }

  /** Not a trusted press: Marionette does not reach into the toolbar's popup. */
  async pressesInPopup(button: string): Promise<void> {
    await this.until(`“${button}” is there`, () =>
      this.atDesk(
        `${POPUP}
        const buttons = [...popup.document.querySelectorAll('button')];
        const found = buttons.find((one) => one.textContent.trim() === args[0]);
        found?.click();
        return found !== undefined;`,
        button,
      ),
    );
  }

  /** The tooltip of the toolbar button. */
  async toolbarSays(text: string): Promise<void> {
    await this.until('the toolbar says it', async () => {
      const title = String(await this.atDesk("return page.browser.browserAction.getTitle(page.JSON.parse('{}'));"));
      if (!title.includes(text)) throw new Error(`it says “${title}”`);
      return true;
    });
  }

  /** The handle of the call window; null where there is none. */
  callWindow(): Promise<string | null> {
    return this.#windowOf('call-window.html');
  }

  openCallWindow(): Promise<string> {
    return this.until('the call window is open', () => this.callWindow());
  }

  /** As the person does with the window's own button. */
  async closeCallWindow(): Promise<void> {
    await this.firefox.switchTo(await this.openCallWindow());
    await this.firefox.closeWindow();
  }

  /** Runs the script in that window; `page` is what the page's own scripts see. */
  async inWindow(handle: string, script: string, ...args: readonly unknown[]): Promise<unknown> {
    await this.firefox.switchTo(handle, HIDDEN);
    return this.firefox.inPage(PAGE + script, ...args);
  }

  async counters(): Promise<Counters> {
    return (await this.firefox.inBrowser(COUNT)) as Counters;
  }

  /** The gateway hears the person's hum and nothing of a change-over any more; its frequency. */
  isHeard(): Promise<number> {
    return this.until('the gateway hears the voice', () => {
      const hz = this.#heard()?.hertz ?? 0;
      return Math.abs(hz - HUM_HZ) < 4 ? hz : null;
    });
  }

  /** Packets come on, and nothing is in them. */
  isSilent(): Promise<true> {
    return this.until('the gateway hears silence', () => {
      const heard = this.#heard();
      return heard !== null && heard.silent && heard.packets > 0 && (heard.quietForMs ?? Infinity) < 300;
    });
  }

  close(): Promise<void> {
    return this.firefox.close();
  }

  #heard() {
    const living = this.gateway.calls().find(({ user, phase }) => user === this.#user && phase !== 'ended');
    return living === undefined ? null : this.gateway.heard(living.callId, 400);
  }

  async #windowOf(page: string): Promise<string | null> {
    for (const handle of await this.firefox.windows()) {
      await this.firefox.switchTo(handle, HIDDEN);
      if ((await this.firefox.address()).startsWith(this.firefox.page(page))) return handle;
    }
    return null;
  }

  async #send(to: 'engine' | 'background', call: string, args: readonly unknown[]): Promise<unknown> {
    const sent = await this.atDesk(
      'return page.JSON.stringify(await page.browser.runtime.sendMessage(page.JSON.parse(args[0])));',
      JSON.stringify({ to, call, args }),
    );
    const reply: unknown = JSON.parse(String(sent));
    if (typeof reply === 'object' && reply !== null && 'ok' in reply) return reply.ok;
    throw new Error(`${to}.${call}: ${String(sent)}`);
  }

  /** Runs the script in a page of ours that has no part in a call. */
  atDesk(script: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.inWindow(this.#desk, script, ...args);
  }
}

const POPUP = `const [popup] = page.browser.extension.getViews(page.JSON.parse('{"type":"popup"}'));`;

/** The page as its own scripts see it. */
const PAGE = 'const page = window.wrappedJSObject;\n';

const COUNT = `
  const { WebrtcGlobalInformation } = Services.wm.getMostRecentWindow('navigator:browser');
  const { reports } = await new Promise((resolve) => WebrtcGlobalInformation.getAllStats(resolve));
  const open = reports.filter(({ closed }) => !closed);
  const sum = (list, key) => open.flatMap((report) => report[list] ?? []).reduce((all, one) => all + (one[key] ?? 0), 0);
  return {
    packetsReceived: sum('inboundRtpStreamStats', 'packetsReceived'),
    energyReceived: sum('inboundRtpStreamStats', 'totalAudioEnergy'),
    packetsSent: sum('outboundRtpStreamStats', 'packetsSent'),
  };`;
