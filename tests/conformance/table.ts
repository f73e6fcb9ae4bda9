/** The differences that docs/PROTOCOL.md allows: rows of `frame field: theirs → ours`, with `*` for anything. */

import { readFileSync } from 'node:fs';

/** First column of the table between the marks, without its ticks. */
export function readTable(mark: string): readonly string[] {
  const text = readFileSync(new URL('../../docs/PROTOCOL.md', import.meta.url), 'utf8');
  const [, table = ''] = new RegExp(`<!-- ${mark} -->([^]*?)<!-- /${mark} -->`).exec(text) ?? [];
  return table.split('\n').flatMap((row) => /^\| `([^`]+)`/.exec(row)?.[1] ?? []);
}

export function fits(row: string, difference: string): boolean {
  const pattern = row.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${pattern}$`, 's').test(difference);
}
