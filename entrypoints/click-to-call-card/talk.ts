/** What the card says about a target and what its buttons do: ready, unclear, calling, refused, or no number after all. */

import type { NumberFacts, NumberReading, WalkPlaces, WalkStep } from '../../lib/extension/contract';
import { t } from '../../lib/extension/i18n';
import type { CardDoor, CardPage, CardTarget } from '../../lib/extension/card-door';
import { remote } from '../../lib/extension/rpc';
import type { CallId } from '../../lib/phone/model/ids';
import { PhoneError } from '../../lib/phone/model/errors';
import { Card, type Button, type CardView } from './card';
import { Places } from './places';

/** "Will not be marked again" stays for this long. */
const UNDO_MS = 8000;
/** "Calling…" and its way out stay for this long. */
const CALLING_MS = 6000;
const COPIED_MS = 1500;

export class Talk implements CardDoor {
  readonly #page = remote('page');
  readonly #card = new Card();
  readonly #places: Places;
  readonly #onCalling: (target: CardTarget | null) => void;
  #target: CardTarget | null = null;
  /** Its card is awaited because the pointer rests on it, and for nothing else. */
  #rested: CardTarget | null = null;
  #keyboard = false;
  #place = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(page: CardPage) {
    this.#places = new Places(page);
    this.#onCalling = (target) => page.calling(target);
  }

  get target(): CardTarget | null {
    return this.#target;
  }

  get isOpen(): boolean {
    return this.#card.isOpen;
  }

  get hasFocus(): boolean {
    return this.#card.hasFocus;
  }

  holds(event: Event): boolean {
    return this.#card.holds(event);
  }

  hover(target: CardTarget | null): void {
    if (this.#card.isOpen) return;
    if (target !== null) return this.#card.glyph(() => target.boxes());
    if (this.#rested !== null) this.#target = this.#rested = null;
    this.#card.close();
  }

  async open(target: CardTarget): Promise<void> {
    this.#begin(target, false, '');
    this.#rested = target;
    await this.#openReady(target);
  }

  places(): Promise<WalkPlaces> {
    return this.#places.look();
  }

  walk(step: WalkStep | null): void {
    if (step === null) return this.#end(() => this.#card.passOn());
    const { index, place, of } = step;
    const target = this.#places.goTo(index);
    if (target === null) return this.close();
    const box = target.boxes()[0];
    if (box === undefined || box.top < 0 || box.bottom > innerHeight) {
      target.element?.scrollIntoView({ block: 'center', behavior: 'instant' });
    }
    this.#begin(target, true, t('card_place', place, of));
    void this.#openReady(target);
  }

  async call(target: CardTarget): Promise<void> {
    const keyboard = this.#keyboard && this.#target === target;
    this.#begin(target, keyboard, '');
    const facts = await this.#facts(target);
    if (facts === null || this.#target !== target || !target.isStillThere()) return;
    const asks =
      facts.number === null || readingsOf(target, facts).length > 1 || facts.line?.ready === false || !facts.atOnce;
    if (asks) this.#show(this.#ready(target, facts));
    else await this.#dial(target, target.dial, facts);
  }

  async #openReady(target: CardTarget): Promise<void> {
    const facts = await this.#facts(target);
    if (facts !== null && this.#target === target && target.isStillThere()) this.#show(this.#ready(target, facts));
  }

  close(): void {
    this.#end(() => this.#card.close());
  }

  #end(shut: () => void): void {
    clearTimeout(this.#timer);
    this.#target = null;
    shut();
  }

  #begin(target: CardTarget, keyboard: boolean, place: string): void {
    clearTimeout(this.#timer);
    this.#target = target;
    this.#rested = null;
    this.#keyboard = keyboard;
    this.#place = place;
  }

  async #facts(target: CardTarget): Promise<NumberFacts | null> {
    try {
      return await this.#page.about(target.dial);
    } catch {
      return null; // The background is being updated; the number stays and the next gesture asks again.
    }
  }

  #show(view: CardView): void {
    const target = this.#target;
    if (target === null) return;
    this.#card.show(view, () => target.boxes(), {
      keyboard: this.#keyboard,
      onClosed: () => {
        if (this.#target === target) this.#target = null;
      },
    });
  }

  #ready(target: CardTarget, facts: NumberFacts): CardView {
    const { number } = facts;
    const readings = readingsOf(target, facts);
    if (number === null) return { title: t('card_not_callable'), detail: t('card_not_callable_why'), rows: [] };
    if (readings.length > 1) return this.#unclear(target, facts);
    const { shown, extension } = number;
    const about = [
      facts.name === null ? '' : shown,
      facts.line === null || facts.line.ready ? facts.place : t('card_line_not_ready', facts.line.name),
    ];
    const detail = [
      about.filter((part) => part !== '').join(t('list_separator')),
      extension === null ? '' : t('card_then', extension),
    ];
    const others = [this.#copy(shown), ...this.#notANumber(target)];
    const main = this.#main(target, facts);
    const spoken = this.#place === '' ? {} : { spoken: t('card_spoken', shown, this.#place) };
    return {
      title: facts.name ?? shown,
      isNumber: facts.name === null,
      detail: detail.filter((part) => part !== '').join(' · '),
      rows: extension === null && facts.busyWith === null ? [[main, ...others]] : [[main], others],
      ...spoken,
    };
  }

  #main(target: CardTarget, facts: NumberFacts): Button {
    if (facts.line?.ready === false) {
      return { words: t('card_sign_in'), look: 'call', run: () => this.#quietly(this.#page.openPhone()) };
    }
    const extension = facts.number?.extension ?? null;
    const words =
      facts.busyWith !== null
        ? t('card_hold_and_call', facts.busyWith)
        : extension === null
          ? t('card_call')
          : t('card_call_then', extension);
    return { words, look: 'call', icon: 'phone', run: () => void this.#dial(target, target.dial, facts) };
  }

  #unclear(target: CardTarget, facts: NumberFacts): CardView {
    const choose = (reading: NumberReading): Button => ({
      words: `${reading.countryName ?? ''} +${reading.callingCode}`.trim(),
      look: 'plain',
      run: () => {
        if (reading.country !== null) this.#quietly(this.#page.chooseCountry(reading.country));
        const extension = facts.number?.extension ?? null;
        void this.#dial(target, extension === null ? reading.e164 : `${reading.e164};ext=${extension}`, facts);
      },
    });
    return {
      title: target.reads,
      isNumber: true,
      detail: t('card_which_country'),
      note: t('card_remembered', location.hostname),
      rows: [readingsOf(target, facts).map(choose)],
    };
  }

  async #dial(target: CardTarget, number: string, facts: NumberFacts): Promise<void> {
    if (!target.isStillThere()) return this.close();
    const name = facts.name ?? facts.number?.shown ?? '';
    this.#onCalling(target);
    try {
      const call = await this.#page.dial(number);
      if (this.#target !== target) return;
      // Without a call the number waits in the phone, which is open now.
      if (call === null) return this.close();
      this.#show(this.#calling(name, call));
      this.#later(CALLING_MS);
    } catch (thrown) {
      const { reason } = PhoneError.from(thrown);
      this.#onCalling(null);
      this.#show({
        title: t('card_failed', name),
        detail: t(reason === 'not-allowed' ? 'card_failed_too_often' : 'card_failed_why'),
        rows: [[this.#openPhone('call')]],
      });
    }
  }

  #calling(name: string, call: CallId): CardView {
    const cancel = (): void => {
      this.#quietly(this.#page.cancel(call));
      this.#onCalling(null);
      this.close();
    };
    return {
      title: t('card_calling', name),
      look: 'calling',
      rows: [[{ words: t('card_cancel'), look: 'end', icon: 'hang', run: cancel }, this.#openPhone('plain')]],
    };
  }

  #openPhone(look: Button['look']): Button {
    return { words: t('card_open_phone'), look, run: () => this.#quietly(this.#page.openPhone()) };
  }

  #copy(shown: string): Button {
    const copy = async (): Promise<void> => {
      const copied = await copyText(shown);
      this.#show({ title: t(copied ? 'card_copied' : 'card_not_copied'), look: 'done', rows: [] });
      this.#later(COPIED_MS);
    };
    return { words: t('card_copy'), look: 'plain', icon: 'copy', key: 'c', run: () => void copy() };
  }

  #notANumber(target: CardTarget): Button[] {
    const { candidate } = target;
    if (candidate === null) return [];
    const refuse = (): void => {
      this.#quietly(this.#page.refuse(candidate, 'this'));
      const undo = (): void => {
        this.#quietly(this.#page.unrefuse(candidate));
        this.close();
      };
      const alike = (): void => {
        this.#quietly(this.#page.refuse(candidate, 'alike'));
        this.close();
      };
      this.#show({
        title: t('card_refused'),
        look: 'done',
        rows: [
          [
            { words: t('card_undo'), look: 'plain', run: undo },
            { words: t('card_all_alike'), look: 'plain', run: alike },
          ],
        ],
      });
      this.#later(UNDO_MS);
    };
    return [{ words: t('card_not_a_number'), look: 'quiet', key: 'x', run: refuse }];
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(), ms);
  }

  /** What fails here is seen in the phone itself; the page goes on. */
  #quietly(work: Promise<unknown>): void {
    work.catch(() => undefined);
  }
}

/** A mark is what it reads on the page, a link what its address reads. */
function readingsOf(target: CardTarget, facts: NumberFacts): readonly NumberReading[] {
  return target.readings.length > 0 ? target.readings : (facts.number?.readings ?? []);
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // Pages without encryption have no clipboard.
  }
}
