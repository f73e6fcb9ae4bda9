/** One person at one Firefox: what they do, what their phone says of itself, and what the gateway hears of them. */

import type { Account } from '../../../gateway/accounts';
import type { Gateway } from '../../../gateway/gateway';
import type { EngineApi } from '../../../lib/extension/contract';
import type { CallState } from '../../../lib/phone/model/call-state';
import type { CallView, PhoneSnapshot } from '../../../lib/phone/model/snapshot';
import { ensureFirefox } from '../../../scripts/install/firefox.mjs';
import { builtFor } from '../harness/build';
import { PLAYED, storageIn } from '../harness/dialects';
import { killExtensions } from './crash';
import { Ears } from './ears';
import { Firefox } from './firefox';
import { Furniture } from './furniture';
import { patiently } from './patience';
import type { SoundCard } from './sound-card';
import { Windows } from './windows';

/** What Firefox itself counts (about:webrtc), over all peer connections that live. */
export interface Counters {
  readonly packetsReceived: number;
  readonly energyReceived: number;
  readonly packetsSent: number;
}

type In<P extends CallState['phase']> = CallView & { readonly state: Extract<CallState, { phase: P }> };

/** What Firefox's own fake microphone hums. */
const HUM_HZ = 1_000;

interface Person {
  readonly user?: 'alice' | 'bob';
  /** None: nothing is played, and nothing that mixes sound runs. */
  readonly sound?: SoundCard;
  /** What an administrator set, an account among it: then the person brings none. */
  readonly managed?: object;
}

export class FirefoxActor {
  readonly firefox: Firefox;
  readonly gateway: Gateway;
  windows: Windows;
  readonly furniture: Furniture;
  readonly ears: Ears;
  readonly password: string;
  readonly #user: string;

  private constructor(firefox: Firefox, windows: Windows, gateway: Gateway, { user, password }: Account) {
    this.firefox = firefox;
    this.windows = windows;
    this.gateway = gateway;
    this.password = password;
    this.#user = user;
    this.furniture = new Furniture(firefox);
    this.ears = new Ears((script, ...args) => this.windows.asDesk(script, ...args));
  }

  /** A Firefox whose extension is signed in as that account; the microphone was never asked for. */
  static async open(gateway: Gateway, { user = 'alice', sound, managed }: Person = {}): Promise<FirefoxActor> {
    const binary = await ensureFirefox();
    if (binary === null) throw new Error('there is no Firefox, and none could be installed');
    const account = gateway.accounts.find((known) => known.user === user);
    if (account === undefined) throw new Error(`the gateway has no account ${user}`);
    const given = { ...(sound && { sound }), ...(managed && { managed }) };
    const firefox = await Firefox.launch({ binary, extension: await builtFor('firefox'), ...given });
    try {
      const actor = new FirefoxActor(firefox, await Windows.of(firefox), gateway, account);
      if (managed === undefined) await actor.store(storageIn(PLAYED, gateway.port, account));
      await patiently('the line is ready', async () =>
        (await actor.snapshot()).lines.some(({ session }) => session.phase === 'ready'),
      );
      await actor.ears.open();
      return actor;
    } catch (error) {
      await firefox.close();
      throw error;
    }
  }

  async store(items: object): Promise<void> {
    await this.windows.atDesk('await page.browser.storage.local.set(page.JSON.parse(args[0]));', JSON.stringify(items));
  }

  /** Allows the microphone for good, in the welcome page and by Firefox's own prompt. */
  async grant(): Promise<void> {
    await this.#send('background', 'openPermissionPage', []);
    const welcome = await this.windows.page('welcome.html');
    await this.windows.presses(welcome, 'Allow microphone');
    await this.firefox.allowMicrophone({ remember: true });
    await patiently('the engine knows', async () => (await this.snapshot()).microphone.state === 'granted');
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
    return patiently(`a call is ${phase}, as wanted: ${wanted.toString()}`, async () => {
      const call = (await this.snapshot()).calls.at(-1);
      if (call?.state.phase === phase && wanted(call as In<P>)) return call as In<P>;
      throw new Error(JSON.stringify(call ?? null));
    });
  }

  /** The phone beside the page, which lends its microphone while it is open. */
  async openSidebar(): Promise<void> {
    await this.closeSidebar();
    await this.furniture.openSidebar();
    await this.windows.sidebarIsOpen();
    await patiently('the sidebar lends', () => this.ears.hasLender());
  }

  async closeSidebar(): Promise<void> {
    await this.furniture.closeSidebar();
    await this.windows.sidebarIsClosed();
  }

  /** Dials, and resolves once both hear each other. */
  async talksTo(number: string): Promise<In<'active'>> {
    const { calls } = await this.snapshot();
    await this.dial(number);
    const call = await this.call('active', ({ id, voice, sound }) => {
      return calls.every((before) => before.id !== id) && voice && sound === 'flowing';
    });
    await patiently('the gateway hears the voice', () => this.gateway.heard(call.legs.id, 400)?.hertz);
    return call;
  }

  /** These talks are written down, so that another life of the engine knows of them. */
  async areKept(...calls: readonly Pick<CallView, 'legs'>[]): Promise<void> {
    await patiently('the calls are kept', async () => {
      const kept = await this.windows.atDesk(
        "return page.JSON.stringify(await page.browser.storage.local.get('resume'));",
      );
      const text = String(kept);
      return calls.every(({ legs }) => text.includes(legs.id)) && !text.includes('"answeredAt":null');
    });
  }

