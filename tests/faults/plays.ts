/** The browsers' slow plays once more, with every line over FreeSWITCH's dialect: too many for each `npm test`. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What has calls in it, names no dialect, and is not played over both in `npm test`. */
const PLAYS: readonly { readonly browser: string; readonly file: string }[] = [
  { browser: 'Chromium', file: 'tests/e2e/keyboard-alone.test.ts' },
  { browser: 'Chromium', file: 'tests/e2e/mended.test.ts' },
  { browser: 'Chromium', file: 'tests/e2e/microphone.test.ts' },
  { browser: 'Chromium', file: 'tests/e2e/report-file.test.ts' },
  { browser: 'Chromium', file: 'tests/e2e/recovery/new-life.test.ts' },
  { browser: 'Firefox', file: 'tests/e2e/firefox/call.test.ts' },
  { browser: 'Firefox', file: 'tests/e2e/firefox/talk.test.ts' },
];

interface FileReport {
  readonly name: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly assertionResults: readonly { readonly status: string }[];
}

const HEAD = ['| browser | file | plays | passed | took |', '| --- | --- | --- | --- | --- |'];

/**
 * Plays those whose file holds `only`; how many plays failed or did not run, and a table, in which a file that is not
 * played keeps its row of `before`.
 */
export async function playOverVerto(
  only: string,
  before: ReadonlyMap<string, string>,
): Promise<{ readonly table: string; readonly failures: number }> {
  const wanted = PLAYS.filter(({ file }) => file.includes(only));
  const reports = await run(wanted.map(({ file }) => file));
  let failures = 0;
  const rows = PLAYS.flatMap((play) => {
    const { browser, file } = play;
    if (!wanted.includes(play)) return before.get(`${browser}/\`${basename(file)}\``) ?? [];
    const report = reports.find(({ name }) => name.endsWith(file));
    const plays = report?.assertionResults ?? [];
    const passed = plays.filter(({ status }) => status === 'passed').length;
    failures += Math.max(plays.length - passed, plays.length === 0 ? 1 : 0);
    const seconds = report ? Math.round((report.endTime - report.startTime) / 1_000) : 0;
    return `| ${browser} | \`${basename(file)}\` | ${plays.length} | ${passed} | ${seconds} s |`;
  });
  return { table: [...HEAD, ...rows].join('\n'), failures };
}

async function run(files: readonly string[]): Promise<readonly FileReport[]> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-plays-'));
  const report = join(folder, 'report.json');
  const projects = ['--project', 'browser', '--project', 'browser-alone'];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  try {
    const child = spawn(process.execPath, [vitest, 'run', ...projects, ...reporters, ...files], {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, HOLDFAST_DIALECT: 'verto' },
    });
    await once(child, 'exit');
    const { testResults } = JSON.parse(await readFile(report, 'utf8')) as { testResults: readonly FileReport[] };
    return testResults;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
