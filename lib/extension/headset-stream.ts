/** What the engine knows of the headsets, for the settings: a port that the page opens, and that ends with it. */

import { browser } from 'wxt/browser';
import type { HeadsetView } from '../headset/headsets';
import type { Press } from '../headset/hearing';
import { remote } from './rpc';
import { audienceOf } from './trust';

export type { HeadsetView, Press };

const PORT = 'headsets';

export interface HeadsetsShown {
  readonly headsets: readonly HeadsetView[];
  /** The newest press since the test began; `count` tells one from the next of the same kind. */
  readonly heard: { readonly key: string; readonly press: Press; readonly count: number } | null;
}
/** `test`: open them until `rest`, or until the page goes, so that presses can be shown. `look`: one was allowed or forgotten. */
export type HeadsetsAsk = 'test' | 'rest' | 'look';

export interface HeadsetsAudience {
  show(shown: HeadsetsShown): void;
}

/** In the engine: `ask` is told who wants what; a page that goes asks for `rest`. Each page is shown what is so when it comes. */
export function serveHeadsets(
  now: () => HeadsetsShown,
  ask: (page: HeadsetsAudience, what: HeadsetsAsk) => void,
): (shown: HeadsetsShown) => void {
  const pages = new Set<HeadsetsAudience>();
  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== PORT || port.sender === undefined || audienceOf(port.sender) !== 'own') return;
    const page: HeadsetsAudience = { show: (shown) => port.postMessage(shown) };
    pages.add(page);
    port.onMessage.addListener((message: unknown) => {
      if (message === 'test' || message === 'rest' || message === 'look') ask(page, message);
    });
    port.onDisconnect.addListener(() => {
      pages.delete(page);
      ask(page, 'rest');
    });
    page.show(now());
  });
  return (shown) => {
    for (const page of pages) page.show(shown);
  };
}

/** In the settings. Wakes the engine where it sleeps. `stop` ends the test as well. */
export function followHeadsets(listener: (shown: HeadsetsShown) => void): {
  ask(what: HeadsetsAsk): void;
  stop(): void;
} {
  let stopped = false;
  let port: ReturnType<typeof browser.runtime.connect> | null = null;
  const waiting: HeadsetsAsk[] = [];
  const connect = (): void => {
    if (stopped) return;
    const opened = browser.runtime.connect({ name: PORT });
    port = opened;
    opened.onMessage.addListener((message: unknown) => {
      if (isShown(message)) listener(message);
    });
    opened.onDisconnect.addListener(() => (port = null));
    for (const what of waiting.splice(0)) opened.postMessage(what);
  };
  // Without an engine there is nothing to follow; the snapshot's own follower tells that.
  remote('background')
    .wakeEngine()
    .then(connect, () => undefined);
  return {
    ask(what) {
      if (port === null) waiting.push(what);
      else port.postMessage(what);
    },
    stop() {
      stopped = true;
      port?.disconnect();
    },
  };
}

function isShown(value: unknown): value is HeadsetsShown {
  return typeof value === 'object' && value !== null && 'headsets' in value && Array.isArray(value.headsets);
}
