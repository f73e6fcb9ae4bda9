/** What is kept of a text message outside of calls; pure. */

import type { LineId } from '../phone/model/ids';

export interface MessageEntry {
  readonly id: string;
  readonly line: LineId;
  readonly lineName: string;
  readonly direction: 'out' | 'in';
  /** The other side: who wrote, or who was written to. */
  readonly name: string | null;
  readonly number: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly unread: boolean;
}
