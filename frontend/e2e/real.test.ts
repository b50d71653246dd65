import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, PATIENCE } from './browser.ts';
import { BROWSER, clickPatch, painted, restingPlace } from './page.ts';
import { GRID, IMAGES, PROGRAM, serveStudy, type Served } from './program.ts';

const PATCHES = IMAGES * GRID * GRID;

/** The program as it is shipped: extraction, server, the page in the jar and its policy, in a browser. */
describe.skipIf(BROWSER === null || PROGRAM === null)('the explorer over its real server', () => {
  let served: Served;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    served = await serveStudy();
    browser = await launch(BROWSER!);
    const context = await browser.newContext({ viewport: { width: 1600, height: 1000 }, acceptDownloads: true });
    page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(served.address);
    await page.locator('[data-pane="0"]').waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await served?.remove();
  });

  const base = () => new URL('/', served.address).href;
  const api = <T>(path: string): Promise<T> => page.evaluate(async (address) => (await fetch(address)).json() as Promise<T>, `${base()}api/${path}`);
  const open = async (hash: string) => {
    await page.goto('about:blank');
    await page.goto(`${base()}#${hash}`);
    await page.locator('[data-pane="0"]').waitFor();
  };
  const tiles = () => page.locator('[aria-label="Pictures"] button').count();

  test('lets in who has the address, and takes the token out of it', async () => {
    expect(served.address).toMatch(/\?token=[\w-]{43}$/);
    expect(page.url()).not.toContain('token');
    expect(await page.title()).toBe('made-up · Patchlens');
    await expect.poll(tiles).toBe(IMAGES);
    const stranger = await fetch(`${base()}api/studies`);
    expect(stranger.status).toBe(401);
  });

  test('carries the licences of the libraries in it', async () => {
    const text = await page.evaluate(async () => (await fetch('./THIRD-PARTY.txt')).text());
    for (const name of ['svelte', 'three', 'd3-scale']) expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((MIT|ISC)\\)$`, 'm'));
  });

  test('comes packed by Brotli, and unpacked is what it is', async () => {
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const script = await page.locator('script[src]').first().getAttribute('src');
    const [packed, plain] = await Promise.all(['br', 'identity'].map((coding) =>
      fetch(new URL(script!, page.url()), { headers: { cookie, 'accept-encoding': coding } })));
    expect(packed!.headers.get('content-encoding')).toBe('br');
    expect(plain!.headers.get('content-encoding')).toBeNull();
    expect(await packed!.text()).toBe(await plain!.text());
  });

  test('paints a click on every image in view, with the numbers of the server', async () => {
    await open('images=1,4');
    await clickPatch(page, 0, 8, 4);
    await expect.poll(() => painted(page)).toBe(IMAGES + 2);
    await page.locator('[data-pane="0"]').getByText(/row 8, column 4 · cosine 1$/).waitFor();
    await clickPatch(page, 1, 8, 4);
    await page.getByText(/\d+ mutual matches? at layer last/).waitFor();
  });

  test('streams a t-SNE while it converges, and shows the saved map', async () => {
    await open('images=1');
    await page.getByRole('heading', { name: 'No map yet' }).waitFor();
    // A quick machine is done before a test could look, so the page itself keeps what it said.
    await page.evaluate(() => {
      const said: string[] = [];
      Object.assign(window, { said });
      const note = () => document.querySelectorAll('[role="status"]').forEach((one) => said.push(one.textContent ?? ''));
      new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    await page.getByRole('button', { name: 'by t-SNE' }).click();
    await page.getByText(`${PATCHES.toLocaleString('en')} patches`).waitFor({ timeout: 2 * PATIENCE });
    await expect.poll(() => page.url()).toContain('map=project');
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
    expect(said).toContainEqual(expect.stringMatching(/^converging/));
    const jobs = await api<{ state: string; result: string }[]>('jobs');
    expect(jobs).toMatchObject([{ state: 'done', result: 'project/tsne-layer-last' }]);
  });

  test('selects on the map, compares the selection, and exports what was selected', async () => {
    const box = await restingPlace(page.locator('[aria-label="Map"] .frame'));
    await page.keyboard.down('Shift');
    await page.mouse.move(box.x + box.width * 0.1, box.y + box.height * 0.1);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.7, { steps: 5 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    const selection = page.getByTestId('selection');
    await expect.poll(() => selection.innerText()).toMatch(/patches · \d+ images · \d+ patients · \w+ \d+ %/);
    const count = Number((await selection.innerText()).match(/[\d,]+/)![0].replaceAll(',', ''));
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('footer').getByRole('button', { name: 'CSV' }).click()]);
    expect(readFileSync(await file.path(), 'utf8').trim().split('\r\n').filter((line) => !line.startsWith('#'))).toHaveLength(count + 1);
    await page.getByRole('tab', { name: 'Charts' }).click();
    for (const title of ['By label', 'Norms at layer last', 'Norms over the layers']) await page.getByRole('heading', { name: title }).waitFor();
    await page.reload();
    await expect.poll(() => selection.innerText()).toContain(`${count.toLocaleString('en')} patches`);
  });

  test('offers every analysis that the program has, with its form', async () => {
    await open('tray=runs');
    const analyses = await api<{ name: string; options: { properties: Record<string, unknown> } }[]>('analyses');
    expect(analyses.length).toBeGreaterThan(5);
    for (const { name, options } of analyses) {
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('button', { name: `Run ${name}` }).waitFor();
      await expect.poll(() => page.locator('form .field-row').count()).toBe(Object.keys(options.properties).length);
    }
  });

  test('runs an analysis and draws its figures; what is refused is said as on the command line', async () => {
    await open('tray=runs');
    await page.getByRole('button', { name: 'norms', exact: true }).click();
    await page.getByRole('button', { name: 'Run norms' }).click();
    await page.getByRole('button', { name: 'Open', exact: true }).first().waitFor();
    await open('tray=results');
    await page.getByRole('button', { name: /norms ·/ }).click();
    await page.locator('figure').first().waitFor();
    expect(await page.locator('figure .failure').count()).toBe(0);
    await open('tray=runs');
    await page.getByRole('button', { name: 'norms', exact: true }).click();
    await page.getByRole('textbox', { name: 'Layers' }).fill('99');
    await page.getByRole('button', { name: 'Run norms' }).click();
    await page.getByText(/layer 99/i).first().waitFor();
  });

  test('shows a head of the attention atlas in the viewer', async () => {
    await open('tray=attention&images=1');
    await page.getByRole('button', { name: /^Block 2, head 3/ }).click();
    await page.getByText('Where the CLS token reads from in block 2, head 3; not importance.').waitFor();
    await expect.poll(() => painted(page)).toBe(1);
  });

  test('made the browser complain of nothing', () => {
    expect(complaints.filter((one) => !/status of 4\d\d/.test(one))).toEqual([]);
  });

  test('ends as Ctrl-C asks, and the page says what happened', async () => {
    await open('images=1');
    expect(await served.stop()).toBe(0);
    await clickPatch(page, 0, 3, 3);
    await page.getByRole('alert').getByText(/server/).first().waitFor();
  });
});
