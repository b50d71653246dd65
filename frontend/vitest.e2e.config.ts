import { defineConfig } from 'vitest/config';

/** As `PATIENCE` in `e2e/browser.ts`. */
const PATIENCE = 90_000;

export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    // A browser that draws in software on a busy machine can lose an event on its way to the page; a fault of the page stays.
    retry: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: PATIENCE, interval: 50 } },
  },
});
