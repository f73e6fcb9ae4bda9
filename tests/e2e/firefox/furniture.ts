/** What stands around the pages in a Firefox window, used as a person does: toolbar popup, sidebar, keys, notifications. */

import type { Firefox } from './firefox';

const WINDOW = "const win = Services.wm.getMostRecentWindow('navigator:browser');\n";
const EXTENSION = "const { extension } = WebExtensionPolicy.getByID('holdfast@holdfast.example');\n";

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

  /** As a press anywhere else does. */
  async closePopup(): Promise<void> {
    await this.#firefox.inBrowser(`${WINDOW}
      const panel = win.document.getElementById('customizationui-widget-panel');
      const closed = new Promise((closed) => panel.addEventListener('popuphidden', closed, { once: true }));
      panel.hidePopup();
      await closed;`);
  }

  async openSidebar(): Promise<void> {
    await this.#firefox.inBrowser(`${WINDOW}
      await win.SidebarController.show('holdfast_holdfast_example-sidebar-action');`);
  }

  async closeSidebar(): Promise<void> {
    await this.#firefox.inBrowser(`${WINDOW}win.SidebarController.hide();`);
  }

  /** The keys of a command of the extension, pressed in the browser's window. */
  async pressShortcut(key: string): Promise<void> {
    await this.#firefox.inBrowser(
      `${WINDOW}
      const tip = Cc['@mozilla.org/text-input-processor;1'].createInstance(Ci.nsITextInputProcessor);
      win.focus();
      if (!tip.beginInputTransactionForTests(win)) throw new Error('no keys can be pressed');
      const event = (key, code) => new win.KeyboardEvent('', { key, code });
      const held = [event('Alt', 'AltLeft'), event('Shift', 'ShiftLeft')];
      for (const modifier of held) tip.keydown(modifier);
      tip.keydown(event(args[0], 'Key' + args[0]));
      tip.keyup(event(args[0], 'Key' + args[0]));
      for (const modifier of held.reverse()) tip.keyup(modifier);`,
      key,
    );
  }

  /** From now on notifications go to a desktop of ours instead of none: a headless Firefox has nobody to show them to. */
  async watchNotifications(): Promise<void> {
    await this.#firefox.inBrowser(`
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
      Services.wm.getMostRecentWindow('navigator:browser').stageToasts = shown;`);
  }

  async notifications(): Promise<readonly Toast[]> {
    const shown = await this.#firefox.inBrowser(`${WINDOW}
      return [...win.stageToasts.values()].map(({ alert: { name, title, text } }) => ({ name, title, text }));`);
    return shown as readonly Toast[];
  }

  /** Presses the notification of that name, which goes by that. */
  async pressNotification(name: string): Promise<void> {
    await this.#firefox.inBrowser(
      `${WINDOW}
      const { alert, listener } = win.stageToasts.get(args[0]);
      win.stageToasts.delete(args[0]);
      listener.observe(null, 'alertclickcallback', alert.cookie);
      listener.observe(null, 'alertfinished', alert.cookie);`,
      name,
    );
  }
}
