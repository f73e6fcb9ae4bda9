/** Begins with what an administrator proposes: written where the person has stored nothing else, and followed until they do. */

import { storage } from 'wxt/utils/storage';
import { readProposal, settings } from './settings';
import { DEFAULTS } from './stored';

/** What was written for the person, by `section.field`, as JSON. */
const taken = storage.defineItem<Readonly<Record<string, string>>>('local:proposed', { fallback: {} });

type Members = Readonly<Record<string, unknown>>;

/** Idempotent; nothing to do for most, who have no administrator. Never rejects. */
export async function takeProposal(): Promise<void> {
  try {
    const { country, ...sections } = await readProposal();
    const before = await taken.getValue();
    const now: Record<string, string> = { ...before };
    const may = (name: string, own: unknown, byDefault: unknown, proposed: unknown): boolean => {
      const was = JSON.stringify(own);
      const untouched = own === undefined || was === JSON.stringify(byDefault) || was === before[name];
      return untouched && JSON.stringify(proposed) !== before[name];
    };
    for (const [section, proposed] of Object.entries(sections)) {
      const defaults: Members = { ...DEFAULTS[section as keyof typeof sections] };
      const own = { ...defaults, ...(await storage.getItem<Members>(`local:${section}`)) };
      const news = Object.entries({ ...proposed }).filter(([field, value]) =>
        may(`${section}.${field}`, own[field], defaults[field], value),
      );
      if (news.length === 0) continue;
      for (const [field, value] of news) now[`${section}.${field}`] = JSON.stringify(value);
      await storage.setItem(`local:${section}`, { ...own, ...Object.fromEntries(news) });
    }
    if (country !== undefined && may('country', await settings.country.getValue(), null, country)) {
      now['country'] = JSON.stringify(country);
      await settings.country.setValue(country);
    }
    if (JSON.stringify(now) !== JSON.stringify(before)) await taken.setValue(now);
  } catch {
    // The phone begins with its own defaults.
  }
}

/** Follows what the administrator proposes later; returns the stop. */
export function followProposal(): () => void {
  return storage.watch('managed:defaults', () => void takeProposal());
}
