/** Import cycles: the shortest way round for each group of files that reach one another. */

import type { Import } from './imports';

/** Each cycle as its import lines, `a.ts:3 → b.ts`, starting from the file that comes first by name. */
export function cycles(imports: readonly Import[]): string[] {
  const edges = new Map<string, Map<string, number>>();
  for (const { from, to, line } of imports) {
    if (to === null || to === from) continue;
    const targets = edges.get(from) ?? new Map<string, number>();
    if (!targets.has(to)) targets.set(to, line);
    edges.set(from, targets);
  }
  const told = new Set<string>();
  const found: string[] = [];
  for (const start of [...edges.keys()].sort()) {
    if (told.has(start)) continue;
    const way = shortestWayRound(start, edges);
    if (!way) continue;
    for (const file of way) told.add(file);
    found.push(
      way.map((file, i) => `${file}:${String(edges.get(file)?.get(way[i + 1] ?? start) ?? 0)}`).join(' → ') +
        ` → ${start}`,
    );
  }
  return found;
}

function shortestWayRound(start: string, edges: ReadonlyMap<string, ReadonlyMap<string, number>>): string[] | null {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    for (const next of edges.get(file)?.keys() ?? []) {
      if (next === start) return wayBack(file, start, cameFrom);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, file);
      queue.push(next);
    }
  }
  return null;
}

function wayBack(last: string, start: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const way = [last];
  for (let file = last; file !== start;) {
    const before = cameFrom.get(file);
    if (before === undefined) break;
    way.unshift(before);
    file = before;
  }
  return way;
}
