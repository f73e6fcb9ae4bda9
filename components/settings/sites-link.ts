/** What the Click to call page asks of the browser's grants; lib/extension/sites.ts answers, or the screens' harness. */

import { createContext } from 'svelte';

export interface SitesLink {
  granted(): Promise<readonly string[]>;
  /** Must be called in a click. False: the person said no. */
  grant(pattern: string): Promise<boolean>;
  revoke(pattern: string): Promise<boolean>;
  /** Calls back when a grant came or went; returns the stop. */
  watch(listener: () => void): () => void;
}

export const [getSites, setSites] = createContext<SitesLink>();
