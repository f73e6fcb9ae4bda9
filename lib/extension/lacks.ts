/** What this browser cannot do, for the places where a person would look for it. Chrome: it keeps the `tel:` links of pages from us. */

/**
 * `files-in-popup`: a popup closes while a file is chosen.
 * `popup-by-itself`: a popup opens for a person's gesture alone.
 * `tel-links`: the browser never brings the `tel:` links of every page to us, whatever the person chooses in its settings.
 */
export type Lack = 'files-in-popup' | 'headset-buttons' | 'notification-buttons' | 'popup-by-itself' | 'tel-links';

export const LACKS: ReadonlySet<Lack> = new Set<Lack>(['tel-links']);
