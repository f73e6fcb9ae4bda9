/** What this browser cannot do, for the places where a person would look for it. Firefox: it has neither WebHID nor buttons on notifications. */

import type { Lack } from './lacks';

export const LACKS: ReadonlySet<Lack> = new Set<Lack>(['files-in-popup', 'headset-buttons', 'notification-buttons']);
