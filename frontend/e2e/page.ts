import { resolve } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { startMock, type Mock } from '../mock/server.ts';
import { findBrowser, launch, PATIENCE } from './browser.ts';

/** Without a browser on this machine, the tests of the page are left out, and say so loudly. */
export const BROWSER = findBrowser();
if (BROWSER === null) {
  console.warn('WARNING: no Chromium or Chrome was found on the PATH or in CHROMIUM; the page is NOT tested in a browser.');
}

export interface Opened {
  mock: Mock;
  browser: Browser;
  page: Page;
  /** What the browser complained of: script errors, refused resources, violations of the policy. */
  complaints: string[];
  open(hash?: string): Promise<void>;
  close(): Promise<void>;
}

interface Wish {
  width?: number;
  height?: number;
  million?: boolean;
  webgl?: boolean;
  theme?: 'dark' | 'light';
}

/** The built page over made-up data, in a browser of its own. */
export async function openPage({ width = 1600, height = 1000, million = false, webgl = true, theme = 'dark' }: Wish = {}): Promise<Opened> {
  const mock = await startMock(resolve('dist'), million);
  const browser = await launch(BROWSER!, webgl);
  const context = await browser.newContext({ viewport: { width, height }, acceptDownloads: true });
  await context.addInitScript((value) => location.protocol === 'http:' && localStorage.setItem('patchlens.theme', value), theme);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return {
    mock, browser, page, complaints,
    open: async (hash = '') => {
      await page.goto('about:blank');
      await page.goto(`${mock.url}#${hash}`);
      await page.locator('[data-pane="0"]').waitFor();
    },
    close: async () => {
      await browser.close();
      await mock.close();
    },
  };
}

/** The place of a part of the page, in pixels, once two looks in a row find it there. */
export async function restingPlace(part: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  for (let before = ''; ;) {
    const box = (await part.boundingBox())!;
    if (JSON.stringify(box) === before) {
      return box;
    }
    before = JSON.stringify(box);
    await part.page().waitForTimeout(60);
  }
}

/** The middle of a patch of the image in a pane, in pixels of the page. */
export async function patchPlace(page: Page, pane: number, row: number, column: number, grid = 14): Promise<{ x: number; y: number }> {
  const box = await restingPlace(page.locator(`[data-pane="${pane}"] .picture`));
  return { x: box.x + ((column + 0.5) / grid) * box.width, y: box.y + ((row + 0.5) / grid) * box.height };
}

export async function clickPatch(page: Page, pane: number, row: number, column: number, grid = 14): Promise<void> {
  const { x, y } = await patchPlace(page, pane, row, column, grid);
  await page.mouse.click(x, y);
}

/** How many overlays are painted: canvases of patches that hold a pixel. */
export function painted(page: Page): Promise<number> {
  return page.evaluate(() => [...document.querySelectorAll<HTMLCanvasElement>('[data-pane] canvas, .picture canvas')]
    .filter((canvas) => canvas.width === 14 && canvas.getContext('2d')!.getImageData(0, 0, 14, 14).data.some((part) => part > 0)).length);
}
