/** The walk by keyboard through the numbers of a tab: one order through all of its frames, that wraps. */

import { browser } from 'wxt/browser';
import type { TabMessage, WalkPlaces, WalkStep } from '../../lib/extension/contract';
import { framesOf, injectInto } from './tab';

export interface FramePlaces extends WalkPlaces {
  readonly frame: number;
}

/** Moves the keyboard card to the next number; frames with no content script yet get one for this visit (activeTab). */
export function walkNumbers(tab: number): Promise<void> {
  walking = walking.catch(() => undefined).then(() => walkOn(tab));
  return walking;
}

// One step after the other: a key that is pressed fast must not find two frames at the same place.
let walking: Promise<void> = Promise.resolve();

async function walkOn(tab: number): Promise<void> {
  const frames = await framesOf(tab);
  const asked = await Promise.all(frames.map((frame) => placesOf(tab, frame)));
  const without = frames.filter((_frame, at) => asked[at] === null);
  if (without.length > 0) await injectInto(tab, without);
  const late = await Promise.all(without.map((frame) => placesOf(tab, frame)));
  const places = [...asked, ...late].filter((place) => place !== null).sort((one, other) => one.frame - other.frame);
  const next = nextStep(places);
  if (next === null) return;
  // The card that has the focus gives it back before the next one takes it.
  for (const { frame, at } of places) if (frame !== next.frame && at > 0) await tell(tab, frame, null);
  await tell(tab, next.frame, next.step);
}

/** The one after the last that was walked to, in whichever frame that was; null where there is none at all. Pure. */
export function nextStep(places: readonly FramePlaces[]): { readonly frame: number; readonly step: WalkStep } | null {
  const of = places.reduce((sum, { count }) => sum + count, 0);
  const latest = places.reduce<FramePlaces | null>((best, one) => (one.at > (best?.at ?? 0) ? one : best), null);
  let before = 0;
  let place = 0;
  for (const one of places) {
    if (one === latest) place = before + one.last + 1;
    before += one.count;
  }
  let index = of === 0 ? 0 : place % of;
  const wanted = index + 1;
  for (const { frame, count } of places) {
    if (index < count) return { frame, step: { index, place: wanted, of } };
    index -= count;
  }
  return null;
}

/** Null: the frame has no content script, or is gone. */
async function placesOf(tab: number, frame: number): Promise<FramePlaces | null> {
  const message: TabMessage = { to: 'tab', call: 'places' };
  const reply: unknown = await browser.tabs.sendMessage(tab, message, { frameId: frame }).catch(() => null);
  return isPlaces(reply) ? { ...reply, frame } : null;
}

async function tell(tab: number, frame: number, step: WalkStep | null): Promise<void> {
  const message: TabMessage = { to: 'tab', call: 'walk', step };
  await browser.tabs.sendMessage(tab, message, { frameId: frame }).catch(() => undefined);
}

function isPlaces(reply: unknown): reply is WalkPlaces {
  return typeof reply === 'object' && reply !== null && 'count' in reply && 'last' in reply && 'at' in reply;
}
