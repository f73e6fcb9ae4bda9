/**
 * `npm test`: installs what is missing, runs everything, ends with one line `N passed, N failed`.
 * `npm test -- unit e2e` runs those phases alone.
 */

import { ensurePackages } from './install/packages.mjs';
import { close, fail } from './test/tally.mjs';

async function main() {
  await ensurePackages();
  const { phases } = await import('./test/phases.mjs');
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !(name in phases));
  if (unknown.length > 0)
    throw new Error(`no phase is called ${unknown.join(', ')}: there are ${Object.keys(phases).join(', ')}`);
  for (const [name, run] of Object.entries(phases)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`\n== ${name}`);
    try {
      await run();
    } catch (error) {
      console.log(error instanceof Error ? error.message : error);
      fail(name, 'the phase broke off');
    }
  }
}

try {
  await main();
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
  fail('preparing the tests');
}
process.exitCode = close();
