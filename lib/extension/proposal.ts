/** Begins with what an administrator proposes: written where the person has stored nothing else, and followed until they do. */

import { storage } from 'wxt/utils/storage';
import { watchManaged } from './managed';
import { readProposal } from './settings';
import { readSections } from './settings-file';
import { DEFAULTS } from './stored';

type Members = Readonly<Record<string, unknown>>;
/** By its name, as JSON. */
type Seen = Readonly<Record<string, string>>;

/** The newest proposal that was seen: a field that still holds it was left alone. */
const seen = storage.defineItem<Readonly<Record<string, Seen>>>('local:proposed', { fallback: {} });

const SECTIONS = ['options', 'ring', 'sites', 'appearance', 'calls'] as const;

let turn: Promise<void> = Promise.resolve();

/** Idempotent; nothing to do for most, who have no administrator. Takes its turn, and never rejects. */
export function takeProposal(): Promise<void> {
  // Where it fails, the phone goes on with what it has.
  turn = turn.then(take).catch(() => undefined);
  return turn;
}

/** Follows what the administrator proposes later; returns the stop. */
export function followProposal(): () => void {
  return watchManaged(() => void takeProposal());
}

async function take(): Promise<void> {
  const proposal = await readProposal();
  const before = await seen.getValue();
  const now: Record<string, Seen> = {};
  for (const section of SECTIONS) {
    const defaults: Members = { ...DEFAULTS[section] };
    const own = { ...defaults, ...(await storage.getItem<Members>(`local:${section}`)) };
    const proposed: Members = { ...proposal[section] };
    const next = followed(own, defaults, proposed, before[section] ?? {});
    const after = section === 'options' ? connectable(own, next) : next;
    if (!same(after, own)) await storage.setItem(`local:${section}`, after);
    now[section] = asJson(proposed);
  }
  const own = { country: await storage.getItem<string>('local:country') };
  const proposed: Members = 'country' in proposal ? { country: proposal.country } : {};
  const { country } = followed(own, { country: null }, proposed, before['country'] ?? {});
  if (country !== own.country) await storage.setItem('local:country', country);
  now['country'] = asJson(proposed);
  if (!same(now, before)) await seen.setValue(now);
}

/** A field that was left alone takes the proposal, and goes back to its default where the proposal is gone. */
function followed(own: Members, defaults: Members, proposed: Members, before: Seen): Members {
  const leftAlone = (field: string): boolean =>
    Object.hasOwn(before, field)
      ? JSON.stringify(own[field]) === before[field]
      : own[field] === undefined || same(own[field], defaults[field]);
  const news = [...Object.keys(before), ...Object.keys(proposed)].filter(leftAlone);
  const after = { ...own, ...Object.fromEntries(news.map((field) => [field, proposed[field] ?? defaults[field]])) };
  return Object.fromEntries(Object.entries(after).filter(([, value]) => value !== undefined));
}

/** Relay only and no TURN server: no line would connect, so the two stay as they were. */
function connectable(own: Members, next: Members): Members {
  const { forceRelayCandidate, iceServers, ...others } = next;
  const read = readSections({ options: { forceRelayCandidate, iceServers } }).settings.options;
  if (forceRelayCandidate !== true || read?.forceRelayCandidate === true) return next;
  const kept = Object.entries(own).filter(([option]) => ['forceRelayCandidate', 'iceServers'].includes(option));
  return { ...others, ...Object.fromEntries(kept) };
}

function asJson(fields: Members): Seen {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, JSON.stringify(value)]));
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
