import { defineConfig } from 'vitest/config';

/** What the page must come to shows soon on a quiet machine; on a busy one it may take its time. */
const PATIENCE = 30_000;

export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: PATIENCE, interval: 50 } },
  },
});
