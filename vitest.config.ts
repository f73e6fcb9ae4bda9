/** One project a kind of test; `scripts/test.mjs` runs them all. */

import './scripts/test/group-by.js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/test/longest-first.js';

const ALONE = ['tests/conformance/side-by-side.test.ts', 'tests/e2e/recovery/packets.test.ts'];

const inBrowsers = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  globalSetup: 'tests/e2e/harness/build.ts',
  maxConcurrency: 3,
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        plugins: [svelte()],
        resolve: { conditions: ['browser'] },
        test: {
          name: 'unit',
          include: ['tests/*.test.ts', 'tests/{unit,contract,scenarios}/**/*.test.ts'],
          setupFiles: 'tests/seed.ts',
          // A thread for each file of its own starts in half the time of a process.
          pool: 'threads',
          // Vitest leaves one core of two idle, and many files wait for a real gateway most of their time.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'gateway',
          include: ['tests/gateway/**/*.test.ts'],
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      // Two files at a time; what counts lost packets or compares frames in time has the machine to itself.
      {
        test: {
          ...inBrowsers,
          name: 'browser',
          include: ['tests/{conformance,e2e}/**/*.test.ts'],
          exclude: ALONE,
          maxWorkers: 2,
        },
      },
      { test: { ...inBrowsers, name: 'browser-alone', include: ALONE, fileParallelism: false } },
    ],
  },
});
