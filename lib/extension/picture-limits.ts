/** How large a picture to an assistant may be, in characters of its data URL: a server of the Verto family drops frames above 1,000,000. */

export const MOST_PICTURES = 1;
export const LONGEST_PICTURE = 700_000;
/** Every snapshot carries it. */
export const LONGEST_PREVIEW = 12_000;
