/** What this browser cannot do, for the places where a person would look for it. Chrome: nothing. */

export type Lack = 'headset-buttons' | 'notification-buttons';

export const LACKS: ReadonlySet<Lack> = new Set();

/** True where the browser brings the `tel:` links of every page to us once the person chose so in its settings. */
export const TAKES_TEL_LINKS: boolean = false;
