import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER, clickPatch, openPage, painted, patchPlace, restingPlace, type Opened } from './page.ts';

describe.skipIf(BROWSER === null)('the explorer', () => {
  let at: Opened;
  beforeAll(async () => {
    at = await openPage();
  });
  afterAll(() => at?.close());

  const selection = () => at.page.getByTestId('selection').innerText();

  async function rectangle(): Promise<void> {
    const box = await restingPlace(at.page.locator('[aria-label="Map"] .frame'));
    await at.page.keyboard.down('Shift');
    await at.page.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.2);
    await at.page.mouse.down();
    await at.page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.8, { steps: 5 });
    await at.page.mouse.up();
    await at.page.keyboard.up('Shift');
    await expect.poll(() => at.page.locator('footer').innerText()).toMatch(/patches · \d+ images · \d+ patients · \w+ \d+ %/);
  }

  test('shows a study without a complaint of the browser, its policy included', async () => {
    await at.open();
    await expect.poll(() => at.page.locator('[aria-label="Map"] canvas.points').getAttribute('width')).not.toBeNull();
    expect(await at.page.title()).toBe('phantom-ct · Patchlens');
    expect(at.complaints).toEqual([]);
    const columns = at.mock.requests.filter((one) => one.includes('/columns/'));
    expect(columns).toEqual([...new Set(columns)]);
  });

  test('paints the similarity to a clicked patch on every image in view', async () => {
    await at.open('images=1,4,10,20');
    await clickPatch(at.page, 0, 8, 4);
    const tiles = () => at.page.locator('[aria-label="Pictures"] button').count();
    await expect.poll(tiles).toBeGreaterThanOrEqual(20);
    await expect.poll(async () => await painted(at.page) - await tiles()).toBe(4);
    const bodies = at.mock.requests.filter((one) => one.includes('/similarity'));
    expect(bodies.length).toBeGreaterThan(0);
    expect(new URL(at.page.url()).hash).toBeDefined();
    await expect.poll(() => at.page.url()).toContain('focus=1,8,4');
  });

  test('adds patches with Shift, takes the mean of a dragged region, walks with the arrows', async () => {
    await at.open('images=1');
    await clickPatch(at.page, 0, 8, 4);
    await at.page.keyboard.down('Shift');
    await clickPatch(at.page, 0, 2, 2);
    await at.page.keyboard.up('Shift');
    await expect.poll(() => at.page.url()).toContain('query=1,8,4;1,2,2');
    const [a, b] = [await patchPlace(at.page, 0, 3, 3), await patchPlace(at.page, 0, 5, 6)];
    await at.page.mouse.move(a.x, a.y);
    await at.page.mouse.down();
    await at.page.mouse.move(b.x, b.y, { steps: 6 });
    await at.page.mouse.up();
    await at.page.getByText('the mean of 12 patches').waitFor();
    await at.page.keyboard.press('ArrowDown');
    await expect.poll(() => at.page.url()).toContain('focus=1,5,5');
  });

  test('shows mutual matches as lines after a click in another image, and Esc takes them away', async () => {
    await at.open('images=1,4');
    await clickPatch(at.page, 0, 8, 4);
    await clickPatch(at.page, 1, 8, 4);
    await at.page.getByText('30 mutual matches').waitFor();
    await expect.poll(() => at.page.locator('.stages > svg line:not(.halo)').count()).toBe(30);
    await at.page.keyboard.press('Escape');
    await expect.poll(() => at.page.locator('.stages > svg line:not(.halo)').count()).toBe(0);
  });

  test('selects on the map in all views, clears, undoes and redoes', async () => {
    await at.open();
    await at.page.getByText('4,000 patches').waitFor();
    await rectangle();
    const before = await selection();
    await expect.poll(() => at.page.locator('[data-pane="0"] path.selected').count()).toBe(1);
    await at.page.keyboard.press('Escape');
    await expect.poll(selection).toContain('Nothing selected');
    await at.page.keyboard.press('Control+z');
    await expect.poll(selection).toBe(before);
    await at.page.keyboard.press('Control+Shift+Z');
    await expect.poll(selection).toContain('Nothing selected');
  });

  test('says so where nothing is, and r brings the whole map back', async () => {
    await at.open();
    await at.page.getByText('4,000 patches').waitFor();
    const box = await restingPlace(at.page.locator('[aria-label="Map"] .frame'));
    await at.page.mouse.move(box.x + 30, box.y + 30);
    await at.page.mouse.down();
    await at.page.mouse.move(box.x + 30 + 3 * box.width, box.y + 30, { steps: 4 });
    await at.page.mouse.up();
    await at.page.getByText('No point is in view').waitFor();
    await at.page.keyboard.press('r');
    await expect.poll(() => at.page.getByText('No point is in view').count()).toBe(0);
  });

  test('a lasso over nothing says so and keeps the selection', async () => {
    await at.open();
    await at.page.getByText('4,000 patches').waitFor();
    await rectangle();
    const before = await selection();
    const box = await restingPlace(at.page.locator('[aria-label="Map"] .frame'));
    await at.page.keyboard.down('Shift');
    await at.page.keyboard.down('Control');
    await at.page.mouse.move(box.x + 4, box.y + 40);
    await at.page.mouse.down();
    for (const [x, y] of [[20, 40], [20, 60], [6, 60]] as const) await at.page.mouse.move(box.x + x, box.y + y, { steps: 3 });
    await at.page.mouse.up();
    await at.page.keyboard.up('Control');
    await at.page.keyboard.up('Shift');
    await at.page.getByText('No point lies in there').waitFor();
    await expect.poll(() => at.page.url()).toContain('selection=');
    await at.page.reload();
    await expect.poll(selection).toBe(before);
  });

  test('keys act, except while a field has the focus', async () => {
    await at.open();
    await at.page.keyboard.press('2');
    await expect.poll(() => at.page.url()).toContain('window=lung,-600,1500');
    await at.page.keyboard.press('1');
    await at.page.getByText('values above 150 HU were cut off at extraction').waitFor();
    await at.page.keyboard.press('[');
    await expect.poll(() => at.page.url()).toContain('layer=6');
    await at.page.keyboard.press('Space');
    await at.page.getByText('Overlay hidden').waitFor();
    await at.page.keyboard.press('Control+k');
    await at.page.keyboard.type('[i2');
    await at.page.keyboard.press('Escape');
    await expect.poll(() => at.page.locator('dialog').count()).toBe(0);
    expect(await at.page.getByRole('combobox', { name: 'Layer' }).inputValue()).toBe('6');
    await at.page.keyboard.press('?');
    await at.page.getByRole('heading', { name: 'Keys and gestures' }).waitFor();
  });

  test('everything is found by name', async () => {
    await at.open();
    await at.page.keyboard.press('Control+k');
    await at.page.keyboard.type('slice-7');
    await at.page.keyboard.press('Enter');
    await expect.poll(() => at.page.locator('[data-pane="0"]').getAttribute('data-image')).toBe('7');
  });

  test('the wheel goes through the slices of a volume and, with Ctrl, zooms', async () => {
    await at.open('images=3');
    const { x, y } = await patchPlace(at.page, 0, 7, 7);
    await at.page.mouse.move(x, y);
    await at.page.mouse.wheel(0, 100);
    await expect.poll(() => at.page.locator('[data-pane="0"]').getAttribute('data-image')).toBe('4');
    const before = (await restingPlace(at.page.locator('[data-pane="0"] .picture'))).width;
    await at.page.keyboard.down('Control');
    await at.page.mouse.wheel(0, -400);
    await at.page.keyboard.up('Control');
    await expect.poll(async () => (await at.page.locator('[data-pane="0"] .picture').boundingBox())!.width).toBeGreaterThan(before * 1.3);
  });

  test('a right drag changes the window and its picture', async () => {
    await at.open('images=3');
    const middle = () => at.page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-pane="0"] .picture')!;
      return canvas.getContext('2d')!.getImageData(112, 112, 1, 1).data[0];
    });
    await expect.poll(middle).toBeGreaterThan(0);
    const before = await middle();
    const { x, y } = await patchPlace(at.page, 0, 7, 7);
    await at.page.mouse.move(x, y);
    await at.page.mouse.down({ button: 'right' });
    await at.page.mouse.move(x, y + 80, { steps: 4 });
    await at.page.mouse.up({ button: 'right' });
    await expect.poll(() => at.page.url()).toContain('window=free');
    await expect.poll(middle).not.toBe(before);
  });

  test('filters narrow every view and say so', async () => {
    await at.open();
    await at.page.getByRole('button', { name: 'covid 20' }).click();
    await at.page.getByText('20 of 60 images pass the filter').waitFor();
    await expect.poll(() => at.page.locator('[aria-label="Pictures"] button').count()).toBe(20);
    await expect.poll(() => at.page.url()).toContain('filters=');
  });

  test('a click in the attention atlas shows that head', async () => {
    await at.open('tray=attention&images=1');
    await at.page.getByRole('button', { name: /^Block 4, head 1/ }).click();
    await at.page.getByText('Where the CLS token reads from in block 4, head 1; not importance.').waitFor();
    await expect.poll(() => at.page.url()).toContain('overlay=attention');
  });

  test('draws every kind of figure', async () => {
    await at.open('tray=results');
    await at.page.getByRole('button', { name: /all-kinds/ }).click();
    for (const title of ['Heads over blocks', 'Accuracy over layers', 'By label', 'Verdict', 'Norms of one image', 'Components', 'Matches', 'Three at once']) {
      await at.page.getByRole('heading', { name: title, exact: true }).waitFor();
    }
    expect(await at.page.locator('figure .failure').count()).toBe(0);
    const file = at.page.waitForEvent('download');
    await at.page.locator('figure', { hasText: 'Accuracy over layers' }).getByRole('button', { name: 'SVG' }).click();
    expect((await file).suggestedFilename()).toBe('phantom-ct-Accuracy-over-layers.svg');
  });

  test('starts an analysis from its form, shows the map while it converges, and opens the result', async () => {
    await at.open('tray=runs');
    await at.page.getByRole('textbox', { name: 'Axes' }).fill('7');
    await at.page.getByText('7 is out of range; 2 to 3 is expected.').waitFor();
    expect(await at.page.getByRole('button', { name: 'Run project' }).isDisabled()).toBe(true);
    await at.page.getByRole('textbox', { name: 'Axes' }).fill('2');
    at.mock.jobs.held = true;
    await at.page.getByRole('button', { name: 'Run project' }).click();
    await at.page.getByText('converging · gradient').waitFor();
    at.mock.jobs.held = false;
    await at.page.getByText('done', { exact: true }).waitFor();
    await at.page.getByText('4,000 patches').waitFor();
    await expect.poll(() => at.page.url()).toContain('map=project/project-2'.replace('/', '%2F'));
  });

  test('opens the form of a result and of a job as it was filled in', async () => {
    await at.open('tray=results');
    await at.page.getByRole('button', { name: /project · first/ }).click();
    await at.page.getByRole('button', { name: 'Run again' }).click();
    const axes = at.page.getByRole('textbox', { name: 'Axes' });
    await expect.poll(() => axes.inputValue()).toBe('3');
    await at.page.getByRole('button', { name: 'norms', exact: true }).click();
    await at.page.getByRole('button', { name: 'Run norms' }).waitFor();
    await at.page.getByRole('button', { name: 'project', exact: true }).click();
    await expect.poll(() => axes.inputValue()).toBe('2');
    await axes.fill('3');
    await at.page.getByRole('textbox', { name: 'Save as' }).fill('in-space');
    await at.page.getByRole('button', { name: 'Run project' }).click();
    await axes.fill('2');
    await at.page.locator('article', { hasText: 'in-space' }).getByRole('button', { name: 'Run again' }).click();
    await expect.poll(() => axes.inputValue()).toBe('3');
  });

  test('cancels a job', async () => {
    await at.open('tray=runs');
    await at.page.getByRole('button', { name: 'norms' }).click();
    at.mock.jobs.held = true;
    await at.page.getByRole('button', { name: 'Run norms' }).click();
    await at.page.getByRole('button', { name: 'Cancel' }).click();
    await at.page.getByText('cancelled', { exact: true }).waitFor();
    at.mock.jobs.held = false;
  });

  test('shows the sentence of the server when something is refused, and tries again', async () => {
    await at.open();
    at.mock.failing.set('/similarity', 'shard 3 is damaged; extract the study again.');
    await clickPatch(at.page, 0, 3, 3);
    await at.page.getByText('shard 3 is damaged; extract the study again.').waitFor();
    at.mock.failing.clear();
    await at.page.getByRole('button', { name: 'Retry' }).click();
    await expect.poll(() => painted(at.page)).toBeGreaterThan(1);
    at.mock.failing.set('/studies/mock', 'the folder of the study is gone.');
    await at.page.reload();
    await at.page.getByText('the folder of the study is gone.').waitFor();
    at.mock.failing.clear();
    await at.page.getByRole('button', { name: 'Try again' }).click();
    await at.page.locator('[data-pane="0"]').waitFor();
  });

  async function saved(start: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
    const [file] = await Promise.all([at.page.waitForEvent('download'), start()]);
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  }

  function exported(label: string, way: 'PNG' | 'SVG' | 'CSV') {
    return saved(async () => {
      await at.page.getByRole('button', { name: label, exact: true }).click();
      await at.page.getByRole('menuitem', { name: way }).click();
    });
  }

  /** What the browser makes of an SVG: its parts, or what is wrong with it; and whether it shows anything. */
  async function opened(svg: Buffer) {
    return at.page.evaluate(async (text) => {
      const file = new DOMParser().parseFromString(text, 'image/svg+xml');
      const picture = new Image();
      picture.src = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
      await picture.decode();
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(picture, 0, 0);
      const colors = new Set(new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer));
      return {
        wrong: file.querySelector('parsererror')?.textContent ?? '',
        texts: [...file.querySelectorAll('text')].map((one) => one.textContent),
        images: file.querySelectorAll('image').length, rects: file.querySelectorAll('rect').length,
        points: file.querySelectorAll('use').length, paths: file.querySelectorAll('path').length, colors: colors.size,
      };
    }, svg.toString('utf8'));
  }

  test('exports the panes: pictures embedded, patches as squares, what they mean as text', async () => {
    await at.open('images=1,4');
    await clickPatch(at.page, 0, 8, 4);
    await expect.poll(() => painted(at.page)).toBeGreaterThan(2);
    const { name, bytes } = await exported('Export the images', 'SVG');
    expect(name).toBe('phantom-ct-similarity-layer-last.svg');
    const drawing = await opened(bytes);
    expect(drawing).toMatchObject({ wrong: '', images: 2 });
    expect(drawing.rects).toBeGreaterThan(2 * 14 * 14 / 2);
    const text = drawing.texts.join(' ');
    for (const words of ['ct-0/slice-1.dcm', 'Cosine of each patch with the focused patch', 'cosine', 'study phantom-ct', 'window -600/1500 HU', 'layer last', 'Patchlens']) {
      expect(text).toContain(words);
    }
    expect(drawing.colors).toBeGreaterThan(30);
    const table = (await exported('Export the images', 'CSV')).bytes.toString('utf8').trim().split('\r\n');
    expect(table).toHaveLength(1 + 2 * 14 * 14);
    expect(table.find((line) => /^1,[^,]*,8,4,(1|0\.99\d*)$/.test(line))).toBeDefined();
  });

  test('exports the map: every point as a shape, the legend as text; from some number on as a picture, and says so', async () => {
    await at.open();
    await at.page.getByText('4,000 patches').waitFor();
    await rectangle();
    const { bytes } = await exported('Export the map', 'SVG');
    const drawing = await opened(bytes);
    expect(drawing).toMatchObject({ wrong: '' });
    // All but those few that lie outside of the view.
    expect(drawing.points).toBeGreaterThan(3950);
    expect(drawing.points).toBeLessThanOrEqual(4000);
    expect(drawing.texts).toEqual(expect.arrayContaining(['covid', 'normal', '4,000 patches']));
    expect(drawing.colors).toBeGreaterThan(50);
    const png = await exported('Export the map', 'PNG');
    expect(png.name).toBe('phantom-ct-map.png');
    expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
    const table = (await exported('Export the map', 'CSV')).bytes.toString('utf8').trim().split('\r\n');
    expect(table).toHaveLength(4001);
    expect(table[0]).toMatch(/^x,y,image,id,row,column,.*label/);
    const chosen = await saved(() => at.page.locator('footer').getByRole('button', { name: 'CSV' }).click());
    expect(chosen.name).toBe('phantom-ct-selection.csv');
  });

  test('exports figures of every kind as pictures and drawings', async () => {
    await at.open('tray=results');
    await at.page.getByRole('button', { name: /all-kinds/ }).click();
    await at.page.getByRole('heading', { name: 'Three at once', exact: true }).waitFor();
    const figures = at.page.locator('figure:not(.inner)');
    await expect.poll(() => figures.locator('.skeleton').count()).toBe(0);
    for (let i = 0; i < await figures.count(); i++) {
      const figure = figures.nth(i);
      const { bytes } = await saved(() => figure.getByRole('button', { name: 'SVG' }).click());
      const drawing = await opened(bytes);
      expect(drawing.wrong).toBe('');
      expect(drawing.colors).toBeGreaterThan(3);
      expect(drawing.texts.join(' ')).toContain((await figure.getByRole('heading').first().innerText()));
      const png = await saved(() => figure.getByRole('button', { name: 'PNG' }).click());
      expect(png.bytes.length).toBeGreaterThan(1000);
    }
  });

  test('the address holds zoom, camera, lines and the open result', async () => {
    await at.open('images=1,4&tray=results');
    await at.page.getByText('4,000 patches').waitFor();
    await at.page.getByRole('button', { name: /all-kinds/ }).click();
    await clickPatch(at.page, 0, 8, 4);
    await clickPatch(at.page, 1, 8, 4);
    const { x, y } = await patchPlace(at.page, 0, 7, 7);
    await at.page.mouse.move(x, y);
    await at.page.keyboard.down('Control');
    await at.page.mouse.wheel(0, -400);
    await at.page.keyboard.up('Control');
    const box = await restingPlace(at.page.locator('[aria-label="Map"] .frame'));
    await at.page.mouse.move(box.x + 200, box.y + 200);
    await at.page.mouse.wheel(0, -500);
    for (const part of ['zoom=', 'camera=', 'lines=1,4', 'result=figures%2Fall-kinds']) await expect.poll(() => at.page.url()).toContain(part);
    const corner = async () => Object.values((await at.page.locator('[data-pane="0"] .picture').boundingBox())!).map(Math.round);
    // One turn of the wheel arrives in pieces, and the address is written after the last of them.
    const state = async () => JSON.stringify([at.page.url(), await corner()]);
    await expect.poll(async () => {
      const one = await state();
      await at.page.waitForTimeout(500);
      return one === (await state());
    }).toBe(true);
    const before = { url: at.page.url(), corner: await corner() };
    await at.page.reload();
    await at.page.getByText('30 mutual matches').waitFor();
    await at.page.getByRole('heading', { name: 'Verdict', exact: true }).waitFor();
    await expect.poll(corner).toEqual(before.corner);
    await expect.poll(() => at.page.url()).toBe(before.url);
  });

  test('the gallery is narrowed by a score, and says so where nothing passes', async () => {
    await at.open('unit=images&sort=norm');
    const tiles = at.page.locator('[aria-label="Pictures"] button');
    await expect.poll(() => tiles.count()).toBeGreaterThan(5);
    await at.page.getByRole('spinbutton', { name: 'Least', exact: true }).fill('100000');
    await at.page.getByRole('spinbutton', { name: 'Least', exact: true }).press('Enter');
    await at.page.getByRole('heading', { name: 'Nothing passes' }).waitFor();
    await at.page.getByRole('button', { name: 'Remove the filters' }).click();
    await expect.poll(() => tiles.count()).toBeGreaterThan(5);
  });

  test('the panes remember their borders, and fill the page on request', async () => {
    await at.open();
    const border = at.page.getByRole('separator', { name: 'Border between images and map' });
    const before = (await restingPlace(border)).x;
    await border.focus();
    await at.page.keyboard.press('ArrowLeft');
    await at.page.keyboard.press('ArrowLeft');
    await expect.poll(async () => (await border.boundingBox())!.x).toBeLessThan(before);
    const moved = (await restingPlace(border)).x;
    await at.page.reload();
    await expect.poll(async () => (await border.boundingBox())!.x).toBe(moved);
    await at.page.locator('[data-area="map"] .frame').hover();
    await at.page.keyboard.press('f');
    await expect.poll(async () => (await at.page.locator('[data-area="map"]').boundingBox())!.width).toBe(1600);
    await at.page.keyboard.press('Escape');
    await expect.poll(async () => (await at.page.locator('[data-area="map"]').boundingBox())!.width).toBeLessThan(1000);
  });

  test('nothing that was done here made the browser complain', () => {
    expect(at.complaints.filter((one) => !one.includes('422'))).toEqual([]);
  });
});
