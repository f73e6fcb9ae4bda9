/** Finds a Firefox, or installs Debian's. */

import { aptInstall } from './apt.mjs';
import { answers } from './command.mjs';

/** The program's name, or null where there is none and none can be had. */
export async function ensureFirefox() {
  const present = await installed();
  if (present) return present;
  return (await aptInstall('firefox-esr')) ? installed() : null;
}

async function installed() {
  const macs = '/Applications/Firefox.app/Contents/MacOS/firefox';
  for (const name of [process.env.HOLDFAST_FIREFOX, 'firefox-esr', 'firefox', macs]) {
    if (name && (await answers(name))) return name;
  }
  return null;
}
