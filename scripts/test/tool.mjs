/** One tool is one check: it passes silently, or fails with everything it said. */

import { command } from '../install/command.mjs';
import { root } from '../install/tree.mjs';
import { fail, pass } from './tally.mjs';

const LIMIT_MS = 600_000;

/** @param judge gets the output of a tool that exited with 0 and returns what is wrong with it all the same, or null. */
export async function tool(name, script, args, judge = () => null) {
  const start = Date.now();
  const { code, output } = await command(process.execPath, [script, ...args], {
    cwd: root,
    limitMs: LIMIT_MS,
    env: { NO_COLOR: '1' },
  });
  const wrong = code === 124 ? 'took too long' : code === 0 ? judge(output) : `exit code ${code}`;
  return report(name, start, wrong, output);
}

/** The same for a check that is a function: it passes when it returns, and fails with what it throws. */
export async function check(name, run) {
  const start = Date.now();
  try {
    await run();
    return report(name, start, null, '');
  } catch (error) {
    return report(name, start, error instanceof Error ? error.message : String(error), '');
  }
}

function report(name, start, wrong, output) {
  const seconds = `${((Date.now() - start) / 1000).toFixed(1)} s`;
  if (wrong === null) {
    pass();
    console.log(`  ok      ${name}  ${seconds}`);
    return true;
  }
  console.log(`  FAILED  ${name}  ${seconds}\n${output.trimEnd()}\n          ${wrong}`);
  fail(name, wrong.split('\n')[0]);
  return false;
}
