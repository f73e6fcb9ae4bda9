/** Files for the person to keep, through the browser's downloads; asked for only by who wants them. */

import { browser } from 'wxt/browser';
import { PhoneError } from '../phone/model/errors';

const WANTED = { permissions: ['downloads' as const] };
const FORGET_MS = 60_000;

/** Asks where nobody was asked yet. Only inside a person's own gesture; never rejects. */
export async function askForDownloads(): Promise<boolean> {
  try {
    return await browser.permissions.request(WANTED);
  } catch {
    return false;
  }
}

/** Throws `not-allowed` where the person gave no leave. */
export async function download(name: string, text: string): Promise<void> {
  if (!(await browser.permissions.contains(WANTED))) throw new PhoneError('not-allowed', { permission: 'downloads' });
  const url = addressOf(text);
  await browser.downloads.download({ url, filename: name, saveAs: false, conflictAction: 'uniquify' });
  if (url.startsWith('blob:')) setTimeout(() => URL.revokeObjectURL(url), FORGET_MS);
}

/** A service worker makes no object URLs, and Firefox downloads no data URLs. */
function addressOf(text: string): string {
  if (typeof URL.createObjectURL === 'function')
    return URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  return `data:application/json;charset=utf-8,${encodeURIComponent(text)}`;
}
