/** The pages that are open in one Firefox, and the extension's among them: found, read and pressed. */

import type { Place } from '../../../lib/extension/window-place';
import type { Firefox } from './firefox';
import { patiently } from './patience';

/** Firefox gives the microphone to pages in view alone: looking at one page must not hide another. */
const HIDDEN = { toFront: false } as const;

export class Windows {
  readonly #firefox: Firefox;
  /** A page of ours that has no part in a call: messages are sent from it. */
  readonly #desk: string;

  private constructor(firefox: Firefox, desk: string) {
    this.#firefox = firefox;
    this.#desk = desk;
  }

  static async of(firefox: Firefox): Promise<Windows> {
    const desk = await firefox.openWindow();
    await firefox.goTo(firefox.page('options.html'));
    return new Windows(firefox, desk);
  }

  /** Runs the script in that window; `page` is what the page's own scripts see. */
  async run(handle: string, script: string, ...args: readonly unknown[]): Promise<unknown> {
    await this.#firefox.switchTo(handle, HIDDEN);
    return this.#firefox.inPage(PAGE + script, ...args);
  }

  /** Runs the script in a page of ours that has no part in a call. */
  atDesk(script: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.run(this.#desk, script, ...args);
  }

  /** The same with the page's objects as they are, not as Firefox guards them from foreign scripts. */
  async asDesk(script: string, ...args: readonly unknown[]): Promise<unknown> {
    await this.#firefox.switchTo(this.#desk, HIDDEN);
    return this.#firefox.asPage(script, ...args);
  }

  /** The first page of ours at that address, made the current window. */
  page(name: string): Promise<string> {
    return patiently(`${name} is open`, () => this.#windowOf(name));
  }

  /** Commands go to the first tab with that address, which is none of ours. */
  async toPage(address: string): Promise<void> {
    await patiently(`${address} is open`, async () => {
      for (const handle of await this.#firefox.windows()) {
        await this.#firefox.switchTo(handle, HIDDEN);
        if ((await this.#firefox.address()) === address) return true;
      }
      return false;
    });
  }

  openPage(name: string): Promise<string> {
    return this.openTab(this.#firefox.page(name));
  }

  async openTab(address: string): Promise<string> {
    // A tab opens in the window that commands go to, and the call window is no place for it.
    await this.#firefox.switchTo(this.#desk, HIDDEN);
    const handle = await this.#firefox.openWindow();
    await this.#firefox.goTo(address);
    return handle;
  }

  async close(handle: string): Promise<void> {
    await this.#firefox.switchTo(handle);
    await this.#firefox.closeWindow();
    // Commands that go to a window that is gone are refused.
    await this.#firefox.switchTo(this.#desk, HIDDEN);
  }

  async shows(handle: string, text: string): Promise<void> {
    await patiently(`the page shows “${text}”`, async () =>
      String(await this.run(handle, 'return document.body.innerText;')).includes(text),
    );
  }

  /** Presses until the button is there and can be pressed. */
  async presses(handle: string, button: string): Promise<void> {
    await patiently(`“${button}” is pressed`, async () => {
      await this.#firefox.switchTo(handle);
      await this.#firefox.press(button);
      return true;
    });
  }

  /** Presses until it is so: Firefox may say that a press failed because of what the press did. */
  async pressesUntil(handle: string, button: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
    await patiently(`a press on “${button}” is heard`, async () => {
      if (await isSo()) return true;
      await this.#firefox.switchTo(handle);
      await this.#firefox.press(button);
      return isSo();
    });
  }

  async popupShows(text: string): Promise<void> {
    await patiently(`the popup shows “${text}”`, async () =>
      String(await this.atDesk(`${POPUP} return popup.document.body.innerText;`)).includes(text),
    );
  }

  /** Not a trusted press: Marionette does not reach into the toolbar's popup. */
  async pressesInPopup(button: string): Promise<void> {
    await patiently(`“${button}” is there`, () =>
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

  async sidebarIsOpen(): Promise<void> {
    await patiently('the sidebar shows the phone', () =>
      this.atDesk(`${SIDEBAR} return sidebar?.document.querySelector('.app') != null;`),
    );
  }

  async sidebarIsClosed(): Promise<void> {
    await patiently('the sidebar is gone', () => this.atDesk(`${SIDEBAR} return sidebar === undefined;`));
  }

  /** The tooltip of the toolbar button. */
  async toolbarSays(text: string): Promise<void> {
    await patiently('the toolbar says it', async () => {
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
    return patiently('the call window is open', () => this.callWindow());
  }

  /** As the person does with the window's own button. */
  async closeCallWindow(): Promise<void> {
    await this.close(await this.openCallWindow());
  }

  async isTitled(handle: string, title: string): Promise<void> {
    await patiently(`the window is titled “${title}”`, async () => {
      const now = String(await this.run(handle, 'return document.title;'));
      if (now !== title) throw new Error(`it is titled “${now}”`);
      return true;
    });
  }

  /** As the person does by its edges; resolves when its page knows. */
  async movesTo(handle: string, place: Place): Promise<void> {
    await this.run(
      handle,
      `const { id } = await page.browser.windows.getCurrent();
      await page.browser.windows.update(id, page.JSON.parse(args[0]));`,
      JSON.stringify(place),
    );
    await this.standsAt(handle, place);
  }

  async standsAt(handle: string, place: Place): Promise<void> {
    await patiently('the window stands there', async () => {
      const now = await this.run(
        handle,
        'return { left: screenX, top: screenY, width: outerWidth, height: outerHeight };',
      );
      if (JSON.stringify(now) !== JSON.stringify(place)) throw new Error(`it stands at ${JSON.stringify(now)}`);
      return true;
    });
  }

  async #windowOf(page: string): Promise<string | null> {
    for (const handle of await this.#firefox.windows()) {
      // One that closes meanwhile is not the one.
      const address = await this.#firefox.switchTo(handle, HIDDEN).then(
        () => this.#firefox.address(),
        () => '',
      );
      if (address.startsWith(this.#firefox.page(page))) return handle;
    }
    return null;
  }
}

const SIDEBAR = `const [sidebar] = page.browser.extension.getViews(page.JSON.parse('{"type":"sidebar"}'));`;
const POPUP = `const [popup] = page.browser.extension.getViews(page.JSON.parse('{"type":"popup"}'));`;

/** The page as its own scripts see it. */
const PAGE = 'const page = window.wrappedJSObject;\n';
