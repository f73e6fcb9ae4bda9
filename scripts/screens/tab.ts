/** What a case says of a tab of its own, and what that tab is drawn from. */

import type { PhoneLink } from '../../components/phone.svelte';
import type { SettingsLink, Shown } from '../../components/settings/settings.svelte';
import type { Policy } from '../../lib/extension/settings';

/** Which tab a case is drawn in, at which address of it, and what is stored. */
export interface TabCase {
  readonly kind: 'options' | 'welcome';
  readonly hash?: string;
  readonly stored?: Partial<Shown>;
  readonly policy?: Policy;
  /** What the browser says of the microphone. */
  readonly microphone?: PermissionState;
}

export interface TabProps {
  readonly link: PhoneLink;
  readonly settings: SettingsLink;
  readonly hash: string;
}
