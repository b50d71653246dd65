import { describe, expect, test } from 'vitest';
import { css, table } from '../src/color/maps.ts';
import { bytes, count, number, percent } from '../src/color/format.ts';
import { defaultSpec } from '../src/state/spec.ts';
import { rangeOf, scaleFor } from '../src/viewer/overlay-kinds.ts';
import type { StudyValues } from '../src/viewer/study-values.svelte.ts';
import { contour, outline } from '../src/viewer/outline.ts';
import { extent, keepMass, paintCategories, paintNumbers, quantile } from '../src/viewer/paint.ts';
import { panned, patchAt, place, region, WHOLE, zoomAt } from '../src/viewer/transform.ts';
import { BYTES, dragged, ownWindow, pixelScale, PRESETS, windowLimits, windowTable } from '../src/viewer/window.ts';

describe('windows', () => {
  test('are those of radiology, centre before width', () => {
    expect(PRESETS.map(({ key, name, centre, width }) => [key, name, centre, width])).toEqual([
      ['1', 'soft', 40, 400], ['2', 'lung', -600, 1500], ['3', 'bone', 400, 1800], ['4', 'brain', 40, 80], ['5', 'liver', 90, 150]]);
  });

  const scaleOf = (preprocessing: string | undefined, source: string, ...modalities: string[]) => pixelScale({
    provenance: preprocessing === undefined ? {} : { preprocessing },
    columns: modalities.length === 0 ? [] : [{ name: 'modality', type: 'category', missing: 0, distinct: modalities.length, values: modalities.map((value) => ({ value, count: 1 })) }],
  }, source);

  test('know the Hounsfield units of a study of one window, and say that others have none', () => {
    const lung = { low: -1350, high: 150, unit: 'HU' };
    expect(scaleOf('std 0.5; window lung(-600/1500); plane=natural', 'a.nii')).toEqual(lung);
    expect(scaleOf('window 40/400', 'a.dcm')).toEqual({ low: -160, high: 240, unit: 'HU' });
    expect(scaleOf('window 40/400:exact; paths=given', 'IM0001', 'CT')).toEqual({ low: -160, high: 240, unit: 'HU' });
    expect(scaleOf('window 40/400', 'IM0001', 'MR')).toEqual({ low: -160, high: 240, unit: '' });
    expect(scaleOf('window default(HU:lung(-600/1500),else:auto); plane=natural', 'IM0001', 'CT')).toEqual(lung);
    expect(scaleOf('window default(HU:lung(-600/1500),else:auto); plane=natural', 'IM0001', 'CT', 'MR')).toBe(BYTES);
    expect(scaleOf('window default(HU:lung(-600/1500),else:auto); plane=natural', 'a.png')).toBe(BYTES);
    expect(scaleOf('resize 448x448; window auto; paths=given', 'a.dcm', 'CT')).toBe(BYTES);
    expect(scaleOf(undefined, 'a.dcm')).toBe(BYTES);
  });

  test('two numbers for pictures are in their own values, unless they are a known window of units + 1024', () => {
    expect(scaleOf('window 500/900', 'a.png')).toEqual({ low: 50, high: 950, unit: '' });
    expect(scaleOf('window 424/1500; plane=natural', 'p001-00.PNG')).toEqual({ low: -1350, high: 150, unit: 'HU' });
    expect(scaleOf('window 424/1500', 'a.nii.gz')).toEqual({ low: -326, high: 1174, unit: 'HU' });
  });

  test('turn bytes black below and white above', () => {
    const scale = { low: -1350, high: 150, unit: 'HU' as const };
    const whole = windowTable(scale, -600, 1500, false);
    expect([whole[0], whole[255]]).toEqual([0, 255]);
    expect(Math.abs(whole[128]! - 128)).toBeLessThanOrEqual(1);
    const soft = windowTable(scale, 40, 400, false);
    expect(soft[Math.floor((-160 + 1350) / 1500 * 255) - 1]).toBe(0);
    expect(windowTable(scale, -600, 1500, true)[0]).toBe(255);
  });

  test('say what the kept bits cannot show', () => {
    const scale = { low: -1350, high: 150, unit: 'HU' as const };
    expect(windowLimits(scale, 40, 400)).toBe('From the kept 8-bit picture in steps of 5.9 HU; values above 150 HU were cut off at extraction.');
    expect(windowLimits(scale, -600, 1500)).toBe('From the kept 8-bit picture in steps of 5.9 HU.');
    expect(windowLimits(BYTES, 128, 255)).toBe('');
  });

  test('change with a drag: width across, centre up and down, never without width', () => {
    const start = ownWindow(BYTES);
    expect(dragged(BYTES, start, 40, 0)).toEqual({ centre: 127.5, width: 255 + 25.5 });
    expect(dragged(BYTES, start, 0, 40).centre).toBeCloseTo(127.5 + 25.5);
    expect(dragged(BYTES, start, -9999, 0).width).toBeGreaterThan(0);
  });
});

