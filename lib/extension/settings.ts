/**
 * Every stored setting: where it lives, its default, its version, and how to read and watch them all.
 *
 * In `chrome.storage.local` each item is one key of the same name (`lines`, `secrets`, `options`, ...) holding the
 * value described in `stored.ts`; `<key>$` beside it holds `{ v: version }` once it was migrated. So a test may write
 *
 *     chrome.storage.local.set(gatewayStorage(port, 'alice', 'secret'))     // see preset.ts
 *
 * and the running engine is configured by the watch in the background.
 */

import { storage, type WxtStorageItem } from 'wxt/utils/storage';
import { managed, managedForSure, watchManaged } from './managed';
import { checkPolicy, checkProposal, type Policy, type Proposal } from './policy';
import { DEFAULTS, type Secrets, type StoredLine, type StoredSettings } from './stored';

export type { Policy };

const define = <K extends keyof StoredSettings>(key: K): WxtStorageItem<StoredSettings[K], { v?: number }> =>
  storage.defineItem<StoredSettings[K], { v?: number }>(`local:${key}`, { fallback: DEFAULTS[key], version: 1 });

/** Typed, versioned items: `getValue()`, `setValue()`, `watch()`. */
export const settings = {
  lines: define('lines'),
  secrets: define('secrets'),
  options: define('options'),
  devices: define('devices'),
  ring: define('ring'),
  country: define('country'),
  sites: define('sites'),
  appearance: define('appearance'),
  calls: define('calls'),
};

/** Secrets of the lines whose "remember" is off: gone with the browser. */
export const sessionSecrets = storage.defineItem<Secrets>('session:secrets', { fallback: {} });

/** What an administrator locked: it wins over what the person stored. None where the browser has no policy for us. */
export async function readPolicy(): Promise<Policy> {
  return checkPolicy(await managed('settings')).policy;
}

/** Ids of the accounts that an administrator locked, once the browser said it: for what a passing absence must not decide. */
export async function managedLineIds(): Promise<readonly string[]> {
  return (checkPolicy(await managedForSure('settings')).policy.lines ?? []).map(({ id }) => id);
}

/** What an administrator proposes for a beginning. */
export async function readProposal(): Promise<Proposal> {
  return checkProposal(await managed('defaults')).proposal;
}

/** Names of what an administrator set and nobody understands: it is left out, and told. */
export async function policyProblems(): Promise<readonly string[]> {
  const [locked, proposed] = [checkPolicy(await managed('settings')), checkProposal(await managed('defaults'))];
  return [...locked.skipped.map((name) => `settings: ${name}`), ...proposed.skipped.map((name) => `defaults: ${name}`)];
}

/** All settings at this moment, the session's secrets and the policy laid over them. */
export async function readSettings(): Promise<StoredSettings> {
  const [lines, secrets, options, devices, ring, country, sites, appearance, calls, passing, policy] =
    await Promise.all([
      settings.lines.getValue(),
      settings.secrets.getValue(),
      settings.options.getValue(),
      settings.devices.getValue(),
      settings.ring.getValue(),
      settings.country.getValue(),
      settings.sites.getValue(),
      settings.appearance.getValue(),
      settings.calls.getValue(),
      sessionSecrets.getValue(),
      readPolicy(),
    ]);
  return withPolicy(
    {
      lines,
      secrets: { ...secrets, ...passing },
      options,
      devices: { ...DEFAULTS.devices, ...devices },
      ring: { ...DEFAULTS.ring, ...ring },
      country,
      sites: { ...DEFAULTS.sites, ...sites },
      appearance: { ...DEFAULTS.appearance, ...appearance },
      calls: { ...DEFAULTS.calls, ...calls },
    },
    policy,
  );
}

/**
 * Managed lines come before the person's own and replace one of the same id; every other managed value wins by field.
 * A line of the person's own keeps no option that is locked for all.
 */
export function withPolicy(own: StoredSettings, policy: Policy): StoredSettings {
  const managed = policy.lines ?? [];
  const locked = new Set(Object.keys(policy.options ?? {}));
  const free = (line: StoredLine): StoredLine => ({
    ...line,
    options: Object.fromEntries(Object.entries(line.options).filter(([option]) => !locked.has(option))),
  });
  const others = own.lines.filter((line) => !managed.some((other) => other.id === line.id));
  return {
    lines: [...managed, ...others.map((line) => (locked.size === 0 ? line : free(line)))],
    secrets: { ...own.secrets, ...policy.secrets },
    options: { ...own.options, ...policy.options },
    devices: own.devices,
    ring: { ...own.ring, ...policy.ring },
    country: policy.country === undefined ? own.country : policy.country,
    sites: { ...own.sites, ...policy.sites },
    appearance: { ...own.appearance, ...policy.appearance },
    calls: { ...own.calls, ...policy.calls },
  };
}

/** Calls `listener` after any change of a setting; returns the stop. */
export function watchSettings(listener: () => void): () => void {
  const stops = [...Object.values(settings), sessionSecrets].map((item) => item.watch(() => listener()));
  stops.push(watchManaged(listener));
  return () => {
    for (const stop of stops) stop();
  };
}
