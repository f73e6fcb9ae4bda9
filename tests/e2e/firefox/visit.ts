/** A web page in a tab of a real Firefox, and a hand that clicks on it. */

import { openSite, type Site } from '../../../scripts/stage/site';
import type { FirefoxActor } from './actor';
import { patiently } from './patience';

interface Place {
  readonly x: number;
  readonly y: number;
}

export class Visit {
  readonly #actor: FirefoxActor;
  readonly #site: Site;
  readonly #handle: string;

  private constructor(actor: FirefoxActor, site: Site, handle: string) {
    this.#actor = actor;
    this.#site = site;
    this.#handle = handle;
  }

  /** Serves the page and opens it in a tab before the person's eyes. */
  static async pay(actor: FirefoxActor, html: string): Promise<Visit> {
    const site = await openSite(html);
    const handle = await actor.windows.openTab(site.url);
    return new Visit(actor, site, handle);
  }

  get handle(): string {
    return this.#handle;
  }

  /** What the tab shows now. */
  async address(): Promise<string> {
    await this.#actor.firefox.switchTo(this.#handle);
    return this.#actor.firefox.address();
  }

  async isBack(): Promise<void> {
    await patiently('the page is back', async () => {
      if ((await this.address()) !== this.#site.url) return false;
      return (await this.run('return document.readyState;')) === 'complete';
    });
  }

  /** Runs as the page's own script would. */
  async run(script: string, ...args: readonly unknown[]): Promise<unknown> {
    await this.#actor.firefox.switchTo(this.#handle, { toFront: false });
    return this.#actor.firefox.asPage(script, ...args);
  }

  /** A trusted click on the first such element; what follows from it is not waited for. */
  async click(selector: string, which: 'left' | 'right' = 'left'): Promise<void> {
    const { x, y } = (await this.run(MIDDLE, selector)) as Place;
    await this.#actor.firefox.switchTo(this.#handle);
    await this.#actor.firefox.clickAt(x, y, which);
  }

  /** Clicks on the number where it is marked, once it answers to the pointer. */
  async clickNumber(text: string): Promise<void> {
    const { firefox } = this.#actor;
    const { x, y } = await this.pointAt(text);
    await firefox.switchTo(this.#handle);
    await firefox.clickAt(x, y);
  }

  /** Where the number is marked, the pointer being there. */
  async pointAt(text: string): Promise<Place> {
    const { firefox } = this.#actor;
    const place = await patiently(`${text} is marked`, async () => (await this.run(MARK, text)) as Place | null);
    await patiently(`${text} answers to the pointer`, async () => {
      await firefox.switchTo(this.#handle);
      await firefox.moveTo(place.x, place.y);
      return this.run("return (CSS.highlights.get('holdfast-hover')?.size ?? 0) > 0;");
    });
    return place;
  }

  async close(): Promise<void> {
    await this.#actor.firefox.switchTo(this.#handle);
    await this.#actor.firefox.closeWindow();
    await this.#site.close();
  }
}

const MIDDLE = `
  const { x, y, width, height } = document.querySelector(args[0]).getBoundingClientRect();
  return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };`;

/** Asks nothing of the page's own prototypes, which may be bent. */
const MARK = `
  for (const highlight of CSS.highlights.values())
    for (const marked of highlight.values()) {
      const range = document.createRange();
      range.setStart(marked.startContainer, marked.startOffset);
      range.setEnd(marked.endContainer, marked.endOffset);
      if (range.toString() !== args[0]) continue;
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
    }
  return null;`;
