/** What a case says of a tab of its own, and what that tab is drawn from. */

import type { PhoneLink } from '../../components/phone.svelte';
import type { SettingsLink, Shown } from '../../components/settings/settings.svelte';
import type { HeadsetsShown } from '../../lib/extension/headset-stream';
import type { Policy, Proposal } from '../../lib/extension/policy';
import type { PhoneErrorJson } from '../../lib/phone/model/errors';
import type { Trial } from '../../lib/phone/model/trial';

/** Which tab a case is drawn in, at which address of it, and what is stored. */
export interface TabCase {
  readonly kind: 'options' | 'welcome' | 'link';
  readonly hash?: string;
  readonly stored?: Partial<Shown>;
  readonly policy?: Policy;
  readonly proposal?: Proposal;
  /** What the browser says of the microphone. */
  readonly microphone?: PermissionState;
  /** The phone link that the browser handed over. */
  readonly to?: string;
  /** What keeps a page of ours from calling. */
  readonly failure?: PhoneErrorJson;
  /** What a trial call finds out. */
  readonly tried?: Trial | { readonly error: PhoneErrorJson };
  /** The headsets that were allowed, and what was heard of them; null: the browser keeps them from us. */
  readonly headsets?: HeadsetsShown | null;
  /** The browser opens none of its own pages for us. */
  readonly byHand?: boolean;
}

export interface TabProps {
  readonly link: PhoneLink;
  readonly settings: SettingsLink;
  readonly hash: string;
  readonly tab: TabCase;
}
