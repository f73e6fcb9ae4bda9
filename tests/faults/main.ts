/**
 * `npm run faults`: every fault in every state, random sequences of them, and the same drops beside the official SDK.
 * `--only "close 1006/active/on"` plays the cells whose name holds that, `--part matrix|sequences|beside|plays` one part alone,
 * `--browser firefox` plays the matrix in Firefox, `--dialect verto` plays it over FreeSWITCH's dialect (docs/FREESWITCH.md), and with
 * `--part plays` the browsers' plays that `npm test` has no time for,
 * `--lanes 3` so many at a time, `--seed 7 --sequences 100` other sequences, `--write` keeps the tables in docs/RELIABILITY.md.
 */

import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { besideTheOfficial } from './beside';
import { openChromium, type Browser } from './browser';
import { BROWSER_FAULTS, type BrowserFault } from './catalogue';
import type { Result } from './cell';
import { openFirefox } from './firefox';
import { CELLS, playMatrix, VERTO_CELLS } from './matrix';
import { playOverVerto } from './plays';
import { readPromises, REPORTS } from './promises';
import { keep, keptRows, rowKey } from './report';
import { playSequences, sequencesFrom, sequencesTable } from './sequences';
import { HEAD, judge, matrixTable, row, type Judged } from './table';
import { cellsOf, playViolence, type Victim } from './violence';
import { openChromiumVictim } from './violence-chromium';
import { openFirefoxVictim } from './violence-firefox';

const { values } = parseArgs({
  options: {
    part: { type: 'string', default: 'all' },
    only: { type: 'string', default: '' },
    lanes: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    sequences: { type: 'string', default: '100' },
    drops: { type: 'string', default: '10' },
    write: { type: 'boolean', default: false },
    browser: { type: 'string', default: 'chromium' },
    dialect: { type: 'string', default: 'telnyx' },
  },
});
interface Kind {
  readonly open: () => Promise<Browser>;
  readonly victim: () => Promise<Victim>;
  readonly faults: readonly BrowserFault[];
}
const BROWSERS: { readonly [name: string]: Kind } = {
  chromium: { open: openChromium, victim: openChromiumVictim, faults: BROWSER_FAULTS.chromium },
  firefox: { open: openFirefox, victim: openFirefoxVictim, faults: BROWSER_FAULTS.firefox },
};
const browser = BROWSERS[values.browser];
if (browser === undefined) throw new Error(`no browser is called ${values.browser}: there are chromium and firefox`);
const dialect = values.dialect === 'verto' ? 'verto' : 'telnyx';
const cells = dialect === 'verto' ? VERTO_CELLS : CELLS;
const violence = dialect === 'telnyx' ? cellsOf(browser.faults) : [];
/** What is played over Telnyx's in Chromium alone: random sequences, the official SDK beside ours. */
const everything = values.browser === 'chromium' && dialect === 'telnyx';
const plays = (part: string): boolean => values.part === part || (values.part === 'all' && values.only === '');
const lanes = Number(values.lanes);
let failures = 0;

if (values.part !== 'plays' && (plays('matrix') || values.only !== '')) {
  const promises = await readPromises(dialect);
  const wanted = ({ fault, state, keepAlive }: Pick<Result, 'fault' | 'state' | 'keepAlive'>): boolean =>
    `${fault}/${state}/${keepAlive ? 'on' : 'off'}`.includes(values.only);
  const tell = (result: Result): void => console.log(row(judge(result, promises)));
  const results = [
    ...(await playMatrix(await browser.open(), dialect, cells.filter(wanted), lanes, tell)),
    ...(await playViolence(browser.victim, violence.filter(wanted), tell)),
  ];
  const judged = results.map((result) => judge(result, promises));
  const broken = judged.filter(({ promised }) => !promised);
  failures += broken.length;
  const summary = `${judged.length} cells, ${judged.length - broken.length} as promised, ${broken.length} not. Node ${process.version}, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}.`;
  console.log(`\n${matrixTable(broken)}\n\n${summary}\n`);
  if (values.write) await keepMatrix(judged, values.browser === 'chromium' ? 'matrix' : values.browser);
}
if (everything && plays('sequences')) {
  const seed = Number(values.seed);
  const played = await playSequences(
    sequencesFrom(seed, Number(values.sequences)),
    lanes,
    ({ number, state, outcome, wrong }) =>
      console.log(`${number} ${state}: ${outcome}${wrong === null ? '' : ` WRONG ${wrong}`}`),
  );
  failures += played.filter(({ wrong }) => wrong !== null).length;
  const text = sequencesTable(seed, played);
  console.log(`\n${text}\n`);
  if (values.write) await keep('sequences', text);
}
if (everything && plays('beside')) {
  const text = await besideTheOfficial(Number(values.drops));
  console.log(`\n${text}\n`);
  if (values.write) await keep('beside', text);
}
if (dialect === 'verto' && (plays('plays') || values.part === 'plays')) {
  const { table, failures: failed } = await playOverVerto(values.only, await keptRows('plays', 2, REPORTS.verto));
  failures += failed;
  console.log(`\n${table}\n`);
  if (values.write) await keep('plays', table, REPORTS.verto);
}
// Sockets of media that lingers would keep the process for minutes.
process.exit(failures > 0 ? 1 : 0);

/** What was played now takes the place of what stood there; the rest stays. */
async function keepMatrix(judged: readonly Judged[], section: string): Promise<void> {
  const now = new Map(judged.map((result) => [rowKey(row(result), 3), row(result)]));
  const before = await keptRows(section, 3, REPORTS[dialect]);
  const rows = [...cells, ...violence].flatMap(({ fault, state, keepAlive }) => {
    const key = `${fault}/${state}/${keepAlive ? 'on' : 'off'}`;
    return now.get(key) ?? before.get(key) ?? [];
  });
  const kept = rows.filter((line) => line.replace(/\s*\|\s*$/, '').endsWith('yes')).length;
  const summary = `${rows.length} cells, ${kept} as promised, ${rows.length - kept} not. Node ${process.version}, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}.`;
  await keep(section, `${summary}\n\n${[...HEAD, ...rows].join('\n')}`, REPORTS[dialect]);
}
