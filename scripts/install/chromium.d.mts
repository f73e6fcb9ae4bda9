/** The path of a Chromium that starts. Needs the npm packages. Throws with an instruction where none can be had. */
export function ensureChromium(): Promise<string>;
