import { defineConfig } from 'vitest/config';

/** As `PATIENCE` in `e2e/browser.ts`. */
const PATIENCE = 90_000;

export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: PATIENCE, interval: 50 } },
  },
});
