/** Firefox tells the engine's document itself that it goes away, in time for a last word. */

export function listenForLastWindow(_gone: () => void): void {
  // Nothing to listen for.
}
