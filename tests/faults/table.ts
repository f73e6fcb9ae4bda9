/** Results as tables for people. */

import type { Result } from './cell';
import type { Promises } from './promises';

export interface Judged extends Result {
  readonly promised: boolean;
}

export function judge(result: Result, promises: Promises): Judged {
  const allowed = promises(result.fault, result.state, result.keepAlive);
  return { ...result, promised: result.wrong === null && allowed.includes(result.outcome) };
}

export const HEAD = [
  '| fault | state | keep-alive | outcome | line back | sound back | lost down | lost up | as promised |',
  '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
];

export function matrixTable(results: readonly Judged[]): string {
  return [...HEAD, ...results.map(row)].join('\n');
}

export function row(result: Judged): string {
  const { fault, state, keepAlive, outcome, signallingMs, audioMs, lostDown, lostUp, promised, wrong, causes } = result;
  const cells = [
    ...[fault, state, keepAlive ? 'on' : 'off', outcome, inMs(signallingMs), inMs(audioMs)],
    ...[
      count(lostDown),
      count(lostUp),
      promised ? 'yes' : `**no**${wrong === null ? ` (${causes ?? ''})` : ` (${wrong.replaceAll('|', '/')})`}`,
    ],
  ];
  return `| ${cells.join(' | ')} |`;
}

const inMs = (ms: number | null): string => (ms === null ? '–' : ms === 0 ? '0' : `${ms} ms`);
const count = (packets: number | null): string => (packets === null ? '–' : String(packets));
