/** One web page in a Firefox, whose microphone is allowed in the real prompt; functions run in it as its own scripts do. */

import type { Firefox } from './firefox';

export interface WebPage {
  /** Only JSON goes in and comes out. */
  evaluate<R>(run: (given: never) => R | Promise<R>, given?: unknown): Promise<R>;
}

/** Goes there, and presses Allow once. */
export async function openWebPage(firefox: Firefox, url: string): Promise<WebPage> {
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
