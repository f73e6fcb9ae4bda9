/** The doors out of popup and side panel: the panel, the tabs, the clipboard, files, and the numbers of the open page. */

import { browser } from 'wxt/browser';
import { openNewTab } from './new-tab';
import { watchOpenPage } from './open-page';
import { numbersOnPage } from './page-list';
import { canOpenPanel, copyText, openPanel, saveText } from './page-doors';
import { openPhoneWindow } from './phone-window';
import { lendsAlone } from './voice-lending';

export function frameDoors(kind: 'popup' | 'sidepanel') {
  return {
    kind,
    openPanel: kind === 'popup' && canOpenPanel() ? () => void leaveForPanel() : null,
    lendsAlone: kind === 'popup' ? lendsAlone : () => false,
    openCallWindow: () => void openPhoneWindow({ forCall: true }).catch(() => undefined),
    openPage: (address: string) => void openTab(address).catch(() => undefined),
    copy: copyText,
    save: saveText,
    close: () => {
      if (kind === 'popup') globalThis.close();
    },
    numbersOnPage: () => numbersOnPage(kind),
    // A popup never outlives the page that it was opened over.
    followPage: kind === 'sidepanel' ? watchOpenPage : null,
  };
}

async function leaveForPanel(): Promise<void> {
  if (await openPanel()) globalThis.close();
}

async function openTab(address: string): Promise<void> {
  const tabs = await browser.tabs.query({}).catch(() => []);
  const open = tabs.find(({ url }) => url === address);
  if (open?.id === undefined) await openNewTab(address);
  else await browser.tabs.update(open.id, { active: true });
}
