/** What the engine itself says against the stored options of its lines, for the rows that set them; pure. */

import type { OptionRow } from '../../lib/extension/option-rows';
import type { Problem } from '../../lib/extension/options-form';
import type { LineView } from '../../lib/phone/model/snapshot';

/** Null where no line was refused over one of the row's options. */
export function engineFault(lines: readonly LineView[], row: OptionRow): Problem | null {
  const named = lines.flatMap(faultyOptions);
  // `iceServers[1].username` is said of `iceServers`.
  const isOurs = (option: string): boolean =>
    row.sets.some((key) => option === key || (/^[[.]/u.test(option.slice(key.length)) && option.startsWith(key)));
  return named.some(isOurs) ? { key: 'options_problem_refused', facts: [] } : null;
}

function faultyOptions({ session }: LineView): readonly string[] {
  if (session.phase !== 'stopped' || session.because.reason !== 'bad-option') return [];
  const faults: unknown = session.because.facts['faults'];
  return Array.isArray(faults) ? faults.flatMap((fault: unknown) => optionOf(fault) ?? []) : [];
}

function optionOf(fault: unknown): string | null {
  const isNamed = typeof fault === 'object' && fault !== null && 'option' in fault;
  return isNamed && typeof fault.option === 'string' ? fault.option : null;
}
