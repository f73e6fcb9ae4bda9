/** Numbers to tables: medians with their range, and how many times less ours takes. */

import type { Outcome } from './plays';
import type { Opening } from './popup';
import { NAMES, type Name } from './stage';
import type { Size } from './sizes';

interface Row {
  readonly what: string;
  readonly unit: string;
  readonly official: readonly number[];
  readonly ours: readonly number[];
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? NaN, sorted[Math.floor(middle)] ?? NaN];
  return (low + high) / 2;
}

export function tableOf({ play, calls, ready, heap }: Outcome): string {
  const both = (of: (name: Name) => readonly number[]): Pick<Row, Name> => ({
    official: of('official'),
    ours: of('ours'),
  });
  const rows: Row[] = [
    { what: 'dial to INVITE on the wire', unit: 'ms', ...both((name) => calls[name].map(({ invite }) => invite)) },
    { what: 'dial to first packet of sound', unit: 'ms', ...both((name) => calls[name].map(({ audio }) => audio)) },
    { what: 'bytes of frames until then', unit: 'B', ...both((name) => calls[name].map(({ bytes }) => bytes)) },
    { what: 'socket open to ready', unit: 'ms', ...both((name) => ready[name]) },
    ...(heap.official === null || heap.ours === null
      ? []
      : [
          {
            what: 'JavaScript heap after the calls',
            unit: 'KiB',
            official: [heap.official / 1024],
            ours: [heap.ours / 1024],
          },
        ]),
  ];
  const lines = rows.map((row) => {
    const times = median(row.official) / median(row.ours);
    return `| ${row.what} | ${cell(row.official, row.unit)} | ${cell(row.ours, row.unit)} | ${times.toFixed(times < 10 ? 2 : 0)} |`;
  });
  const count = Math.min(...NAMES.map((name) => calls[name].length));
  return [
    `### ${play.title} (${count} calls each)`,
    '',
    '| | official | ours | official / ours |',
    '|---|---|---|---|',
    ...lines,
  ].join('\n');
}

/** One row a moment of the opening. */
export function openingTable(openings: readonly Opening[]): string {
  const row = (what: string, of: (opening: Opening) => number): string =>
    `| ${what} | ${cell(openings.map(of), 'ms')} |`;
  return [
    `| ${openings.length} openings | |`,
    '|---|---|',
    row('first paint', ({ paint }) => paint),
    row('usable: the dial field has the focus', ({ usable }) => usable),
    row('the newest calls are listed', ({ recents }) => recents),
    row("processor time of the page's thread until then", ({ work }) => work),
  ].join('\n');
}

export function sizeTable(sizes: readonly Size[]): string {
  const line = ({ name, bytes, gzip }: Size): string => `| ${name} | ${inKib(bytes)} | ${inKib(gzip)} |`;
  return ['| | KiB | gzip, KiB |', '|---|---|---|', ...sizes.map(line)].join('\n');
}

function cell(values: readonly number[], unit: string): string {
  const digits = unit === 'ms' ? 1 : 0;
  const middle = median(values).toFixed(digits);
  const range = `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;
  return values.length === 1 ? `${middle} ${unit}` : `${middle} ${unit} (${range})`;
}

const inKib = (bytes: number): string => (bytes / 1024).toFixed(1);
