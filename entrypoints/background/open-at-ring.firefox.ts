/** Firefox opens a popup for a person's gesture alone: there is nothing to open when it rings. */

export function openAtRing(): Promise<void> {
  return Promise.resolve();
}
