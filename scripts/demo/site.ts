/** The demo page on loopback: a small customer list whose numbers the gateway's bots answer. */

import { readFile } from 'node:fs/promises';
import { openSite, type Site } from '../stage/site';

export async function openDemo(): Promise<Site> {
  const [page, tokens] = await Promise.all([
    readFile(new URL('index.html', import.meta.url), 'utf8'),
    readFile(new URL('../../components/tokens.css', import.meta.url), 'utf8'),
  ]);
  // A function, since a replacement text would read `$` as its own.
  return openSite(page.replace('/* tokens */', () => tokens));
}
