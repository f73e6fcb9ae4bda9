/** The two families of servers, for the plays that make sense in both: `describe.each(DIALECTS)`. */

import type { ClientOptions } from '../../lib/phone/options';
import type { LineSettings } from '../../lib/phone/settings';
import { lineSettings, stage, VERTO, type Stage, type StageOptions } from './stage';

export const DIALECTS = ['telnyx', 'verto'] as const;
export type DialectName = (typeof DIALECTS)[number];

/** What a line says until it is ready. */
export const SIGN_IN = { telnyx: ['login', 'gatewayState'], verto: ['login'] } as const;

/** A stage whose line and server speak that dialect. */
export function stageOver(dialect: DialectName): (how?: StageOptions) => Stage {
  if (dialect === 'telnyx') return stage;
  return (how = {}) => stage({ ...how, line: { ...VERTO, ...how.line } });
}

/** That stage's line with other options, for `configure`. */
export function lineOver(dialect: DialectName, options: Partial<ClientOptions>): LineSettings {
  return lineSettings(options, dialect === 'telnyx' ? {} : VERTO);
}
