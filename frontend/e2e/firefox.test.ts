import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMock, type Mock } from '../mock/server.ts';
import { findFirefox, Firefox } from './marionette.ts';

const PATH = findFirefox();
if (PATH === null) {
  console.warn('WARNING: no Firefox was found on the PATH or in FIREFOX; the page is NOT tested in it.');
}

/** Where to keep a picture of the page, to look at. */
const SHOTS = process.env['PATCHLENS_SHOTS'];
/** Another server than the made-up one, for that picture. */
const ADDRESS = process.env['PATCHLENS_URL'];

describe.skipIf(PATH === null)('the explorer in Firefox', () => {
  let mock: Mock;
  let firefox: Firefox;
  beforeAll(async () => {
    mock = await startMock(resolve('dist'));
    firefox = await Firefox.launch(PATH!);
  });
  afterAll(async () => {
    await firefox?.close();
    await mock?.close();
  });

  const open = async (hash: string) => {
    await firefox.open(`${mock.url}#${hash}`);
    await expect.poll(() => firefox.run<number>('return document.querySelectorAll("[data-pane]").length;')).toBeGreaterThan(0);
  };
  const text = (selector: string) => firefox.run<string>(`return document.querySelector(${JSON.stringify(selector)})?.textContent ?? '';`);
  const box = (selector: string) => firefox.run<{ x: number; y: number; width: number; height: number }>(
    `const { x, y, width, height } = document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect(); return { x, y, width, height };`);

  test('paints a click on every image in view', async () => {
    await open('images=1,4');
    await expect.poll(() => firefox.run<number>('return document.querySelectorAll("[aria-label=Pictures] button").length;')).toBeGreaterThan(4);
    const { x, y, width } = await box('[data-pane="0"] .picture');
    await firefox.drag([{ x: x + (4.5 / 14) * width, y: y + (8.5 / 14) * width }]);
    const painted = () => firefox.run<number>(`return [...document.querySelectorAll('[data-pane] canvas, .picture canvas')]
      .filter((canvas) => canvas.width === 14 && canvas.getContext('2d').getImageData(0, 0, 14, 14).data.some((part) => part > 0)).length;`);
    await expect.poll(painted).toBeGreaterThan(6);
    await expect.poll(() => firefox.run<string>('return location.hash;')).toContain('focus=1,8,4');
  });

  test('draws the map, in two dimensions and in three', async () => {
    for (const axes of [2, 3]) {
      await open(`axes=${axes}`);
      await expect.poll(() => text('[aria-label="Map"] .note')).toContain('4,000 patches');
      await expect.poll(() => firefox.run<number>(`const sheet = document.createElement('canvas'); sheet.width = sheet.height = 200;
        const context = sheet.getContext('2d');
        await new Promise((next) => requestAnimationFrame(next));
        context.drawImage(document.querySelector('canvas.points'), 0, 0, 200, 200);
        return new Set(new Uint32Array(context.getImageData(0, 0, 200, 200).data.buffer)).size;`)).toBeGreaterThan(10);
    }
    console.log(`Firefox draws the map by ${(await firefox.run<string>('return document.querySelector(\'[aria-label="Map"] .note\').title;'))}`);
  });

  test('selects by lasso with Shift and Ctrl', async () => {
    await open('');
    await expect.poll(() => text('[aria-label="Map"] .note')).toContain('4,000 patches');
    const { x, y, width, height } = await box('[aria-label="Map"] .frame');
    const ring = [[0.2, 0.2], [0.7, 0.15], [0.8, 0.7], [0.3, 0.8], [0.2, 0.3]].map(([u, v]) => ({ x: x + u! * width, y: y + v! * height }));
    await firefox.drag(ring, ['\uE008', '\uE009']);
    await expect.poll(() => text('[data-testid="selection"]')).toMatch(/patches · \d+ images · \d+ patients/);
  });

  test('exports drawings and pictures', async () => {
    await open('images=1');
    await expect.poll(() => text('[aria-label="Map"] .note')).toContain('4,000 patches');
    await firefox.run('window.files = []; const make = URL.createObjectURL.bind(URL); URL.createObjectURL = (blob) => { window.files.push(blob); return make(blob); };');
    for (const [label, way] of [['Export the map', 'SVG'], ['Export the images', 'PNG']] as const) {
      await firefox.click(`button[aria-label="${label}"]`);
      await firefox.run(`[...document.querySelectorAll('[role=menuitem]')].find((item) => item.textContent.startsWith('${way}')).click();`);
    }
    await expect.poll(() => firefox.run<string[]>('return window.files.map((file) => file.type);')).toContain('image/png');
    const found = await firefox.run<{ points: number; colors: number }>(`
      const drawing = await window.files.find((file) => file.type.startsWith('image/svg')).text();
      const bitmap = await createImageBitmap(window.files.find((file) => file.type === 'image/png'));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      context.drawImage(bitmap, 0, 0);
      const colors = new Set(new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer)).size;
      return { points: drawing.split('<use ').length - 1, colors };`);
    expect(found.points).toBeGreaterThan(3950);
    expect(found.colors).toBeGreaterThan(60);
  });

  test.skipIf(SHOTS === undefined || ADDRESS === undefined)('a picture of the real server to look at', async () => {
    await firefox.open(ADDRESS!);
    await firefox.open(new URL(`/#${process.env['PATCHLENS_HASH'] ?? ''}`, ADDRESS).href);
    await new Promise((soon) => setTimeout(soon, 8000));
    const { x, y, width } = await box('[data-pane="0"] .picture');
    await firefox.drag([{ x: x + width * 0.33, y: y + width * 0.4 }]);
    await new Promise((soon) => setTimeout(soon, 4000));
    writeFileSync(`${SHOTS!}/firefox.png`, await firefox.screenshot());
  });
});
