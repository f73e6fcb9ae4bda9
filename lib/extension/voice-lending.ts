/** A visible page lends its microphone to the calls. Chrome: nobody needs it. */

/** Returns the stop. */
export function lendVoice(_how: { readonly stays: boolean }): () => void {
  return () => undefined;
}

/** Never: the engine has a microphone of its own. */
export function lendsAlone(): boolean {
  return false;
}
