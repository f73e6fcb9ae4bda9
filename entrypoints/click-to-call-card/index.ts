/** The card of click-to-call, injected into a frame when the first number there is pointed at, walked to or clicked. */

import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { offerCard } from '../../lib/extension/card-door';
import { Talk } from './talk';

export default defineUnlistedScript(() => offerCard((page) => new Talk(page)));
