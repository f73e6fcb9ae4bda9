/** How a line is, in three words. */

import { t } from '../../lib/extension/i18n';
import type { LineView } from '../../lib/phone/model/snapshot';

export type LineStatus = 'ready' | 'connecting' | 'off';

export function statusOf(line: LineView | null): LineStatus {
  switch (line?.session.phase) {
    case 'ready':
      return 'ready';
    case 'connecting':
    case 'signing-in':
    case 'waiting':
      return 'connecting';
    case 'off':
    case 'stopped':
    case undefined:
      return 'off';
  }
}

export function statusWord(line: LineView | null): string {
  if (line === null) return t('status_none');
  return t(`status_${statusOf(line)}`);
}
