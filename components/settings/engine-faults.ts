/** What the engine itself says against the stored options of its lines, for the rows that set them; pure. */

import type { OptionRow } from '../../lib/extension/option-rows';
import type { Problem } from '../../lib/extension/options-form';
import type { LineView } from '../../lib/phone/model/snapshot';
import { allowedFor } from './engine-allows';

/** What the row allows, where a line was refused over one of its options; null where none was. */
export function engineFault(lines: readonly LineView[], row: OptionRow): Problem | null {
  // `iceServers[1].username` is said of `iceServers`.
  const isOurs = (option: string): boolean =>
    row.sets.some((key) => option === key || (/^[[.]/u.test(option.slice(key.length)) && option.startsWith(key)));
  const [fault] = lines.flatMap(faultsOf).filter(({ option }) => isOurs(option));
  if (fault === undefined) return null;
  return allowedFor(fault.option, fault.value) ?? { key: 'options_problem_refused', facts: [] };
}

function faultsOf({ session }: LineView): readonly { readonly option: string; readonly value: unknown }[] {
  if (session.phase !== 'stopped' || session.because.reason !== 'bad-option') return [];
  const faults: unknown = session.because.facts['faults'];
  if (!Array.isArray(faults)) return [];
  return faults.flatMap((fault: unknown) => {
    if (typeof fault !== 'object' || fault === null || !('option' in fault)) return [];
    const { option } = fault;
    return typeof option === 'string' ? [{ option, value: 'value' in fault ? fault.value : null }] : [];
  });
}
