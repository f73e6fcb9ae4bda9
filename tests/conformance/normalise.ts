/** What a client says, made comparable: ids, times and keys are taken out, each field gets a path. */

import type { FrameRecord } from '../../gateway/frames';

/** One frame of a client: its name and its fields by their paths. */
export interface Said {
  readonly name: string;
  readonly fields: ReadonlyMap<string, string>;
}

const TOKEN = /eyJ[\w-]+\.[\w-]+\.[\w-]+/g;
const UUID = /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi;

/** Everything but pings, and the first of each that comes as often as the browser pleases: candidates, parts of a report. */
export function saidBy(records: readonly FrameRecord[]): readonly Said[] {
  const frames = records.filter(({ direction }) => direction === 'in').flatMap(({ frame }) => read(frame) ?? []);
  const isFirst = ({ name }: Said, index: number): boolean => frames.findIndex((said) => said.name === name) === index;
  const repeats = (said: Said): boolean => isCandidate(said) || isReport(said);
  return frames.filter((said, index) => !said.name.endsWith('ping') && (!repeats(said) || isFirst(said, index)));
}

/** Each way in which one says something else than the other: `invite params.sdp: …`. */
export function differences(official: readonly Said[], ours: readonly Said[]): readonly string[] {
  const found = new Set<string>();
  for (const stream of ['order', 'paths', 'report'] as const) {
    const [theirs, own] = [official, ours].map((said) => orderOf(said, stream));
    if (theirs !== own) found.add(`${stream}: ${theirs || 'nothing'} → ${own || 'nothing'}`);
  }
  const seen = new Map<string, number>();
  for (const { name, fields } of official) {
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    const other = ours.filter((said) => said.name === name)[nth];
    if (!other) continue;
    for (const path of new Set([...fields.keys(), ...other.fields.keys()])) {
      const [theirs, own] = [fields.get(path), other.fields.get(path)];
      if (theirs !== own) found.add(`${short(name)} ${path}: ${theirs ?? 'nothing'} → ${own ?? 'nothing'}`);
    }
  }
  return [...found];
}

/** Candidates come when the browser finds them, and a report as it grows, whatever else is said meanwhile: each has an order of its own. */
function orderOf(said: readonly Said[], stream: 'order' | 'paths' | 'report'): string {
  return said
    .filter((one) => streamOf(one) === stream)
    .map(({ name }) => name)
    .join(' ');
}

function streamOf(said: Said): 'order' | 'paths' | 'report' {
  if (isReport(said)) return 'report';
  return isCandidate(said) || said.name.endsWith('.endOfCandidates') ? 'paths' : 'order';
}

function isReport({ name }: Said): boolean {
  return name.startsWith('debug_report_');
}

function isCandidate({ name }: Said): boolean {
  return name.endsWith('.candidate');
}

function read(frame: unknown): Said | null {
  if (!isRecord(frame)) return null;
  const { id: _id, jsonrpc, ...rest } = frame;
  const method = frame['method'] ?? frame['type'];
  const result = frame['result'];
  const acknowledged = isRecord(result) ? `ack:${String(result['method'])}` : 'error';
  const action = isRecord(frame['params']) ? frame['params']['action'] : undefined;
  const name = typeof method === 'string' ? `${method}${typeof action === 'string' ? `:${action}` : ''}` : acknowledged;
  const fields = new Map<string, string>([['jsonrpc', String(jsonrpc)]]);
  flatten(rest, '', fields);
  return { name, fields };
}

function flatten(value: unknown, path: string, into: Map<string, string>): void {
  if (Array.isArray(value) && value.length > 0 && isRecord(value[0])) {
    value.forEach((entry, index) => flatten(entry, `${path}[${index}]`, into));
  } else if (path === 'debug_report_data') {
    // What is in a sample is the browser's.
    into.set(path, 'a sample');
  } else if (isRecord(value)) {
    for (const [key, entry] of Object.entries(value)) flatten(entry, path === '' ? key : `${path}.${key}`, into);
  } else {
    into.set(path, path.endsWith('sdp') ? sdp(String(value)) : plain(value));
  }
}

function plain(value: unknown): string {
  return JSON.stringify(value)
    .replace(UUID, '<uuid>')
    .replace(TOKEN, '<token>')
    .replace(/candidate:\S+ .*/, '<candidate>"');
}

/** The lines of a description that a choice of the client's could change. */
function sdp(text: string): string {
  const lines = text
    .split(/\r?\n/)
    .filter((line) => !/^(?:o=|s=|t=|a=(?:ice-ufrag|ice-pwd|fingerprint|ssrc|msid|candidate|rtcp:|end-of))/.test(line))
    .map((line) => line.replace(/^(m=audio) \d+/, '$1').replace(/^c=IN.*/, 'c='));
  const kinds = new Set([...text.matchAll(/ typ (\w+)/g)].map(([, type]) => type));
  return [...lines, `candidates: ${[...kinds].sort().join(',')}`].join('\n');
}

function short(name: string): string {
  return name.replace('telnyx_rtc.', '');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
