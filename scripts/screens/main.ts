/**
 * `npm run screens [-- words] [--lang fr]`: draws every screen and state into .holdfast/screens, in that language, and says
 * what is wrong with them. In another language nobody presses anything: a state that asks for it is drawn as it begins.
 */

import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CASES } from './cases';
import { startHarness } from './harness';
import { inspect } from './inspect';

const { positionals: words, values } = parseArgs({ allowPositionals: true, options: { lang: { type: 'string' } } });
const { lang } = values;
const folder = `.holdfast/screens${lang === undefined ? '' : `/${lang}`}`;
const wanted = CASES.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));

mkdirSync(folder, { recursive: true });
const harness = await startHarness();
let wrong = 0;
try {
  for (const drawn of wanted) {
    const faults = await inspect(harness, drawn, {
      ...(lang === undefined ? { themes: ['light', 'dark', 'forced'], strained: true } : { view: { lang } }),
      picture: (theme) => `${folder}/${drawn.name}.${theme}.png`,
    });
    wrong += faults.length;
    for (const fault of faults) console.log(`${drawn.name} ${fault}`);
  }
} finally {
  await harness.close();
}
console.log(`${wanted.length} states drawn into ${folder}, ${wrong} faults`);
process.exitCode = wrong === 0 ? 0 : 1;
