/** Registers the click-to-call script for exactly the granted sites, in open tabs as well, and takes it away again. */

import { browser } from 'wxt/browser';
import type { TabMessage } from '../../lib/extension/contract';
import { readSettings } from '../../lib/extension/settings';
import { grantedSites, isMarked, type Marking, marking } from '../../lib/extension/sites';
import { CONTENT_SCRIPT, CONTENT_STYLE, injectInto } from './tab';

const ID = 'click-to-call';

/** Must be called on the first tick. */
export function listenToGrants(apply: () => void): void {
  browser.permissions.onAdded.addListener(apply);
  browser.permissions.onRemoved.addListener(apply);
}

/** Makes the registration fit the grants and the settings; does nothing where it fits already. */
export function applySites(): Promise<void> {
  applying = applying.catch(() => undefined).then(fit);
  return applying;
}

// One after the other: a grant that comes back while it is being taken away must find what was taken.
let applying: Promise<void> = Promise.resolve();

async function fit(): Promise<void> {
  const [granted, { sites }, [registered]] = await Promise.all([
    grantedSites(),
    readSettings(),
    browser.scripting.getRegisteredContentScripts({ ids: [ID] }),
  ]);
  const before: Marking | null = registered === undefined ? null : markingOf(registered);
  const wanted = marking(granted, sites);
  if (spell(before) === spell(wanted)) return;
  await register(before, wanted);
  await tellTabs(before, wanted);
}

/** Tells the marked pages that the country or the refused shapes changed. */
export async function refreshPages(): Promise<void> {
  const [granted, { sites }] = await Promise.all([grantedSites(), readSettings()]);
  const marked = marking(granted, sites);
  for (const { id, url } of await browser.tabs.query({})) {
    if (id !== undefined && isMarked(url, marked)) await tell(id, 'refresh');
  }
}

/** After an update the scripts in open tabs are orphans, which leave by themselves: new ones take their place. */
export async function returnToTabs(): Promise<void> {
  const [granted, { sites }] = await Promise.all([grantedSites(), readSettings()]);
  const marked = marking(granted, sites);
  for (const { id, url } of await browser.tabs.query({})) {
    // Not one after the other: a page that loads for long is no reason to leave the next one without.
    if (id !== undefined && isMarked(url, marked)) void comeTo(id);
  }
}

async function register(before: Marking | null, wanted: Marking | null): Promise<void> {
  if (wanted === null) return browser.scripting.unregisterContentScripts({ ids: [ID] });
  const script = {
    id: ID,
    js: [CONTENT_SCRIPT],
    css: [CONTENT_STYLE],
    matches: [...wanted.matches],
    excludeMatches: [...wanted.excludeMatches],
    allFrames: true,
    runAt: 'document_idle' as const,
    persistAcrossSessions: true,
  };
  return before === null
    ? browser.scripting.registerContentScripts([script])
    : browser.scripting.updateContentScripts([script]);
}

/** The parts of the browser's own that are read here. */
interface OnUpdatedInfo {
  readonly status?: string | undefined;
}
interface OnUpdatedTab {
  readonly url?: string | undefined;
}

/** Tabs that loaded as the registration changed. */
const late = new Set<number>();

// Tabs that are open already: the script comes to those newly granted, and leaves those that are not any more.
async function tellTabs(before: Marking | null, wanted: Marking | null): Promise<void> {
  late.clear();
  // Before the tabs are asked for: none of them has loaded unheard.
  if (wanted !== null) browser.tabs.onUpdated.addListener(loaded);
  const tabs = await browser.tabs.query({});
  // All of them at once: each may have loaded while another is told.
  if (wanted !== null) for (const { id, status } of tabs) if (id !== undefined && status === 'loading') late.add(id);
  // At once, too: a tab whose address is hidden may open a marked page next, which must not be told what this one is.
  if (before !== null)
    for (const { id, url } of tabs) if (id !== undefined && !isMarked(url, wanted)) void tell(id, 'leave');
  for (const { id, url, status } of tabs) {
    if (id === undefined || !isMarked(url, wanted) || isMarked(url, before)) continue;
    const coming = comeTo(id);
    // Nobody knows when a page that loads is done, and other changes wait.
    if (status !== 'loading') await coming;
  }
  listenNoLonger();
}

/**
 * A page that loads may have been made before the registration, and show its address after: then neither the browser nor the
 * tabs' list brought the script. A page that has it already is not touched by a second one.
 */
function loaded(id: number, { status }: OnUpdatedInfo, { url }: OnUpdatedTab): void {
  if (status !== 'complete' || !late.delete(id)) return;
  listenNoLonger();
  browser.scripting
    .getRegisteredContentScripts({ ids: [ID] })
    .then(async ([registered]) => {
      if (registered !== undefined && isMarked(url, markingOf(registered))) await comeTo(id);
    })
    .catch(() => undefined);
}

function listenNoLonger(): void {
  if (late.size === 0) browser.tabs.onUpdated.removeListener(loaded);
}

// A page that the browser keeps to itself, or that is gone meanwhile, misses nothing.
function comeTo(tab: number): Promise<void> {
  return injectInto(tab).catch(() => undefined);
}

async function tell(tab: number, call: TabMessage['call']): Promise<void> {
  const message: TabMessage = { to: 'tab', call };
  await browser.tabs.sendMessage(tab, message).catch(() => undefined);
}

function markingOf(script: { matches?: string[] | undefined; excludeMatches?: string[] | undefined }): Marking {
  return { matches: script.matches ?? [], excludeMatches: script.excludeMatches ?? [] };
}

function spell(marked: Marking | null): string {
  return JSON.stringify(marked === null ? null : [[...marked.matches].sort(), [...marked.excludeMatches].sort()]);
}
