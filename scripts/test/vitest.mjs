/** Runs one of Vitest's projects and counts by its JSON report, so that no failure is lost between process and exit code. */

import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '../install/command.mjs';
import { bin, root, scratch } from '../install/tree.mjs';
import { fail, pass } from './tally.mjs';

const LIMIT_MS = 2_400_000;

/** @param env for the tests: where the browser is, for instance */
export async function vitest(name, project, { env = {} } = {}) {
  const folder = join(scratch, 'test');
  const report = join(folder, `${name}.json`);
  mkdirSync(folder, { recursive: true });
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = [bin('vitest'), 'run', '--project', project, ...reporters];
  const { code } = await command(process.execPath, args, {
    cwd: root,
    show: true,
    limitMs: LIMIT_MS,
    env: { NO_COLOR: '1', ...env },
  });
  count(name, code, read(report));
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

function count(name, code, report) {
  if (!report)
    return fail(name, code === 124 ? 'took too long and was ended' : `ended with code ${code} and left no report`);
  let failures = 0;
  const failed = (what, detail) => {
    failures += 1;
    fail(what, detail);
  };
  for (const file of report.testResults) {
    const where = file.name.replaceAll('\\', '/').replace(root.replaceAll('\\', '/'), '');
    if (file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')) {
      failed(where, firstLine(file.message) || 'the file failed outside its tests');
    }
    for (const test of file.assertionResults) {
      if (test.status === 'passed') pass();
      // A test that was skipped has shown nothing.
      else failed(`${where} ${test.fullName}`, test.status === 'failed' ? '' : `not run (${test.status})`);
    }
  }
  if (report.numTotalTests === 0) failed(name, 'no test was found');
  else if (code !== 0 && failures === 0)
    failed(name, `ended with code ${code} though every test passed: an error outside the tests`);
}

function firstLine(text) {
  return (text ?? '').trim().split('\n')[0];
}
