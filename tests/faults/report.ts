/** Keeps what was measured in the documentation, between the marks of its section. */

import { format } from 'prettier';

import { readFile, writeFile } from 'node:fs/promises';
import { REPORT } from './promises';

export async function keep(section: string, text: string, file = REPORT): Promise<void> {
  const { report, begin, from, to } = await find(section, file);
  const written = `${report.slice(0, from)}${begin}\n\n${text}\n\n${report.slice(to)}`;
  await writeFile(file, await format(written, { parser: 'markdown', printWidth: 132 }));
}

/** The rows of a section's tables as they stand, by their first cells: for what is played again in part. */
export async function keptRows(section: string, keys: number, file = REPORT): Promise<ReadonlyMap<string, string>> {
  const { report, from, to } = await find(section, file);
  const rows = report
    .slice(from, to)
    .split('\n')
    .filter((line) => line.startsWith('| '));
  return new Map(rows.slice(2).map((line) => [rowKey(line, keys), line]));
}

export function rowKey(line: string, keys: number): string {
  return line
    .split('|')
    .slice(1, keys + 1)
    .map((cell) => cell.trim())
    .join('/');
}

async function find(
  section: string,
  file: string,
): Promise<{ report: string; begin: string; from: number; to: number }> {
  const [begin, end] = [`<!-- ${section}: begin -->`, `<!-- ${section}: end -->`];
  const report = await readFile(file, 'utf8');
  const [from, to] = [report.indexOf(begin), report.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no place for ${section}`);
  return { report, begin, from, to };
}
