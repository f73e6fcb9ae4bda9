/** What a page's JavaScript keeps, by kind: objects, which a leak would add to, apart from code, which V8 compiles as it learns. */

import type { CDPSession } from 'playwright';

export interface Heap {
  /** All of it, KiB. */
  readonly heapKiB: number;
  /** Objects, arrays, strings and closures alone, KiB. */
  readonly objectsKiB: number;
}

/** The parts of a heap snapshot (Chrome DevTools' `.heapsnapshot`) that are read here. */
interface Snapshot {
  readonly snapshot: { readonly meta: { readonly node_fields: string[]; readonly node_types: [string[]] } };
  readonly nodes: readonly number[];
}
const OBJECTS: readonly string[] = [
  ...['object', 'closure', 'array', 'string', 'concatenated string', 'sliced string'],
  ...['number', 'symbol', 'regexp', 'bigint'],
];

/** After collecting what is garbage. */
export async function measureHeap(cdp: CDPSession): Promise<Heap> {
  for (let round = 0; round < 3; round += 1) await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return { heapKiB: Math.round(usedSize / 1024), objectsKiB: Math.round((await objects(cdp)) / 1024) };
}

async function objects(cdp: CDPSession): Promise<number> {
  const chunks: string[] = [];
  const take = ({ chunk }: { readonly chunk: string }): void => void chunks.push(chunk);
  cdp.on('HeapProfiler.addHeapSnapshotChunk', take);
  try {
    await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  } finally {
    cdp.off('HeapProfiler.addHeapSnapshotChunk', take);
  }
  const { snapshot, nodes }: Snapshot = JSON.parse(chunks.join(''));
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  let bytes = 0;
  for (let node = 0; node < nodes.length; node += fields.length)
    if (OBJECTS.includes(types[0][nodes[node + type] ?? -1] ?? '')) bytes += nodes[node + size] ?? 0;
  return bytes;
}
