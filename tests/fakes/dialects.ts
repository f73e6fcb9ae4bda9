/** The two families of servers, for the plays that make sense in both: `describe.each(DIALECTS)`. */

import { stage, VERTO, type Stage, type StageOptions } from './stage';

export const DIALECTS = ['telnyx', 'verto'] as const;
export type DialectName = (typeof DIALECTS)[number];

/** A stage whose line and server speak that dialect. */
export function stageOver(dialect: DialectName): (how?: StageOptions) => Stage {
  if (dialect === 'telnyx') return stage;
  return (how = {}) => stage({ ...how, line: { ...VERTO, ...how.line } });
}
