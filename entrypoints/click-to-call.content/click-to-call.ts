/** The parts of click-to-call at work in one frame. */

import { browser } from 'wxt/browser';
import type { TabMessage } from '../../lib/extension/contract';
import { offeredCard, type CardDoor, type CardTarget, type Found } from '../../lib/extension/card-door';
import { ask } from './background';
import { Ask } from './ask';
import { Marks, type Mark } from './marks';
import { Near } from './near';
import { Paint } from './paint';
import { Pointer } from './pointer';
import { targetOfLink, targetOfMark, type Target } from './target';
import { runsIn, type Run } from './text';
import { Watch } from './watch';

/** How often the registry of highlights is compared with what should be painted. */
const KEEP_MS = 2000;
/** On a page that never stops changing, a number must have stood for this long. */
const STOOD_MS = 500;
/** "Calling" is shown on the page for this long; the phone itself shows the call. */
const CALLING_MS = 6000;

/** Globals of the isolated world: they outlive one run of this script, and the page does not see them. */
const world: { [key: symbol]: ClickToCall | null | undefined } = globalThis;
const KEY = Symbol.for('holdfast');

export class ClickToCall {
  readonly #paint = new Paint((nodes) => this.#marks.recheck(nodes));
  readonly #near = new Near({
    near: (marks) => this.#seen(marks),
    far: (marks) => this.#unseen(marks),
    dead: (mark) => this.#marks.drop(mark),
    hidden: (list) => this.#watch.look(list),
  });
  readonly #ask = new Ask(
    () => this.#seen(this.#awaited),
    (look) => (look === null ? this.#leave() : (this.#paint.look = look)),
  );
  readonly #marks = new Marks((mark) => this.#gone(mark));
  readonly #watch = new Watch({
    onRun: (run, churns) => this.#read(run, churns),
    onRemoved: (text) => this.#marks.forget(text),
  });
  #card: CardDoor | null = null;
  #coming: Promise<CardDoor> | null = null;
  /** Under the pointer: whoever left before the card's script came is shown nothing. */
  #over: Target | null = null;
  readonly #pointer = new Pointer(
    this.#marks,
    {
      onHover: (target) => this.#hover(target),
      onRest: () => this.#withCard((card) => (this.#over ? card.open(this.#over) : undefined)),
      onLeave: () => {
        this.#over = null;
        this.#closeUnlessHeld();
      },
      onCall: (target) => this.#withCard((card) => card.call(target)),
      onShadow: (root) => this.#watch.enter(root),
    },
    (event) => this.#card?.holds(event) ?? false,
  );
  readonly #stop = new AbortController();
  /** Near, and waiting for a verdict. */
  readonly #awaited = new Set<Mark>();
  #keep: ReturnType<typeof setInterval> | undefined;

  /** Once a frame: a second injection finds the first at work. */
  static begin(): void {
    if (world[KEY]) return;
    world[KEY] = new ClickToCall();
    world[KEY].#start();
  }

  #start(): void {
    const first = { capture: true, passive: true, signal: this.#stop.signal };
    document.addEventListener('visibilitychange', () => this.#wake(), first);
    window.addEventListener('scroll', () => this.#closeUnlessHeld(), first);
    window.addEventListener(
      'pointerdown',
      (event) => event.isTrusted && this.#card?.holds(event) === false && this.#card.close(),
      first,
    );
    window.addEventListener(
      'keydown',
      (event) => event.isTrusted && event.key === 'Escape' && this.#card?.close(),
      first,
    );
    // Kept aside for the back button, the page was told nothing, and answers on their way to it were lost.
    const returned = (event: PageTransitionEvent): void => {
      if (!event.isTrusted || !event.persisted) return;
      this.#leave();
      ClickToCall.begin();
    };
    window.addEventListener('pageshow', returned, first);
    browser.runtime.onMessage.addListener(this.#told);
    this.#wake();
  }

  /** Works while the page is seen and rests while it is not. */
  #wake(): void {
    clearInterval(this.#keep);
    if (!document.hidden) {
      this.#keepUp();
      if (this.#stop.signal.aborted) return;
      this.#seen(this.#awaited);
      this.#watch.start();
      this.#pointer.start();
      this.#keep = setInterval(() => this.#keepUp(), KEEP_MS);
    } else {
      this.#watch.stop();
      this.#pointer.stop();
      this.#ask.rest();
      this.#paint.sleep();
      this.#card?.close();
    }
  }

  /** What changed while nobody looked or listened left no record. */
  #keepUp(): void {
    if (isOrphan()) return this.#leave();
    this.#marks.recheck([...this.#paint.painted].map(({ nodes: [first] }) => first));
    this.#paint.keep();
  }

  #leave(): void {
    world[KEY] = null;
    this.#stop.abort();
    clearInterval(this.#keep);
    if (!isOrphan()) browser.runtime.onMessage.removeListener(this.#told);
    this.#watch.stop();
    this.#pointer.stop();
    this.#near.close();
    this.#ask.close();
    this.#card?.close();
    this.#paint.close();
  }

  /** From the background alone: no page and no other extension reaches this listener. */
  readonly #told = (
    message: unknown,
    sender: { id?: string; tab?: unknown },
    respond: (answer: unknown) => void,
  ): boolean => {
    if (sender.id !== browser.runtime.id || sender.tab !== undefined || !isTabMessage(message)) return false;
    this.#answer(message).then(respond, () => respond(null));
    // Keeps the way back open; a returned promise is not understood by every Chrome.
    return true;
  };

  async #answer({ call, step }: TabMessage): Promise<unknown> {
    switch (call) {
      case 'places':
        return (await this.#loaded()).places();
      case 'walk':
        return this.#card?.walk(step ?? null);
      case 'refresh':
        return this.#refresh();
      case 'leave':
        return this.#leave();
    }
  }

  /** Where all is in motion, only what stands still for a moment is worth a question and paint. */
  #read(run: Run, churns: boolean): void {
    const marks = this.#marks.read(run);
    this.#near.once = churns;
    const take = (): void => {
      if (this.#stop.signal.aborted) return;
      for (const mark of marks) if (this.#marks.holds(mark)) this.#near.add(mark);
    };
    if (!churns) take();
    else if (marks.length > 0) setTimeout(take, STOOD_MS);
  }

  *#found(runs: Iterable<Run | null>): Generator<Found[]> {
    for (const run of runs) {
      if (run === null) continue;
      yield this.#marks.read(run).map((mark) => ({
        node: mark.nodes[0],
        target: () => {
          mark.number ??= this.#ask.about(mark);
          return mark.number === undefined ? undefined : targetOfMark(mark);
        },
      }));
    }
  }

  #refresh(): void {
    this.#ask.forget();
    for (const mark of [...this.#paint.painted]) {
      this.#paint.remove(mark);
      mark.number = undefined;
    }
    this.#watch.stop();
    this.#wake();
  }

  #seen(marks: ReadonlySet<Mark>): void {
    for (const mark of marks) {
      const verdict = this.#ask.about(mark);
      if (verdict === undefined) {
        this.#awaited.add(mark);
        continue;
      }
      this.#awaited.delete(mark);
      mark.number = verdict;
      if (verdict !== null) this.#paint.add(mark);
    }
  }

  #unseen(marks: ReadonlySet<Mark>): void {
    for (const mark of marks) {
      this.#awaited.delete(mark);
      this.#paint.leave(mark);
    }
  }

  #gone(mark: Mark): void {
    this.#awaited.delete(mark);
    this.#paint.remove(mark);
    this.#near.remove(mark);
    if (this.#card?.target?.mark === mark) this.#card.close();
  }

  #hover(target: Target | null): void {
    this.#over = target;
    this.#paint.keep();
    this.#paint.show('hover', target?.mark ?? null);
    if (target === null) this.#card?.hover(null);
    else this.#withCard((card) => card.hover(this.#over));
  }

  #calling(target: CardTarget | null): void {
    const mark = [...this.#paint.painted].find((one) => one === target?.mark) ?? null;
    this.#paint.show('calling', mark);
    if (mark !== null) setTimeout(() => this.#paint.show('calling', null), CALLING_MS);
  }

  #closeUnlessHeld(): void {
    if (this.#card?.hasFocus === false) this.#card.close();
  }

  /** The card's script comes with the first need; a page that nobody points at never pays for it. */
  #loaded(): Promise<CardDoor> {
    this.#coming ??= this.#load().catch((thrown: unknown) => {
      this.#coming = null;
      throw thrown;
    });
    return this.#coming;
  }

  async #load(): Promise<CardDoor> {
    if (offeredCard() === null) await ask('loadCard');
    const make = offeredCard();
    if (make === null) throw new Error('card');
    this.#card = make({
      calling: (target) => this.#calling(target),
      read: (root, onElement) => this.#found(runsIn(root, onElement)),
      linkAt: targetOfLink,
      answered: () => this.#ask.answered(),
    });
    return this.#card;
  }

  /** What fails here fails for one gesture: the background is being updated, or the extension is gone. */
  #withCard(use: (card: CardDoor) => Promise<void> | void): void {
    this.#loaded()
      .then(use)
      .catch(() => undefined);
  }
}

/** The extension was updated or taken away: nothing answers here any more, and a new script may come. */
function isOrphan(): boolean {
  const { runtime }: { runtime?: { id?: string } } = browser;
  return runtime?.id === undefined;
}

function isTabMessage(message: unknown): message is TabMessage {
  return typeof message === 'object' && message !== null && 'to' in message && message.to === 'tab';
}
