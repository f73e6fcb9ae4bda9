/** One screen in one state: its snapshot, and what a person did to get there. */

import type { Page } from 'playwright';
import type { PreferenceValues } from '../../components/preferences.svelte';
import type { PhoneSnapshot } from '../../lib/phone/model/snapshot';
import type { FrameCase, PeopleCase } from './doubles';
import type { TabCase } from './tab';

export interface Case extends FrameCase {
  /** Also the name of its pictures. */
  readonly name: string;
  readonly snapshot: PhoneSnapshot;
  readonly people?: PeopleCase;
  readonly preferences?: Partial<PreferenceValues>;
  readonly frame?: 'popup' | 'sidepanel';
  /** Names too long for one line: an ellipsis may stand for their end. */
  readonly long?: boolean;
  readonly act?: (page: Page) => Promise<void>;
  /** Drawn in a tab of its own: the settings, the first run. */
  readonly tab?: TabCase;
}