describe('the place of an image', () => {
  const image = { width: 448, height: 448 };
  const pane = { width: 600, height: 400 };

  test('zooming keeps what is under the cursor, panning follows it', () => {
    const at = { x: 350, y: 180 };
    const grid = { rows: 28, columns: 28 };
    const zoomed = zoomAt(WHOLE, 3, at, image, pane);
    expect(patchAt(at, place(zoomed, image, pane), image, grid)).toEqual(patchAt(at, place(WHOLE, image, pane), image, grid));
    const moved = place(panned(zoomed, 10, -5, image, pane), image, pane);
    expect(moved.x - place(zoomed, image, pane).x).toBeCloseTo(10);
    expect(moved.y - place(zoomed, image, pane).y).toBeCloseTo(-5);
  });

  test('never shows less than the whole image, nor leaves it', () => {
    expect(zoomAt(WHOLE, 0.1, { x: 0, y: 0 }, image, pane)).toEqual(WHOLE);
    expect(panned(WHOLE, 500, 500, image, pane)).toEqual(WHOLE);
  });

  test('finds the patch under a pixel, and none beside the image', () => {
    const whole = place(WHOLE, image, pane);
    expect(patchAt({ x: 100, y: 0 }, whole, image, { rows: 4, columns: 4 })).toEqual({ row: 0, column: 0 });
    expect(patchAt({ x: 499, y: 399 }, whole, image, { rows: 4, columns: 4 })).toEqual({ row: 3, column: 3 });
    expect(patchAt({ x: 50, y: 200 }, whole, image, { rows: 4, columns: 4 })).toBeNull();
  });

  test('a region is the rectangle between two corners, in whichever order', () => {
    expect(region({ row: 2, column: 1 }, { row: 1, column: 2 })).toHaveLength(4);
  });
});

describe('painting', () => {
  const scale = { map: 'diverging' as const, low: -1, high: 1, unit: '' };

  test('covers the extremes more than the middle, and leaves NaN free', () => {
    const pixels = paintNumbers(Float32Array.of(-1, 0, 1, Number.NaN), scale);
    expect([pixels[3]! > 250, pixels[7]! < 100, pixels[11]! > 250, pixels[15]]).toEqual([true, true, true, 0]);
    expect([...pixels.slice(0, 3)]).toEqual([8, 81, 156]);
    expect([...pixels.slice(8, 11)]).toEqual([166, 54, 3]);
  });

  test('begins and ends colour maps with their published colours, and clamps beyond', () => {
    expect([...table('viridis').slice(0, 3), ...table('viridis').slice(-3)]).toEqual([0x44, 1, 0x54, 0xfd, 0xe7, 0x25]);
    expect(css('inferno', 9, 0, 1)).toBe(css('inferno', 1, 0, 1));
    // 0 falls between two of the 256 shades, so white is missed by at most two of 255.
    expect(css('diverging', 0, -1, 1)).toMatch(/rgb\(24[5-9], 24[5-9], 24[5-9]\)/);
  });

  test('keeps the strongest patches of a mass', () => {
    expect([...keepMass(Float32Array.of(1, 4, 3, 2), 60)]).toEqual([Number.NaN, 4, 3, Number.NaN]);
    const all = Float32Array.of(1, 2);
    expect(keepMass(all, 100)).toBe(all);
  });

  test('finds ranges without NaN', () => {
    expect(extent([Float32Array.of(2, Number.NaN, -3)])).toEqual([-3, 2]);
    expect(extent([])).toEqual([0, 1]);
    expect(quantile(Float32Array.of(5, 1, Number.NaN, 3), 0.5)).toBe(3);
  });

  test('leaves patches of no category free', () => {
    expect([...paintCategories(Float32Array.of(0, Number.NaN), () => [1, 2, 3])]).toEqual([1, 2, 3, 255, 0, 0, 0, 0]);
  });
});

test('an outline goes around a set and not through it', () => {
  expect(outline(3, 3, (row, column) => row === 1 && column >= 1)).toBe('M1,1H3M1,2H3M1,1V2M3,1V2');
});

test('a contour passes between what is below and above', () => {
  expect(contour(Float32Array.of(0, 1, 0, 1), 2, 2, 0.5)).toBe('M1,0.5L1,1.5');
});

test('numbers read well', () => {
  expect([number(0), number(-1), number(0.12345), number(12.34), number(1234.5), number(1e-7), number(Number.NaN)])
    .toEqual(['0', '−1', '0.123', '12.3', '1235', '1.0e−7', 'none']);
  expect([count(1284), percent(0.004), percent(0.71), bytes(928_000_000)]).toEqual(['1,284', '<1 %', '71 %', '928 MB']);
});

test('a few low norms do not take the colours of all others, high ones keep theirs', () => {
  const norms = Float32Array.from({ length: 1000 }, (_, i) => (i === 0 ? 1 : i === 1 ? 500 : 50 + (i % 10)));
  const overlay = { ...defaultSpec().overlay, kind: 'norm' as const };
  expect(rangeOf(overlay, { norms } as unknown as StudyValues)).toEqual([50, 500]);
  const attention = Float32Array.from({ length: 1000 }, (_, i) => (i === 0 ? 1 : 0.001 * (i % 10)));
  const range = rangeOf({ ...overlay, kind: 'attention' }, { attention } as unknown as StudyValues)!;
  expect(range[0]).toBe(0);
  expect(range[1]).toBeCloseTo(0.009);
});

test('a fixed scale has the ends that were set, unless they are the wrong way round; a similarity is symmetric otherwise', () => {
  const overlay = { ...defaultSpec().overlay, scale: 'fixed' as const, low: -0.25, high: 0.5 };
  expect(scaleFor(overlay, [-1, 1])).toMatchObject({ low: -0.25, high: 0.5, map: 'diverging' });
  expect(scaleFor({ ...overlay, low: 1, high: 0 }, [-0.2, 0.8])).toMatchObject({ low: -0.8, high: 0.8 });
  expect(scaleFor({ ...overlay, scale: 'image' }, [-0.9, 0.1])).toMatchObject({ low: -0.9, high: 0.9 });
});
