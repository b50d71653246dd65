import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { launch, PATIENCE } from './browser.ts';
import { BROWSER, clickPatch } from './page.ts';
import { PROGRAM, serve } from './program.ts';

/** A study of 200 and more images, named by PATCHLENS_STUDY: `npm run speed` measures the program over it. */
const STUDY = process.env['PATCHLENS_STUDY'];
const QUIET = process.env['PATCHLENS_SPEED'] === '1';
const ROUNDS = 5;
const CLICKS = 9;

const list = (times: readonly number[]) => times.map((time) => time.toFixed(0)).join(', ');
const median = (times: readonly number[]) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!;

describe.skipIf(BROWSER === null || PROGRAM === null || STUDY === undefined)('speed over a real study', () => {
  let browser: Browser;
  let page: Page;
  let served: Awaited<ReturnType<typeof serve>>;
  const ready: number[] = [];

  beforeAll(async () => {
    browser = await launch(BROWSER!);
    for (let i = 0; i < ROUNDS; i++) {
      await served?.stop();
      const start = performance.now();
      served = await serve(STUDY!);
      expect((await fetch(new URL('/health', served.address))).status).toBe(200);
      ready.push(performance.now() - start);
    }
    page = await (await browser.newContext({ viewport: { width: 1600, height: 1000 } })).newPage();
    page.setDefaultTimeout(PATIENCE);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
  });

  const marks = (name: string) => page.evaluate((mark) => performance.getEntriesByName(mark).map((entry) => entry.startTime), name);

  test('the server answers within two seconds of the command', () => {
    console.log(`first answer after the command: ${list(ready)} ms`);
    if (QUIET) expect(median(ready)).toBeLessThan(2000);
  });

  test('the first image is there within a second', async () => {
    const loads: number[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      await page.goto('about:blank');
      await page.goto(served.address);
      await expect.poll(async () => (await marks('patchlens-picture')).length).toBeGreaterThan(0);
      loads.push((await marks('patchlens-picture'))[0]!);
    }
    console.log(`first image: ${list(loads)} ms; the first of them just after the server's start`);
    if (QUIET) expect(median(loads)).toBeLessThan(1000);
  });

  test('a click is painted on 24 images within a tenth of a second', async () => {
    const tiles = page.locator('[aria-label="Pictures"] button');
    await page.getByRole('separator', { name: 'Border of the tray' }).focus();
    for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowUp');
    let shown = 0;
    await expect.poll(async () => shown === (shown = await tiles.count()) && shown >= 24, { interval: 300 }).toBe(true);
    const columns = await page.evaluate(async () => ((await (await fetch('./api/studies')).json()) as { grid: { columns: number } }[])[0]!.grid.columns);
    const times: number[] = [];
    for (let i = 0; i <= CLICKS; i++) {
      await page.evaluate(() => performance.clearMarks());
      await clickPatch(page, 0, Math.floor(columns / 4) + i % 6, Math.floor(columns / 3) + i % 2, columns);
      await expect.poll(async () => (await marks('patchlens-painted')).length).toBeGreaterThanOrEqual(shown + 1);
      times.push((await marks('patchlens-painted')).at(-1)! - (await marks('patchlens-click'))[0]!);
    }
    const [first, ...rest] = times;
    console.log(`click to paint, ${shown} pictures and one pane: first ${first!.toFixed(0)} ms, then ${list(rest)} ms`);
    if (QUIET) expect(median(rest)).toBeLessThan(100);
  });
});
