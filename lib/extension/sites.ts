/** Which sites the person granted to click-to-call, and which of them are switched on. */

import { browser } from 'wxt/browser';
import type { StoredSites } from './stored';

/** Every site at once. */
export const ALL_SITES = '*://*/*';

/** Match patterns of what was granted, for instance `https://crm.example/*`. */
export async function grantedSites(): Promise<readonly string[]> {
  return (await browser.permissions.getAll()).origins ?? [];
}

/** Must be called in a gesture, from a page of ours. False: the person said no. */
export function grantSite(pattern: string): Promise<boolean> {
  return browser.permissions.request({ origins: [pattern] });
}

export function revokeSite(pattern: string): Promise<boolean> {
  return browser.permissions.remove({ origins: [pattern] });
}

/** `https://crm.example:8443/a` becomes `https://crm.example/*`: patterns know no port. Null: not a web page. */
export function patternOf(address: string): string | null {
  const url = URL.parse(address);
  return url === null || !['http:', 'https:'].includes(url.protocol) ? null : `${url.protocol}//${url.hostname}/*`;
}

/** What the content script is registered for: grants that are web pages, less what is switched off. */
export interface Marking {
  readonly matches: readonly string[];
  readonly excludeMatches: readonly string[];
}

/** Null where there is nothing to register. Pure. */
export function marking(granted: readonly string[], sites: StoredSites): Marking | null {
  const off = sites.off.flatMap((origin) => patternOf(origin) ?? []);
  const matches = granted.filter((pattern) => isWeb(pattern) && !off.includes(pattern));
  return sites.enabled && matches.length > 0 ? { matches, excludeMatches: off } : null;
}

/** Whether a page at this address is marked; an address that we may not see is not. Pure. */
export function isMarked(address: string | undefined, marked: Marking | null): boolean {
  const url = address === undefined ? null : URL.parse(address);
  if (url === null || marked === null) return false;
  const fits = (pattern: string): boolean => matchesPattern(pattern, url);
  return marked.matches.some(fits) && !marked.excludeMatches.some(fits);
}

function isWeb(pattern: string): boolean {
  return pattern === '<all_urls>' || /^(\*|https?):\/\//.test(pattern);
}

// Browsers hand out grants as scheme://host/*, with `*` for either, or `*.` before the host.
function matchesPattern(pattern: string, url: URL): boolean {
  if (!['http:', 'https:'].includes(url.protocol)) return false;
  if (pattern === '<all_urls>') return true;
  const [, scheme, host] = /^(\*|https?):\/\/([^/]+)\//.exec(pattern) ?? [];
  if (scheme === undefined || host === undefined) return false;
  if (scheme !== '*' && `${scheme}:` !== url.protocol) return false;
  if (host === '*' || host === url.hostname) return true;
  return host.startsWith('*.') && (url.hostname === host.slice(2) || url.hostname.endsWith(host.slice(1)));
}
