/** What a region of the server's is called. */

import { t } from '../lib/extension/i18n';
import { REGION_CHOICES } from '../lib/extension/option-rows';

/** As the server spells it, in words; null for one that we do not know. */
export function knownRegion(region: string): string | null {
  const known = REGION_CHOICES.some((choice) => choice !== '' && choice === region);
  return known ? t(`options_adv_region_${region.replaceAll('-', '_')}`) : null;
}

/** One that we do not know keeps its spelling. */
export function regionName(region: string): string {
  return knownRegion(region) ?? region;
}
