/** The book of numbers, a quarter of a megabyte: it is fetched after the first paint, and what reads it is drawn again. */

import type * as Book from './number-book';

let book = $state.raw<typeof Book | null>(null);
let fetching: Promise<void> | null = null;

/** Null until it is there; whoever asks is asked to draw again then. */
export function openedBook(): typeof Book | null {
  return book;
}

/** Resolves when it is there. Never rejects: where it cannot be fetched, the next call tries again. */
export function openBook(): Promise<void> {
  fetching ??= import('./number-book').then(
    (fetched) => {
      book = fetched;
    },
    () => {
      fetching = null;
    },
  );
  return fetching;
}
