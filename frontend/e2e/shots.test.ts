import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'vitest';
import { startMock } from '../mock/server.ts';
import { startProxy } from './proxy.ts';
import { findBrowser, launch } from './browser.ts';

/** Pictures of the page to look at: PATCHLENS_SHOTS names a folder, PATCHLENS_URL a server instead of the made-up one. */
const folder = process.env['PATCHLENS_SHOTS'];
const views = (process.env['PATCHLENS_VIEWS'] ?? 'start|').split('|||').map((view) => view.split('|') as [string, string, string?]);

test.skipIf(folder === undefined)('pictures of the page', async () => {
  mkdirSync(folder!, { recursive: true });
  const address = process.env['PATCHLENS_URL'];
  const server = address === undefined ? await startMock(resolve('dist')) : await startProxy(resolve('dist'), address);
  const browser = await launch(findBrowser()!);
  const [width, height] = (process.env['PATCHLENS_SIZE'] ?? '1600x1000').split('x').map(Number);
  const context = await browser.newContext({ viewport: { width: width!, height: height! } });
  const page = await context.newPage();
  page.on('console', (message) => { if (message.type() !== 'log') console.log(message.type(), message.text()); });
  page.on('pageerror', (error) => console.log('ERROR', error.message));
  const theme = process.env['PATCHLENS_THEME'] ?? 'dark';
  await page.addInitScript((value) => localStorage.setItem('patchlens.theme', value), theme);
  await page.goto(server.url);
  for (const [name, hash, script] of views) {
    await page.goto(`${server.url}#${hash}`);
    await page.reload();
    await page.waitForTimeout(2500);
    if (script !== undefined && script !== '') {
      await new Function('page', `return (async () => {${script}})()`)(page);
      await page.waitForTimeout(1200);
    }
    await page.screenshot({ path: `${folder}/${name}.png` });
  }
  await browser.close();
  await server.close();
}, 240_000);
