/** A visible page lends its microphone to the calls. Chrome: nobody needs it. */

/** Returns the stop. */
export function lendVoice(): () => void {
  return () => undefined;
}
