/** What stands around the pages in a Firefox window, used as a person does: toolbar popup, sidebar, keys, notifications. */

import { ADDON } from '../../../lib/extension/addon';
import type { Firefox } from './firefox';

/** Not the call window, which has no toolbar. */
const WINDOW = `
  const win = [...Services.wm.getEnumerator('navigator:browser')].find(({ toolbar }) => toolbar.visible);\n`;
const EXTENSION = `const { extension } = WebExtensionPolicy.getByID('${ADDON}');\n`;
/** What Firefox makes of the name for the elements of its windows. */
const WIDGET = ADDON.replaceAll(/[^a-z0-9_-]/g, '_');

const PRIVATE = `
  const { PrivateBrowsingUtils } = ChromeUtils.importESModule('resource://gre/modules/PrivateBrowsingUtils.sys.mjs');
  const secret = [...Services.wm.getEnumerator('navigator:browser')].filter((one) => PrivateBrowsingUtils.isWindowPrivate(one));
  const close = async (one) => {
    const closed = new Promise((closed) => one.addEventListener('unload', closed, { once: true }));
    one.close();
    await closed;
  };\n`;

/** A notification as the desktop got it. */
export interface Toast {
  /** The extension's name for it: a call's id, or a line's. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

export class Furniture {
  readonly #firefox: Firefox;

  constructor(firefox: Firefox) {
    this.#firefox = firefox;
  }

  /** Opens a private window before the others. Resolves with what of ours stands in the toolbars of a normal one and of this. */
  async openPrivateWindow(): Promise<{ readonly normal: boolean; readonly private: boolean }> {
    const buttons = await this.#firefox.inBrowser(`${WINDOW}${EXTENSION}
      const { BrowserWindowTracker } = ChromeUtils.importESModule('resource:///modules/BrowserWindowTracker.sys.mjs');
      const { id } = extension.apiManager.global.browserActionFor(extension).widget;
      win.CustomizableUI.addWidgetToArea(id, win.CustomizableUI.AREA_NAVBAR);
      const opened = await BrowserWindowTracker.promiseOpenWindow({ private: true });
      opened.focus();
      while (Services.focus.activeWindow !== opened) await new Promise((later) => opened.setTimeout(later, 20));
      return { normal: win.document.getElementById(id) !== null, private: opened.document.getElementById(id) !== null };`);
    return buttons as { readonly normal: boolean; readonly private: boolean };
  }

  /** Opens one that is not private, wherever commands go. */
  async openWindow(): Promise<void> {
    await this.#firefox.inBrowser(`
      const { BrowserWindowTracker } = ChromeUtils.importESModule('resource:///modules/BrowserWindowTracker.sys.mjs');
      await BrowserWindowTracker.promiseOpenWindow({ private: false });`);
  }

  /** How many private windows there are. */
  async privateWindows(): Promise<number> {
    const count = await this.#firefox.inBrowser(`${PRIVATE} return secret.length;`);
    return Number(count);
  }

  /** As by their own buttons, the call window too. Commands must go to a private window, for they do not outlive theirs. */
  async closeAllButPrivateWindows(): Promise<void> {
    await this.#firefox.inBrowser(`${PRIVATE}
      const others = [...Services.wm.getEnumerator('navigator:browser')].filter((one) => !secret.includes(one));
      await Promise.all(others.map(close));`);
  }

  async closePrivateWindows(): Promise<void> {
    await this.#firefox.inBrowser(`${PRIVATE} await Promise.all(secret.map(close));`);
  }

  /** Presses the phone's button in the toolbar; the popup is then open. */
  async openPopup(): Promise<void> {
    await this.#firefox.inBrowser(`${WINDOW}${EXTENSION}
      const action = extension.apiManager.global.browserActionFor(extension);
      // A headless window has no room for the menu of extensions to open in.
      win.CustomizableUI.addWidgetToArea(action.widget.id, win.CustomizableUI.AREA_NAVBAR);
      win.focus();
      const open = new Promise((open) => win.addEventListener('popupshown', open, { once: true }));
      action.triggerAction(win);
      await open;`);
  }

  /** As a press anywhere else does; the popup's page is gone then. One that is drawn and not yet before the eyes is waited for. */
  async closePopup(): Promise<void> {
    await this.#firefox.inBrowser(`${WINDOW}${EXTENSION}
      const isHere = () => [...extension.views].some(({ viewType }) => viewType === 'popup');
      const isOpen = (panel) => panel.state === 'open' && panel.querySelector('.webextension-popup-browser') !== null;
      while (isHere()) {
        [...win.document.querySelectorAll('panel')].find(isOpen)?.hidePopup();
        await new Promise((later) => win.requestAnimationFrame(later));
      }`);
  }

  /** As a press there does: its window comes to the front, without which Firefox gives no microphone to what is in it. */
  async openSidebar(): Promise<void> {
    await this.#firefox.inBrowser(`${WINDOW}
      win.focus();
      while (Services.focus.activeWindow !== win) await new Promise((later) => win.setTimeout(later, 20));
      await win.SidebarController.show('${WIDGET}-sidebar-action');`);
  }

  async closeSidebar(): Promise<void> {
    await this.#firefox.inBrowser(`${WINDOW}win.SidebarController.hide();`);
  }

  /** Answers Firefox's own question whether the extension may have more, which must be open or about to open. */
  async answerPermission(answer: 'allow' | 'deny'): Promise<void> {
    await this.#firefox.inBrowser(
      `${WINDOW}
      const { panel } = win.PopupNotifications;
      if (panel.state !== 'open') await new Promise((open) => panel.addEventListener('popupshown', open, { once: true }));
      const question = panel.firstElementChild;
      if (question.id !== 'addon-webext-permissions-notification') throw new Error('another question: ' + question.id);
      const closed = new Promise((closed) => panel.addEventListener('popuphidden', closed, { once: true }));
      (args[0] === 'allow' ? question.button : question.secondaryButton).click();
      await closed;`,
      answer,
    );
  }

  /** Grants a site, as the person does in Firefox's own question. */
  async grantSite(pattern: string): Promise<void> {
    await this.#firefox.inBrowser(
      `${EXTENSION}
      const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
      await ExtensionPermissions.add(extension.id, { permissions: [], origins: [args[0]] }, extension);`,
      pattern,
    );
  }

  /** Firefox asks once a site whether its links may be opened in Holdfast: presses "Open Link". */
  async allowLink(): Promise<void> {
    await this.#firefox.inBrowser(`${WINDOW}
      const isOpen = ({ contentDocument }) =>
        contentDocument?.documentURI.endsWith('handling/permissionDialog.xhtml') && contentDocument.readyState === 'complete';
      const question = () => [...win.document.querySelectorAll('.dialogFrame')].find(isOpen);
      while (!question()) await new Promise((later) => win.requestAnimationFrame(later));
      const accept = question().contentDocument.querySelector('dialog').getButton('accept');
      while (accept.disabled) await new Promise((later) => win.requestAnimationFrame(later));
      accept.click();
      while (question()) await new Promise((later) => win.requestAnimationFrame(later));`);
  }

  /** Chooses our entry of that name in the menu that a right click on a page opened. */
  async chooseInMenu(label: string): Promise<void> {
    await this.#firefox.inBrowser(
      `${WINDOW}
      const menu = win.document.getElementById('contentAreaContextMenu');
      if (menu.state !== 'open') await new Promise((open) => menu.addEventListener('popupshown', open, { once: true }));
      const ours = [...menu.querySelectorAll('menuitem[id^="${WIDGET}"]')].filter(({ hidden }) => !hidden);
      const chosen = ours.find((item) => item.label === args[0]);
      if (chosen === undefined) throw new Error('it offers ' + ours.map((item) => item.label).join(', '));
      const closed = new Promise((closed) => menu.addEventListener('popuphidden', closed, { once: true }));
      menu.activateItem(chosen);
      await closed;`,
      label,
    );
  }

  /** What Firefox does when the keys of one of our commands are pressed: Alt, Shift and that letter. */
  async pressShortcut(letter: string): Promise<void> {
    await this.#firefox.inBrowser(
      `${WINDOW}
      const keys = [...win.document.querySelectorAll('keyset[id^="ext-keyset-id"] key')];
      const bound = keys.find((key) => key.getAttribute('key') === args[0]);
      const modifiers = bound?.getAttribute('modifiers') ?? '';
      if (!modifiers.includes('alt') || !modifiers.includes('shift')) throw new Error('no such key: ' + bound?.outerHTML);
      bound.doCommand();`,
      letter,
    );
  }

  /**
   * From now on notifications go to a desktop of ours instead of none: a headless Firefox has nobody to show them to. It goes
   * with the oldest window.
   */
  async watchNotifications(): Promise<void> {
    await this.#firefox.inBrowser(`${WINDOW}
      const shown = new Map();
      const desktop = {
        QueryInterface: ChromeUtils.generateQI(['nsIAlertsService']),
        showAlert(alert, listener) {
          shown.set(alert.name, { alert, listener });
          listener?.observe(null, 'alertshow', alert.cookie);
        },
        closeAlert(name) {
          const toast = shown.get(name);
          shown.delete(name);
          toast?.listener?.observe(null, 'alertfinished', toast.alert.cookie);
        },
      };
      const factory = {
        QueryInterface: ChromeUtils.generateQI(['nsIFactory']),
        createInstance: (id) => desktop.QueryInterface(id),
      };
      const id = Components.ID(Services.uuid.generateUUID().toString());
      Components.manager
        .QueryInterface(Ci.nsIComponentRegistrar)
        .registerFactory(id, 'The desktop', '@mozilla.org/alerts-service;1', factory);
      win.stageToasts = shown;`);
  }

  async notifications(): Promise<readonly Toast[]> {
    const shown = await this.#firefox.inBrowser(`${WINDOW}
      return [...win.stageToasts.values()].map(({ alert: { name, title, text } }) => ({ name, title, text }));`);
    return shown as readonly Toast[];
  }

  /**
   * Presses the notification of that name as soon as one with these words is there; it goes by that. Firefox takes one away
   * before it has read the picture of the next one of the same name: in between there is none.
   */
  async pressNotification(name: string, words: string): Promise<void> {
    await this.#firefox.inBrowser(
      `${WINDOW}
      const says = (toast) => toast !== undefined && (toast.alert.title + ' ' + toast.alert.text).includes(args[1]);
      while (!says(win.stageToasts.get(args[0]))) await new Promise((later) => win.requestAnimationFrame(later));
      const { alert, listener } = win.stageToasts.get(args[0]);
      win.stageToasts.delete(args[0]);
      listener.observe(null, 'alertclickcallback', alert.cookie);
      listener.observe(null, 'alertfinished', alert.cookie);`,
      name,
      words,
    );
  }
}
