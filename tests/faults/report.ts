/** Keeps what was measured in docs/RELIABILITY.md, between the marks of its section. */

import { readFile, writeFile } from 'node:fs/promises';
import { REPORT } from './promises';

export async function keep(section: string, text: string): Promise<void> {
  const [begin, end] = [`<!-- ${section}: begin -->`, `<!-- ${section}: end -->`];
  const report = await readFile(REPORT, 'utf8');
  const [from, to] = [report.indexOf(begin), report.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${REPORT} has no place for ${section}`);
  await writeFile(REPORT, `${report.slice(0, from)}${begin}\n\n${text}\n\n${report.slice(to)}`);
}
