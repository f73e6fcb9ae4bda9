/** Firefoxes with one web page each, whose microphone is allowed in the real prompt; functions run there as the page's own scripts do. */

import { ensureFirefox } from '../../../scripts/install/firefox.mjs';
import { Firefox } from './firefox';

export interface WebPage {
  /** Only JSON goes in and comes out. */
  evaluate<R>(run: (given: never) => R | Promise<R>, given?: unknown): Promise<R>;
}
export interface Visited {
  readonly firefox: Firefox;
  readonly page: WebPage;
  close(): Promise<void>;
}

export class WebPages {
  readonly #binary: string;
  readonly #open = new Set<Firefox>();

  private constructor(binary: string) {
    this.#binary = binary;
  }

  static async ready(): Promise<WebPages> {
    const binary = await ensureFirefox();
    if (binary === null) throw new Error('there is no Firefox, and none could be installed');
    return new WebPages(binary);
  }

  /** Goes there in a Firefox of its own, and presses Allow once. */
  async open(url: string): Promise<Visited> {
    const firefox = await Firefox.launch({ binary: this.#binary });
    this.#open.add(firefox);
    const close = async (): Promise<void> => {
      if (this.#open.delete(firefox)) await firefox.close();
    };
    try {
      return { firefox, page: await visit(firefox, url), close };
    } catch (error) {
      await close();
      throw error;
    }
  }

  /** Ends all that are still open. */
  async close(): Promise<void> {
    const open = [...this.#open];
    this.#open.clear();
    for (const firefox of open) await firefox.close();
  }
}

async function visit(firefox: Firefox, url: string): Promise<WebPage> {
  await firefox.goTo(url);
  await firefox.inPage(ASK);
  await firefox.allowMicrophone({ remember: true });
  await firefox.inPage(ANSWERED);
  return {
    async evaluate<R>(run: (given: never) => R | Promise<R>, given?: unknown): Promise<R> {
      const said = await firefox.inPage(EVALUATE, run.toString(), JSON.stringify(given) ?? 'undefined');
      return (typeof said === 'string' ? JSON.parse(said) : undefined) as R;
    },
  };
}

/** Compilers give functions their names by a helper, which travels with none of them. */
const ASK = `
  window.wrappedJSObject.eval(
    'globalThis.__name ??= (value) => value; globalThis.asked = navigator.mediaDevices.getUserMedia({ audio: true }); 0;'
  );`;
const ANSWERED = `
  await window.wrappedJSObject.eval('asked.then((stream) => stream.getTracks().forEach((track) => track.stop()))');`;
const EVALUATE = `
  return window.wrappedJSObject.eval(
    '(async () => JSON.stringify(await (' + args[0] + ')(' + args[1] + ')))()'
  );`;