  /** The loudest tone of what arrives in one of the calls, once it is that one. */
  async hears(hz: number): Promise<void> {
    await patiently(`${String(hz)} Hz are heard`, async () => {
      const heard = await this.ears.hear();
      if (heard.some((sound) => sound.hz !== null && Math.abs(sound.hz - hz) < 12)) return true;
      throw new Error(JSON.stringify(heard));
    });
  }

  /** The extension ends and starts again, as at an update; its pages go with it. */
  async startAnew(): Promise<void> {
    await this.firefox.reloadExtension();
    await this.#returns();
  }

  /** Opens a private window and closes all others, the desk too: until `opensDesk` nothing can be asked of the engine. */
  async staysPrivate(): Promise<void> {
    await this.furniture.openPrivateWindow();
    await this.windows.toPage('about:privatebrowsing');
    await this.furniture.closeAllButPrivateWindows();
    await this.furniture.watchNotifications();
  }

  /** In a window of its own, which is no private one, beside a private one. */
  async opensDesk(): Promise<void> {
    await this.windows.toPage('about:privatebrowsing');
    await this.furniture.openWindow();
    await this.windows.toPage('about:blank');
    this.windows = await Windows.of(this.firefox);
    await this.ears.open();
  }

  /** The process of all extensions dies in the middle of what it does, and Firefox starts another. */
  async crash(): Promise<void> {
    await killExtensions(this.firefox);
    await this.#returns();
  }

  async endCalls(): Promise<void> {
    for (const { id, state } of (await this.snapshot()).calls)
      if (state.phase !== 'ended') await this.ask('hangUp', id);
    await patiently('the calls are over', async () =>
      (await this.snapshot()).calls.every(({ state }) => state.phase === 'ended'),
    );
    await patiently('the gateway knows', () =>
      this.gateway.calls().every(({ user, phase }) => user !== this.#user || phase === 'ended'),
    );
    for (const { id } of (await this.snapshot()).calls) await this.ask('dismiss', id);
    await patiently('the call window is gone', async () => (await this.windows.callWindow()) === null);
  }

  /** What the engine's own document says to a wish for the microphone. */
  async askInBackground(): Promise<unknown> {
    return this.windows.atDesk(
      `const engine = (await page.browser.runtime.getBackgroundPage()).frames[0];
      const wish = page.JSON.parse('{ "audio": true }');
      return engine.navigator.mediaDevices.getUserMedia(wish).then(() => 'given', ({ name }) => name);`,
    );
  }

  /** What the engine's own document says to the system's own loudspeaker, and to one that is not there. */
  async choosesSpeakers(): Promise<unknown> {
    return this.windows.atDesk(
      `const engine = (await page.browser.runtime.getBackgroundPage()).frames[0];
      const audio = engine.document.createElement('audio');
      const choose = (device) => audio.setSinkId(device).then(() => 'taken', ({ name }) => name);
      return [await choose(''), await choose('nobody')];`,
    );
  }

  /** The desktop shows a notification of that call, with those words. */
  async isNotified(id: string, words: string): Promise<void> {
    await patiently(`a notification says “${words}”`, async () => {
      const shown = await this.furniture.notifications();
      if (shown.some(({ name, title, text }) => name === id && `${title} ${text}`.includes(words))) return true;
      throw new Error(JSON.stringify(shown));
    });
  }

  async isNotNotified(): Promise<void> {
    await patiently('no notification is there', async () => {
      const shown = await this.furniture.notifications();
      if (shown.length === 0) return true;
      throw new Error(JSON.stringify(shown));
    });
  }

  async counters(): Promise<Counters> {
    return (await this.firefox.inBrowser(COUNT)) as Counters;
  }

  /** The gateway hears the person's hum and nothing of a change-over any more; its frequency. */
  isHeard(): Promise<number> {
    return patiently('the gateway hears the voice', () => {
      const hz = this.#heard()?.hertz ?? 0;
      return Math.abs(hz - HUM_HZ) < 4 ? hz : null;
    });
  }

  /** Packets come on, and nothing is in them. */
  isSilent(): Promise<true> {
    return patiently('the gateway hears silence', () => {
      const heard = this.#heard();
      return heard !== null && heard.silent && heard.packets > 0 && (heard.quietForMs ?? Infinity) < 300;
    });
  }

  close(): Promise<void> {
    return this.firefox.close();
  }

  /** To a desk of the extension's next life. */
  async #returns(): Promise<void> {
    const [tab] = await this.firefox.windows();
    if (tab === undefined) throw new Error('Firefox has no window');
    await this.firefox.switchTo(tab);
    this.windows = await Windows.of(this.firefox);
    await patiently('the engine is back', () => this.snapshot());
    await this.ears.open();
  }

  #heard() {
    const living = this.gateway.calls().find(({ user, phase }) => user === this.#user && phase !== 'ended');
    return living === undefined ? null : this.gateway.heard(living.callId, 400);
  }

  async #send(to: 'engine' | 'background', call: string, args: readonly unknown[]): Promise<unknown> {
    const sent = await this.windows.atDesk(
      'return page.JSON.stringify(await page.browser.runtime.sendMessage(page.JSON.parse(args[0])));',
      JSON.stringify({ to, call, args }),
    );
    const reply: unknown = JSON.parse(String(sent));
    if (typeof reply === 'object' && reply !== null && 'ok' in reply) return reply.ok;
    throw new Error(`${to}.${call}: ${String(sent)}`);
  }
}

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
