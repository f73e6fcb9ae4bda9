/** The context menu: "Call ..." on selected text and on links that hold a number. */

import { browser } from 'wxt/browser';
import { t } from '../../lib/extension/i18n';
import type { Log } from '../../lib/phone/ports';

const SELECTION = 'call-selection';
const LINK = 'call-link';

/** Must be called on the first tick. `dialText` takes what was selected, or the link's address. */
export function listenToMenu(dialText: (text: string) => Promise<void>, log: Log): void {
  browser.contextMenus.onClicked.addListener((info) => {
    const text = info.menuItemId === LINK ? info.linkUrl : info.selectionText;
    if (text === undefined) return;
    dialText(text).catch((thrown: unknown) => log.warn('the menu could not call', { thrown: String(thrown) }));
  });
}

/** Chrome keeps the entries across the worker's deaths; made anew at install and start, so that they fit the language. */
export async function makeMenu(): Promise<void> {
  await browser.contextMenus.removeAll();
  // `%s` is filled by the browser with the selected text.
  browser.contextMenus.create({ id: SELECTION, title: t('menu_call_selection', '%s'), contexts: ['selection'] });
  browser.contextMenus.create({
    id: LINK,
    title: t('menu_call_link'),
    contexts: ['link'],
    targetUrlPatterns: ['tel:*', 'callto:*', 'sip:*', 'sips:*'],
  });
}
