/** Makes sure that the engine's document exists. Chrome: the one offscreen document of the extension. */

import { browser } from 'wxt/browser';

const PAGE = 'offscreen.html';

let creating: Promise<void> | null = null;

/** Resolves when the document is there; calls at the same time share one creation, since a second would be rejected. */
export async function ensureEngine(): Promise<void> {
  if (await engineExists()) return;
  creating ??= create().finally(() => {
    creating = null;
  });
  await creating;
}

export async function engineExists(): Promise<boolean> {
  const found = await chrome.runtime.getContexts({
    contextTypes: [chrome.runtime.ContextType.OFFSCREEN_DOCUMENT],
    documentUrls: [browser.runtime.getURL(`/${PAGE}`)],
  });
  return found.length > 0;
}

// All three reasons: with AUDIO_PLAYBACK alone Chrome closes the document after half a minute of silence.
async function create(): Promise<void> {
  const { Reason } = chrome.offscreen;
  await chrome.offscreen.createDocument({
    url: PAGE,
    reasons: [Reason.USER_MEDIA, Reason.WEB_RTC, Reason.AUDIO_PLAYBACK],
    justification: 'Holds the phone call: microphone, connection and sound, while no window is open.',
  });
}
