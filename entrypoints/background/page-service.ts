/** What the background does for a web page's content script: little, bounded, and never on the page's own word. */

import type { EngineApi, NumberFacts, NumberLook, PageApi, PageNumber } from '../../lib/extension/contract';
import { handOver } from '../../lib/extension/hand-over';
import { locale } from '../../lib/extension/i18n';
import { lastSnapshot, placedBy } from '../../lib/extension/memory';
import { RateLimit } from '../../lib/extension/rate-limit';
import type { Remote, Service } from '../../lib/extension/rpc';
import { readSettings, settings } from '../../lib/extension/settings';
import { grantedSites, isMarked, marking } from '../../lib/extension/sites';
import type { StoredSites } from '../../lib/extension/stored';
import type { Sender } from '../../lib/extension/trust';
import { openPopup } from '../../lib/extension/toolbar-popup';
import { confirm, refusalOf } from '../../lib/numbers/confirm';
import { CONTEXT_WORDS } from '../../lib/numbers/context';
import type { Refusal } from '../../lib/numbers/number';
import { PhoneError } from '../../lib/phone/model/errors';
import type { CallId } from '../../lib/phone/model/ids';
import type { PhoneSnapshot } from '../../lib/phone/model/snapshot';
import type { Log } from '../../lib/phone/ports';
import type { Dialler } from './dialler';
import { contactWith, withNames } from './known';
import { factsAbout, rulesFor } from './page-numbers';
import { injectCard } from './tab';

export interface PagePorts {
  readonly engine: Remote<EngineApi>;
  readonly dialler: Dialler;
  readonly log: Log;
  now(): number;
}

/** A scroll through a long page asks often; nobody dials more than once in a breath. */
const ASKING = { burst: 60, perSecond: 20 };
const ACTING = { burst: 4, perSecond: 0.5 };
const MOST_PLACED = 20;
/** Of one site: nobody refuses so many by hand, and a page that has taken over its script fills no storage. */
const MOST_REFUSED = 200;

/** One for each message, made for its sender. */
export function pageService(ports: PagePorts): (sender: Sender) => Service<PageApi> {
  const asking = new RateLimit(ASKING);
  const acting = new RateLimit(ACTING);
  return (sender) => {
    const tab = sender.tab?.id;
    if (tab === undefined || sender.url === undefined) throw new PhoneError('not-allowed');
    const { origin } = new URL(sender.url);
    const page = { url: sender.url, origin };
    const limit = (rate: RateLimit): void => {
      if (rate.take(String(tab), ports.now())) return;
      ports.log.warn('a page asks too often and is not heard', { tab });
      throw new PhoneError('not-allowed', { why: 'too-often' });
    };
    return {
      async confirm(candidates): Promise<readonly PageNumber[]> {
        limit(asking);
        return confirm(candidates, rulesFor(page, await readSettings(), locale()));
      },
      async words() {
        limit(asking);
        return { ...CONTEXT_WORDS, look: await lookOf(sender) };
      },
      async loadCard() {
        limit(asking);
        await injectCard(tab, sender.frameId ?? 0);
      },
      async about(number): Promise<NumberFacts> {
        limit(asking);
        const [stored, snapshot] = await Promise.all([readSettings(), snapshotNow(ports.engine)]);
        const named = snapshot && (await withNames(snapshot));
        const facts = factsAbout(number, page, stored, named, locale());
        const contact = facts.number === null ? null : await contactWith(facts.number.e164);
        return { ...facts, name: contact?.name ?? null };
      },
      async dial(number): Promise<CallId | null> {
        limit(acting);
        // A person's gesture can only happen in a page that they see.
        if (sender.tab?.active !== true) throw new PhoneError('not-allowed', { why: 'not-visible' });
        return dial(number, page.url, tab, ports);
      },
      async cancel(call) {
        if ((await placedBy.getValue())[call] !== tab) throw new PhoneError('not-allowed', { why: 'not-yours' });
        await ports.engine.hangUp(call);
      },
      async chooseCountry(country) {
        limit(acting);
        await changeSites((sites) => ({ ...sites, countries: { ...sites.countries, [origin]: country } }));
      },
      async refuse(candidate, which) {
        limit(acting);
        const refusal = refusalOf(candidate, which, origin);
        await changeSites((sites) => ({ ...sites, notNumbers: withOneMore(sites, refusal) }));
      },
      async unrefuse(candidate) {
        limit(acting);
        await changeSites((sites) => ({ ...sites, notNumbers: withoutLast(sites, candidate, origin) }));
      },
      async openPhone() {
        limit(acting);
        await openPopup();
      },
    };
  };
}

/** Null where the page is not marked. One without an address of its own (`about:srcdoc`) is what its tab is. */
async function lookOf({ url, tab }: Sender): Promise<NumberLook | null> {
  const [granted, { sites }] = await Promise.all([grantedSites(), readSettings()]);
  const marked = marking(granted, sites);
  return isMarked(url?.startsWith('about:') === true ? tab?.url : url, marked) ? sites.look : null;
}

async function dial(number: string, url: string, tab: number, { dialler }: PagePorts): Promise<CallId | null> {
  const { calls } = await readSettings();
  if (/^[a-z]+:/i.test(number) && calls.telLinks === 'fill') {
    await handOver(number);
    return null;
  }
  try {
    const call = await dialler.dial({ to: number, from: url }, new URL(url).origin);
    await rememberPlaced(call, tab);
    return call;
  } catch (thrown) {
    // The permission page is open, and the number is dialled from there.
    if (thrown instanceof PhoneError && thrown.reason === 'microphone-prompt') return null;
    throw thrown;
  }
}

async function rememberPlaced(call: CallId, tab: number): Promise<void> {
  const placed = Object.entries(await placedBy.getValue()).slice(1 - MOST_PLACED);
  await placedBy.setValue(Object.fromEntries([...placed, [call, tab]]));
}

/** What was kept; where no line of it is ready, what the engine says: it may have signed in this moment. */
async function snapshotNow(engine: Remote<EngineApi>): Promise<PhoneSnapshot | null> {
  const kept = await lastSnapshot.getValue();
  if (kept?.lines.some(({ session }) => session.phase === 'ready') === true) return kept;
  return engine.snapshot().catch(() => kept);
}

function changeSites(change: (sites: StoredSites) => StoredSites): Promise<void> {
  changing = changing
    .catch(() => undefined)
    .then(async () => settings.sites.setValue(change(await settings.sites.getValue())));
  return changing;
}

// One after the other: two presses on a card are two changes, and neither takes the other back.
let changing: Promise<void> = Promise.resolve();

/** The oldest of the same site makes room, and those of no other. */
function withOneMore({ notNumbers }: StoredSites, refusal: Refusal): StoredSites['notNumbers'] {
  const same = notNumbers.filter(({ origin }) => origin === refusal.origin);
  const full = same.length >= MOST_REFUSED ? same[0] : undefined;
  return [...notNumbers.filter((one) => one !== full), refusal];
}

function withoutLast(sites: StoredSites, candidate: string, origin: string): StoredSites['notNumbers'] {
  const meant = (['this', 'alike'] as const).map((which) => refusalOf(candidate, which, origin));
  // By their fields: a browser's storage gives an object back with its keys in another order.
  const isMeant = (one: Refusal): boolean =>
    meant.some(({ digits, pattern }) => one.origin === origin && one.digits === digits && one.pattern === pattern);
  const last = sites.notNumbers.findLastIndex(isMeant);
  return sites.notNumbers.filter((_refusal, index) => index !== last);
}
