/** What an administrator wrote, checked as the extension will check it, in the form that a browser reads; pure. */

import { checkPolicy, checkProposal } from '../../lib/extension/policy';
import { readSettingsFile } from '../../lib/extension/settings-file';
import { minds } from './schema';

export const BROWSERS = ['chromium', 'chrome', 'firefox'] as const;
export type Browser = (typeof BROWSERS)[number];

export interface PolicyFile {
  /** Where that browser looks for it on Linux. */
  readonly path: string;
  readonly text: string;
}
export type Made = { readonly file: PolicyFile; readonly faults: readonly [] } | { readonly faults: readonly string[] };

/** Where each keeps it; Firefox has a file for each extension, so that no other policy is overwritten. */
const PLACES: { readonly [B in Browser]: (id: string) => string } = {
  chromium: () => '/etc/chromium/policies/managed/holdfast.json',
  chrome: () => '/etc/opt/chrome/policies/managed/holdfast.json',
  firefox: (id) => `/usr/lib/mozilla/managed-storage/${id}.json`,
};

/**
 * `text` holds `settings` and `defaults`, or is a file that the Advanced page saved, which becomes `defaults`. Whatever the
 * extension would leave out is a fault, named as there, and so is what Chrome would mind before.
 */
export function policyFile(text: string, browser: Browser, id: string): Made {
  const written = read(text);
  if (written === null) return { faults: ['the file is no JSON object with settings, defaults or both'] };
  const { settings = {}, defaults = {}, ...unknown } = written;
  const faults = [
    ...Object.keys(unknown),
    ...checkPolicy(settings).skipped.map((name) => `settings: ${name}`),
    ...checkProposal(defaults).skipped.map((name) => `defaults: ${name}`),
  ];
  if (faults.length === 0 && browser !== 'firefox')
    faults.push(...minds(written).map((name) => `Chrome minds ${name}`));
  if (faults.length > 0) return { faults };
  const form = browser === 'firefox' ? manifest(id, written) : { '3rdparty': { extensions: { [id]: written } } };
  return { file: { path: PLACES[browser](id), text: `${JSON.stringify(form, null, 2)}\n` }, faults: [] };
}

function manifest(name: string, data: object): object {
  return { name, description: 'Settings of Holdfast', type: 'storage', data };
}

/** Nothing is what one begins with anyway, and Chrome takes no null. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const said = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(said.map(([key, member]) => [key, withoutNulls(member)]));
}

function read(text: string): Readonly<Record<string, unknown>> | null {
  const saved = readSettingsFile(text);
  if (saved?.skipped.length === 0) return { defaults: withoutNulls(saved.settings) };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    return { ...value };
  } catch {
    return null;
  }
}
