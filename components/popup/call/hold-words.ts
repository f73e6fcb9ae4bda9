/** The sentences of a call that holds, by what it lost. Pure. */

import { t } from '../../../lib/extension/i18n';
import type { LineView } from '../../../lib/phone/model/snapshot';
import { takenOver, type Strands } from '../call-look';

export interface HoldWords {
  readonly heading: string;
  readonly line: string;
  /** Under the controls; null where there is nothing to add. */
  readonly help: string | null;
}

/** `person` as in a sentence; null while the call is whole. */
export function holdWords(strands: Strands, line: LineView | null, person: string): HoldWords | null {
  switch (strands.kind) {
    case 'whole':
      return null;
    case 'server-lost':
      return { heading: t('hold_server_lost'), line: t('hold_server_lost_line'), help: t('hold_server_lost_help') };
    case 'sound-lost':
      return {
        heading: t('hold_sound_lost'),
        line: t('hold_sound_lost_line', person),
        help: t('hold_sound_lost_help'),
      };
    case 'rejoining':
      return { heading: t('hold_rejoining'), line: t('hold_rejoining_line', person), help: null };
    case 'both-lost':
      return { heading: t('hold_both_lost'), line: t('hold_both_lost_line'), help: t('hold_both_lost_help') };
    case 'waits':
      return takenOver(line)
        ? { heading: t('hold_taken_over'), line: t('hold_taken_over_line', person), help: null }
        : { heading: t('hold_waits'), line: t('hold_waits_line', person), help: null };
  }
  strands satisfies never;
  return null;
}
