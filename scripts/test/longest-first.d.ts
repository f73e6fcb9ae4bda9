/** The types of longest-first.js: a sequencer like Vitest's own. */

export { BaseSequencer as LongestFirst } from 'vitest/node';
