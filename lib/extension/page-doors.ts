/** The few things that a page of ours does outside itself: keep text as a file, put it on the clipboard, watch the grants. */

import { browser } from 'wxt/browser';

export { canOpenPanel, openPanel } from './side-panel';

const TYPES: { readonly [ending: string]: string } = { csv: 'text/csv', txt: 'text/plain', vcf: 'text/vcard' };

/** Offers text as a file to keep. */
export function saveText(name: string, text: string): void {
  const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'application/json';
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the address after the click returned.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** False where the browser refused. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Calls back when a site was granted or taken back; returns the stop. */
export function watchGrants(listener: () => void): () => void {
  const { onAdded, onRemoved } = browser.permissions;
  const changed = (): void => listener();
  onAdded.addListener(changed);
  onRemoved.addListener(changed);
  return () => {
    onAdded.removeListener(changed);
    onRemoved.removeListener(changed);
  };
}
