/** Which line a message goes out on: only one whose server takes messages, and rather the one that was written to before. */

import { expect, it } from 'vitest';
import { lineToWrite } from '../../../components/popup/recents/line-to-write';
import type { LineId } from '../../../lib/phone/model/ids';
import type { LineView } from '../../../lib/phone/model/snapshot';
import { line } from '../extension/snapshots';

const can = { transfer: true, conference: false, type: true };
const office = (id: string, more: Partial<LineView> = {}): LineView =>
  line(undefined, { id: id as LineId, kind: 'verto', can, ...more });

it('is a FreeSWITCH line that is ready, and rather the one of before', () => {
  const telnyx = line();
  const assistant = line(undefined, { kind: 'assistant', can });
  const away = office('away', { session: { phase: 'connecting', attempt: 1, of: 10, lostAt: null } });
  const lines = [telnyx, assistant, away, office('first'), office('second')];
  expect(lineToWrite(lines)?.id).toBe('first');
  expect(lineToWrite(lines, 'second' as LineId)?.id).toBe('second');
  expect(lineToWrite(lines, 'away' as LineId)?.id).toBe('first');
  expect(lineToWrite([telnyx, assistant, away])).toBeNull();
  expect(lineToWrite([])).toBeNull();
});
