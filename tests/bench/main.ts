/**
 * `npm run bench [-- --calls 30] [-- --write] [-- --browser firefox]`: the official SDK and ours in turn, in one browser, against
 * one gateway.
 */

import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startGateway } from '../../gateway/gateway';
import { openFirefoxStage } from './firefox';
import { perform, PLAYS } from './plays';
import { entrypointSizes, librarySizes } from './sizes';
import { openStage, type Stage } from './stage';
import { sizeTable, tableOf } from './table';

const REPORT = fileURLToPath(new URL('../../docs/BENCHMARKS.md', import.meta.url));
/** What stands in the report between these lines is written by `--write`. */
const marksOf = (section: string): readonly [string, string] => [
  `<!-- ${section}: begin -->`,
  `<!-- ${section}: end -->`,
];

const BROWSERS: {
  readonly [name: string]: { readonly open: () => Promise<Stage>; readonly section: string; readonly built: string };
} = {
  chromium: { open: openStage, section: 'measured', built: 'chrome-mv3' },
  firefox: { open: openFirefoxStage, section: 'firefox', built: 'firefox-mv2' },
};

const { values } = parseArgs({
  options: {
    browser: { type: 'string', default: 'chromium' },
    calls: { type: 'string', default: '30' },
    write: { type: 'boolean', default: false },
  },
});

const chosen = BROWSERS[values.browser];
if (chosen === undefined) throw new Error(`no browser is called ${values.browser}: there are chromium and firefox`);
const sections: string[] = [];
function tell(section: string): void {
  sections.push(section);
  console.log(`${section}\n`);
}

const gateway = await startGateway({ timing: { ringMs: 0 } });
const stage = await chosen.open();
try {
  tell(`Node ${process.version}, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}.`);
  for (const play of PLAYS) tell(tableOf(await perform(play, stage, gateway, Number(values.calls))));
} finally {
  await stage.close();
  await gateway.close();
}
tell(`### Size of the library\n\n${sizeTable(await librarySizes())}`);
const built = await entrypointSizes(fileURLToPath(new URL(`../../.output/${chosen.built}`, import.meta.url)));
if (built.length > 0) tell(`### Size of each entrypoint with all it loads\n\n${sizeTable(built)}`);

if (values.write) {
  const report = await readFile(REPORT, 'utf8');
  const [begin, end] = marksOf(chosen.section);
  const [from, to] = [report.indexOf(begin), report.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${REPORT} has no place for the numbers`);
  const measured = `${begin}\n\n${sections.join('\n\n')}\n\n`;
  await writeFile(REPORT, report.slice(0, from) + measured + report.slice(to));
}
