/** Reads the table of promises out of the documentation, which is the rule: docs/RELIABILITY.md, docs/FREESWITCH.md for its dialect. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { DialectName } from './lane';
import { STATES, type Outcome, type State } from './catalogue';

const inDocs = (name: string): string => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
export const REPORT = inDocs('RELIABILITY.md');
/** Where what is promised and measured over a dialect stands. */
export const REPORTS: { readonly [Name in DialectName]: string } = { telnyx: REPORT, verto: inDocs('FREESWITCH.md') };
const [BEGIN, END] = ['<!-- promises: begin -->', '<!-- promises: end -->'];

export type Promises = (fault: string, state: State, keepAlive: boolean) => readonly Outcome[];

/**
 * A row is a fault, a column a state. A cell holds the outcome; `on / off` where it depends on keep-alive, `or` where more
 * than one is right.
 */
export async function readPromises(dialect: DialectName): Promise<Promises> {
  const text = await readFile(REPORTS[dialect], 'utf8');
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${REPORTS[dialect]} has no table of promises`);
  const rows = text
    .slice(from, to)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const [head = [], , ...body] = rows;
  const column = new Map(head.map((name, index) => [name, index]));
  for (const state of STATES) if (!column.has(state)) throw new Error(`no column promises anything for ${state}`);
  return (fault, state, keepAlive) => {
    const row = body.find(([name]) => name === fault);
    const cell = row?.[column.get(state) ?? -1];
    if (cell === undefined || cell === '') throw new Error(`nothing is promised for ${fault} while ${state}`);
    const [on = '', off = on] = cell.split(' / ');
    return (keepAlive ? on : off).split(' or ').map((outcome) => outcome.trim());
  };
}
