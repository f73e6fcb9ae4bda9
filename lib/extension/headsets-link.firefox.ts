/** What the settings can do about headsets. Firefox: nothing. */

export const headsetsLink = null;
