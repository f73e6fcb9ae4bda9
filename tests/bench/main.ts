/** `npm run bench [-- --calls 30] [-- --write]`: the official SDK and ours in turn, in one Chromium, against one gateway. */

import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startGateway } from '../../gateway/gateway';
import { perform, PLAYS } from './plays';
import { entrypointSizes, librarySizes } from './sizes';
import { openStage } from './stage';
import { sizeTable, tableOf } from './table';

const REPORT = fileURLToPath(new URL('../../docs/BENCHMARKS.md', import.meta.url));
const BUILT = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url));
/** What stands in the report between these lines is written by `--write`. */
const [BEGIN, END] = ['<!-- measured: begin -->', '<!-- measured: end -->'];

const { values } = parseArgs({
  options: { calls: { type: 'string', default: '30' }, write: { type: 'boolean', default: false } },
});

const sections: string[] = [];
function tell(section: string): void {
  sections.push(section);
  console.log(`${section}\n`);
}

const gateway = await startGateway({ timing: { ringMs: 0 } });
const stage = await openStage();
try {
  tell(`Node ${process.version}, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}.`);
  for (const play of PLAYS) tell(tableOf(await perform(play, stage, gateway, Number(values.calls))));
} finally {
  await stage.close();
  await gateway.close();
}
tell(`### Size of the library\n\n${sizeTable(await librarySizes())}`);
const built = await entrypointSizes(BUILT);
if (built.length > 0) tell(`### Size of each entrypoint with all it loads\n\n${sizeTable(built)}`);

if (values.write) {
  const report = await readFile(REPORT, 'utf8');
  const [from, to] = [report.indexOf(BEGIN), report.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${REPORT} has no place for the numbers`);
  const measured = `${BEGIN}\n\n${sections.join('\n\n')}\n\n`;
  await writeFile(REPORT, report.slice(0, from) + measured + report.slice(to));
}
