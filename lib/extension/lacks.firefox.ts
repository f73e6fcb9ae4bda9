/** What this browser cannot do, for the places where a person would look for it. Firefox: no WebHID, no buttons on notifications, no popup without a gesture. */

import type { Lack } from './lacks';

export const LACKS: ReadonlySet<Lack> = new Set<Lack>([
  'files-in-popup',
  'headset-buttons',
  'notification-buttons',
  'popup-by-itself',
]);
