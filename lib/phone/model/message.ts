/** A text message outside of any call. */

import type { LineId } from './ids';
import type { Party } from './snapshot';

export interface WrittenMessage {
  readonly id: string;
  readonly line: LineId;
  /** Who wrote; `number` is what one writes back to. */
  readonly from: Party;
  readonly text: string;
  /** When it came, epoch milliseconds. */
  readonly at: number;
}
