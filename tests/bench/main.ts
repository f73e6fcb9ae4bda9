/**
 * `npm run bench [-- --calls 30] [-- --write] [-- --browser firefox]`: the official SDK and ours in turn, in one browser, against
 * one gateway. `-- --popup`: how soon the popup of the built extension can be used, and nothing else.
 */

import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startGateway } from '../../gateway/gateway';
import { openFirefoxStage } from './firefox';
import { perform, PLAYS } from './plays';
import { openPopups } from './popup';
import { entrypointSizes, librarySizes } from './sizes';
import { openStage, type Stage } from './stage';
import { openingTable, sizeTable, tableOf } from './table';

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
    popup: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

const chosen = BROWSERS[values.browser];
if (chosen === undefined) throw new Error(`no browser is called ${values.browser}: there are chromium and firefox`);
const HISTORY = 10_000;
const OPENINGS = 30;
const where = `Node ${process.version}, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}.`;

if (values.popup) await record('popup', await popup());
else await record(chosen.section, await bothClients(chosen.open, chosen.built));

async function popup(): Promise<readonly string[]> {
  const openings = await openPopups(HISTORY, OPENINGS);
  const [one] = loadavg();
  const busy = `The machine's load was ${(one ?? 0).toFixed(1)} meanwhile.`;
  return [`${where} ${busy}`, openingTable(openings)];
}

async function bothClients(open: () => Promise<Stage>, folder: string): Promise<readonly string[]> {
  const sections: string[] = [where];
  const gateway = await startGateway({ timing: { ringMs: 0 } });
  const stage = await open();
  try {
    for (const play of PLAYS) sections.push(tableOf(await perform(play, stage, gateway, Number(values.calls))));
  } finally {
    await stage.close();
    await gateway.close();
  }
  sections.push(`### Size of the library\n\n${sizeTable(await librarySizes())}`);
  const built = await entrypointSizes(fileURLToPath(new URL(`../../.output/${folder}`, import.meta.url)));
  if (built.length > 0) sections.push(`### Size of each entrypoint with all it loads\n\n${sizeTable(built)}`);
  return sections;
}

/** Tells it, and with `--write` puts it into the report. */
async function record(section: string, tables: readonly string[]): Promise<void> {
  const text = tables.join('\n\n');
  console.log(text);
  if (!values.write) return;
  const report = await readFile(REPORT, 'utf8');
  const [begin, end] = marksOf(section);
  const [from, to] = [report.indexOf(begin), report.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${REPORT} has no place for the numbers`);
  await writeFile(REPORT, `${report.slice(0, from)}${begin}\n\n${text}\n\n${report.slice(to)}`);
}
