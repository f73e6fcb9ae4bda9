/** What the rope means, for those who cannot see it; it changes with the state and never with a syllable. Pure. */

import { t } from '../../../lib/extension/i18n';
import type { RopeState } from '../../rope';

/** `person` as in a sentence. */
export function ropeLabel(rope: RopeState, person: string): string {
  switch (rope.kind) {
    case 'live':
      return rope.muted ? t('rope_muted', person) : t('rope_live', person);
    case 'calling':
    case 'ringing':
    case 'incoming':
    case 'held':
    case 'merged':
    case 'sound-lost':
    case 'server-lost':
    case 'both-lost':
    case 'ended':
      return t(`rope_${rope.kind.replaceAll('-', '_')}`, person);
  }
  rope satisfies never;
  return '';
}
