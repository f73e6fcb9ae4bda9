/** One project a kind of test; `scripts/test.mjs` runs them all. */

import './scripts/test/group-by.js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        plugins: [svelte()],
        resolve: { conditions: ['browser'] },
        test: {
          name: 'unit',
          include: ['tests/*.test.ts', 'tests/{unit,contract,scenarios}/**/*.test.ts'],
          setupFiles: 'tests/seed.ts',
        },
      },
      { test: { name: 'gateway', include: ['tests/gateway/**/*.test.ts'], testTimeout: 30_000 } },
      {
        test: {
          name: 'browser',
          include: ['tests/{e2e,conformance}/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          globalSetup: 'tests/e2e/harness/build.ts',
          fileParallelism: false,
          maxConcurrency: 3,
        },
      },
    ],
  },
});
