/** What the Audio page asks of headsets; lib/extension/headsets-link.ts answers, or the screens' harness. */

import { createContext } from 'svelte';
import type { HeadsetsAsk, HeadsetsShown } from '../../lib/extension/headset-stream';

export interface HeadsetsLink {
  /** Must be called in a click. `none`: the person chose none; `blocked`: the browser would not ask them. */
  allow(): Promise<'allowed' | 'none' | 'blocked'>;
  forget(key: string): Promise<void>;
  /** What the engine knows of them, now and with each change, until `stop`. */
  follow(listener: (shown: HeadsetsShown) => void): { ask(what: HeadsetsAsk): void; stop(): void };
}

/** `link` is null where the browser has no headsets for us. */
export const [getHeadsets, setHeadsets] = createContext<{ readonly link: HeadsetsLink | null }>();
