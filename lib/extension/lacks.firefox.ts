/** What this browser cannot do, for the places where a person would look for it. Firefox: it has neither WebHID nor buttons on notifications. */

import type { Lack } from './lacks';

export const LACKS: ReadonlySet<Lack> = new Set(['headset-buttons', 'notification-buttons']);

/** True where the browser brings the `tel:` links of every page to us once the person chose so in its settings. */
export const TAKES_TEL_LINKS: boolean = true;
