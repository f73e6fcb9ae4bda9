/** `npm run screens [-- words]`: draws every screen and state into .holdfast/screens, and says what is wrong with them. */

import { mkdirSync } from 'node:fs';
import { CASES } from './cases';
import { startHarness } from './harness';
import { inspect } from './inspect';

const words = process.argv.slice(2);
const folder = '.holdfast/screens';
const wanted = CASES.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));

mkdirSync(folder, { recursive: true });
const harness = await startHarness();
let wrong = 0;
try {
  for (const drawn of wanted) {
    const faults = await inspect(harness, drawn, {
      themes: ['light', 'dark', 'forced'],
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
