/** The buttons of headsets at the engine's phone. Firefox: it has no WebHID, and the settings say so. */

import type { HeadsetButtons, HeadsetButtonsOptions } from './headset-buttons';

export function attachHeadsets(_options: HeadsetButtonsOptions): HeadsetButtons {
  return { follow: () => undefined };
}
