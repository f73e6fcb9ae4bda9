/** The program's name, or null where there is none and none can be had. */
export function ensureFirefox(): Promise<string | null>;
