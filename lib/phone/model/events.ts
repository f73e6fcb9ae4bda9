/** Telling listeners something without being at their mercy: one that throws is reported, and the others still hear it. */

export function emitSafely<Args extends readonly unknown[]>(
  listeners: readonly ((...args: Args) => unknown)[],
  args: Args,
  onThrown: (thrown: unknown) => void,
): boolean {
  for (const listener of listeners) {
    try {
      listener(...args);
    } catch (thrown) {
      onThrown(thrown);
    }
  }
  return listeners.length > 0;
}
