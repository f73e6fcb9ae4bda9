/** Makes sure that the engine's document exists. Firefox: a frame inside the persistent background page. */

const PAGE = '/offscreen.html';

let frame: HTMLIFrameElement | null = null;

/** Resolves when the document has loaded. */
export async function ensureEngine(): Promise<void> {
  if (await engineExists()) return;
  const born = document.createElement('iframe');
  frame = born;
  born.src = PAGE;
  const loaded = new Promise<void>((resolve) => born.addEventListener('load', () => resolve(), { once: true }));
  document.body.append(born);
  await loaded;
}

export function engineExists(): Promise<boolean> {
  return Promise.resolve(frame?.isConnected === true);
}
