/**
 * `npm run faults`: every fault in every state, and what became of it. `--only "close 1006/active/on"` plays the cells whose
 * name holds that, `--lanes 3` so many at a time, `--write` keeps the table in docs/RELIABILITY.md.
 */

import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { CELLS, playMatrix } from './matrix';
import { readPromises } from './promises';
import { keep } from './report';
import { judge, matrixTable, row } from './table';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    lanes: { type: 'string', default: '2' },
    write: { type: 'boolean', default: false },
    browser: { type: 'string', default: 'chromium' },
  },
});
if (values.browser !== 'chromium')
  throw new Error(`not yet in ${values.browser}: the matrix is played in Chromium alone`);

const promises = await readPromises();
const cells = CELLS.filter(({ fault, state, keepAlive }) =>
  `${fault}/${state}/${keepAlive ? 'on' : 'off'}`.includes(values.only),
);
const results = await playMatrix(cells, Number(values.lanes), (result) => console.log(row(judge(result, promises))));
const judged = results.map((result) => judge(result, promises));
const broken = judged.filter(({ promised }) => !promised);
const summary = `${judged.length} cells, ${judged.length - broken.length} as promised, ${broken.length} not. Node ${process.version}, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}.`;
console.log(`\n${matrixTable(judged)}\n\n${summary}`);
if (values.write) await keep('matrix', `${summary}\n\n${matrixTable(judged)}`);
process.exitCode = broken.length > 0 ? 1 : 0;
