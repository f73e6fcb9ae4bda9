/** A port from the engine to the background while a call lives: its end tells at once that the engine is gone. */

import { browser } from 'wxt/browser';
import { isOurPage } from './trust';

const PORT = 'lifeline';
const ENGINE_PAGE = '/offscreen.html';

/**
 * In the engine: call it whenever calls came or went. A port does not keep the worker alive, but its death ends the port:
 * then a new one wakes it, so that there is always somebody to notice the engine's own end.
 */
export function createLifeline(): (wanted: boolean) => void {
  let port: ReturnType<typeof browser.runtime.connect> | null = null;
  let wanted = false;
  const connect = (): void => {
    const opened = browser.runtime.connect({ name: PORT });
    port = opened;
    opened.onDisconnect.addListener(() => {
      if (port !== opened) return;
      port = null;
      if (wanted) connect();
    });
  };
  return (want) => {
    wanted = want;
    if (wanted && port === null) connect();
    if (wanted || port === null) return;
    port.disconnect();
    port = null;
  };
}

/** In the background, on the first tick: `ended` is told whenever the engine's port ends, for whatever reason. */
export function listenToLifeline(ended: () => void): void {
  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== PORT || port.sender === undefined || !isOurPage(port.sender, ENGINE_PAGE)) return;
    port.onDisconnect.addListener(() => ended());
  });
}
