/** Draws one case, named in the address, with the real components. */

import { flushSync, mount } from 'svelte';
import '../../components/theme.css';
import App from '../../components/popup/App.svelte';
import { openBook } from '../../components/popup/book.svelte';
import { direction } from '../../lib/extension/i18n';
import type { CallId } from '../../lib/phone/model/ids';
import type { PhoneSnapshot } from '../../lib/phone/model/snapshot';
import { CASES } from './cases';
import { ago, call, HISTORY, PEOPLE } from './data';
import { measure } from './measure';
import { drawTab } from './tabs';
import { frame, people, preferences, stage, type Told } from './doubles';

/** What a picture or a test steers from outside. */
interface Screens {
  readonly told: Told[];
  show(next: PhoneSnapshot): void;
  /** Whatever was lost of the call is there again. */
  mend(): void;
  /** The one who was asked first has answered. */
  passing(): void;
  readonly measure: typeof measure;
  /** Two minutes of measurements pass. */
  trail(): void;
}
declare global {
  interface Window {
    screens: Screens;
  }
}

const wanted = new URLSearchParams(location.search);
const chosen = CASES.find(({ name }) => name === wanted.get('case'));
const target = document.getElementById('app');
if (chosen === undefined || target === null) throw new Error(`No case called ${wanted.get('case') ?? ''}`);

document.documentElement.dir = direction();
document.documentElement.style.fontSize = `${wanted.get('text') ?? '100'}%`;
const kind = wanted.get('frame') === 'sidepanel' ? 'sidepanel' : (chosen.frame ?? 'popup');
document.body.className = kind;

const { snapshot } = chosen;
const played = stage(snapshot);
window.screens = {
  told: played.told,
  measure,
  show: (next) => played.show(next),
  mend() {
    const calls = snapshot.calls.map(
      (one) => ({ ...one, signalling: 'up', sound: 'flowing', recoveredAt: Date.now() }) as const,
    );
    played.show({ ...snapshot, calls });
  },
  passing() {
    const asked = call({ id: 'call-new' as CallId, who: PEOPLE.jo, answeredAt: ago(0, 31), startedAt: ago(0, 40) });
    const [waits] = snapshot.calls;
    if (waits === undefined) return;
    const held = {
      ...waits,
      state: { phase: 'active', since: ago(12), held: true } as const,
      heldSince: ago(0, 48),
      sound: 'none' as const,
    };
    played.show({ ...snapshot, calls: [held, asked] });
  },
  trail() {
    const [measured] = snapshot.calls;
    const quality = measured?.quality;
    if (measured === undefined || !quality) return;
    const start = Date.now();
    for (let second = 118; second >= 0; second -= 2) {
      Date.now = () => start + (118 - second) * 1000;
      const dip = second > 40 && second < 70 ? 1.4 : 0;
      const wobble = Math.sin(second) / 12;
      const now = {
        ...quality,
        mos: quality.mos - dip + wobble,
        roundTripMs: 46 + 20 * dip + 6 * wobble,
        jitterMs: 4 + 9 * dip + wobble,
        lossPercent: quality.lossPercent + dip,
      };
      played.show({ ...snapshot, calls: [{ ...measured, quality: second === 0 ? quality : now }] });
      flushSync();
    }
  },
};

// A picture is of what one sees after the first moment.
await openBook();
if (chosen.tab !== undefined) {
  document.body.className = 'tab';
  drawTab(chosen.tab, played.link, target);
} else {
  await import('../../components/popup/frame.css');
  mount(App, {
    target,
    props: {
      link: played.link,
      people: people(chosen.people ?? { history: HISTORY }),
      preferences: preferences(chosen.preferences ?? {}),
      frame: frame(kind, chosen),
      raisedFor: chosen.raisedFor ?? null,
    },
  });
}
