/** The layer table of docs/ARCHITECTURE.md, and what breaks it. */

import type { Import } from './imports';

export interface Row {
  readonly pattern: string;
  readonly values: readonly string[];
  readonly types: readonly string[];
  readonly packages: readonly string[];
  readonly never: readonly string[];
}

export interface Breach {
  /** `file:line`. */
  readonly at: string;
  readonly says: string;
}

/** Throws where the document has no table or a row is not five cells, so that the check cannot fall asleep. */
export function readTable(document: string): Row[] {
  const [, table] = /<!-- layers -->\n([\s\S]*?)<!-- \/layers -->/.exec(document) ?? [];
  if (table === undefined) throw new Error('docs/ARCHITECTURE.md has no layer table between its two marks');
  const rows = table
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => line.split('|').slice(1, -1).map(inBackticks));
  return rows.map((cells) => {
    const [[pattern] = [], values, types, packages, never] = cells;
    if (pattern === undefined || !values || !types || !packages || !never || cells.length !== 5) {
      throw new Error(`A row of the layer table does not have five cells: ${JSON.stringify(cells)}`);
    }
    return { pattern, values, types, packages, never };
  });
}

function inBackticks(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
}

/** A pattern covers a file of that name and everything in a folder of that name; `*` is one name. */
export function covers(pattern: string, path: string): boolean {
  const expression = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*');
  return new RegExp(`^${expression}(/|$)`).test(path);
}

export function rowOf(rows: readonly Row[], path: string): Row | null {
  const fitting = rows.filter((row) => covers(row.pattern, path));
  return fitting.reduce<Row | null>(
    (best, row) => (best && best.pattern.length >= row.pattern.length ? best : row),
    null,
  );
}

export function breaches(rows: readonly Row[], imports: readonly Import[]): Breach[] {
  return imports.flatMap((entry) => {
    const row = rowOf(rows, entry.from);
    const at = `${entry.from}:${String(entry.line)}`;
    if (!row) return [{ at, says: 'no row of the layer table fits this file' }];
    const says = entry.to === null ? judgePackage(row, entry) : judgeFile(row, entry, entry.to);
    return says === null ? [] : [{ at, says }];
  });
}

function judgePackage(row: Row, { specifier, typeOnly }: Import): string | null {
  const allowed = typeOnly ? [...row.packages, ...row.types] : row.packages;
  const fits = allowed.some(
    (name) => name === '*' || specifier === name || specifier.startsWith(name.endsWith(':') ? name : `${name}/`),
  );
  return fits ? null : `\`${row.pattern}\` may not import the package ${specifier}`;
}

function judgeFile(row: Row, { from, typeOnly }: Import, to: string): string | null {
  if (row.never.some((pattern) => covers(pattern, to))) return `\`${row.pattern}\` never imports ${to}`;
  if (covers(ownFolder(row, from), to)) return null;
  if (row.values.some((pattern) => covers(pattern, to))) return null;
  if (!row.types.some((pattern) => covers(pattern, to))) return `\`${row.pattern}\` may not import ${to}`;
  return typeOnly ? null : `\`${row.pattern}\` may import types alone from ${to}`;
}

/** `entrypoints/*` and `entrypoints/popup/main.ts` make `entrypoints/popup`. */
function ownFolder(row: Row, from: string): string {
  return from.split('/').slice(0, row.pattern.split('/').length).join('/');
}
