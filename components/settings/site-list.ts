/** The sites of click-to-call as a list: one row a site, from what the browser granted and what is switched off; pure. */

import type { StoredSites } from '../../lib/extension/stored';

export interface SiteRow {
  /** `crm.example`, or `*.crm.example` where its subdomains are granted too. */
  readonly host: string;
  /** What the browser granted for it; to be revoked. Empty: only switched off, under "every site". */
  readonly patterns: readonly string[];
  readonly on: boolean;
}

const EVERY_SITE = new Set(['*://*/*', '<all_urls>', 'http://*/*', 'https://*/*']);

export function isEverySite(granted: readonly string[]): boolean {
  return granted.some((pattern) => EVERY_SITE.has(pattern));
}

/** By name. Patterns of one host (http, https, either) make one row. */
export function siteRows(granted: readonly string[], sites: StoredSites): readonly SiteRow[] {
  const hosts = new Map<string, string[]>();
  for (const pattern of granted) {
    const host = EVERY_SITE.has(pattern) ? undefined : /^(?:\*|https?):\/\/([^/]+)\//u.exec(pattern)?.[1];
    if (host !== undefined) hosts.set(host, [...(hosts.get(host) ?? []), pattern]);
  }
  const off = new Set(sites.off.flatMap((origin) => (URL.canParse(origin) ? [new URL(origin).hostname] : [])));
  for (const host of off) if (!hosts.has(host)) hosts.set(host, []);
  return [...hosts]
    .map(([host, patterns]) => ({ host, patterns, on: !off.has(host.replace(/^\*\./u, '')) }))
    .sort((a, b) => a.host.localeCompare(b.host));
}

/** What is stored when a site is switched: both schemes, since a person means the site. */
export function switchSite(sites: StoredSites, host: string, on: boolean): StoredSites {
  const bare = host.replace(/^\*\./u, '');
  const origins = [`https://${bare}`, `http://${bare}`];
  const rest = sites.off.filter((origin) => !origins.includes(origin.replace(/\/$/u, '')));
  return { ...sites, off: on ? rest : [...rest, ...origins] };
}

/** What a person typed or pasted as a site, as the pattern to ask the browser for; null where it is none. */
export function sitePattern(typed: string): string | null {
  const text = typed.trim();
  const address = /^https?:\/\//iu.test(text) ? text : `https://${text}`;
  if (text === '' || /\s/u.test(text) || !URL.canParse(address)) return null;
  const { hostname, protocol } = new URL(address);
  if (hostname !== 'localhost' && !/^[\d.]+$|\.[a-z\d-]{2,}$/iu.test(hostname)) return null;
  return /^http:/iu.test(text) ? `${protocol}//${hostname}/*` : `*://${hostname}/*`;
}
