import { describe, expect, test } from 'vitest';
import { random } from '../mock/data.ts';
import { between, cameraFrom, cameraNumbers, FLAT, home, matrix, orbit, pan, SPATIAL, zoom } from '../src/map/camera.ts';
import { byCategory, byNumber } from '../src/map/coloring.ts';
import { MOST_VECTORS, pointDrawing } from '../src/map/export.ts';
import { HIDDEN, SELECTED } from '../src/map/renderer.ts';
import type { MapMarks } from '../src/map/stage.svelte.ts';
import { density, drawOrder, inside, nearest, normalized, project, thinned } from '../src/map/geometry.ts';

const viewport = { width: 800, height: 600 };

function cloud(count: number, seed: number): Float32Array {
  const next = random(seed);
  return Float32Array.from({ length: count * 3 }, () => next() * 2 - 1);
}

/** The textbook test, edge by edge. */
function within(x: number, y: number, polygon: number[]): boolean {
  let odd = false;
  for (let i = 0, j = polygon.length - 2; i < polygon.length; j = i, i += 2) {
    const [xi, yi, xj, yj] = [polygon[i]!, polygon[i + 1]!, polygon[j]!, polygon[j + 1]!];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
}

describe('selecting', () => {
  test('a lasso finds what the textbook finds, for ragged and crossing polygons, and no hidden point', () => {
    const screen = project(cloud(3000, 1), matrix(FLAT, viewport), viewport);
    for (let seed = 1; seed <= 20; seed++) {
      const next = random(seed);
      const polygon = Array.from({ length: 2 * (3 + seed) }, (_, i) => next() * (i % 2 === 0 ? 800 : 600));
      const hidden = Uint8Array.from({ length: 3000 }, (_, i) => (i % 5 === 0 ? 1 : 0));
      const expected = Array.from({ length: 3000 }, (_, i) => i)
        .filter((i) => hidden[i] === 0 && within(screen[2 * i]!, screen[2 * i + 1]!, polygon));
      expect([...inside(screen, hidden, polygon)]).toEqual(expected);
    }
  });

  test('the nearest point within reach', () => {
    const screen = Float32Array.of(10, 10, 20, 20, Number.NaN, Number.NaN);
    expect(nearest(screen, new Uint8Array(3), 12, 11, 5)).toBe(0);
    expect(nearest(screen, Uint8Array.of(1, 0, 0), 12, 11, 5)).toBe(-1);
    expect(nearest(screen, new Uint8Array(3), 100, 100, 5)).toBe(-1);
  });

  test('one point per cell for pictures, all counted', () => {
    const screen = Float32Array.of(5, 5, 6, 6, 50, 50, 900, 5);
    expect(thinned(screen, new Uint8Array(4), viewport, 20, 10)).toEqual({ indices: Uint32Array.of(0, 2), visible: 3 });
  });

  test('density is highest where points crowd', () => {
    const screen = Float32Array.from({ length: 200 }, (_, i) => (i < 190 ? 41 : 401));
    const { columns, levels, crowding } = density(screen, new Uint8Array(100), { width: 800, height: 800 }, 10);
    expect(levels[4 * columns + 4]).toBe(255);
    expect(levels[40 * columns + 40]).toBeGreaterThan(0);
    expect(levels[40 * columns + 40]).toBeLessThan(200);
    expect(crowding).toBe(50);
  });
});

describe('the camera', () => {
  test('zooms to the cursor in two dimensions', () => {
    const points = Float32Array.of(0.3, -0.2, 0);
    const before = project(points, matrix(FLAT, viewport), viewport);
    const at = { x: before[0]!, y: before[1]! };
    const after = project(points, matrix(zoom(FLAT, 4, at, viewport), viewport), viewport);
    expect(after[0]).toBeCloseTo(at.x, 2);
    expect(after[1]).toBeCloseTo(at.y, 2);
  });

  test('pans by as many pixels as the hand moves', () => {
    for (const camera of [FLAT, SPATIAL]) {
      const target = Float32Array.from(camera.target);
      const before = project(target, matrix(camera, viewport), viewport);
      const after = project(target, matrix(pan(camera, 30, -20, viewport), viewport), viewport);
      expect(after[0]! - before[0]!).toBeCloseTo(30, 1);
      expect(after[1]! - before[1]!).toBeCloseTo(-20, 1);
    }
  });

  test('orbits around its target and not over the pole', () => {
    const turned = orbit(orbit(SPATIAL, 200, 0), 0, 1e6);
    const centre = project(Float32Array.from(turned.target), matrix(turned, viewport), viewport);
    expect(centre[0]).toBeCloseTo(400, 3);
    expect(centre[1]).toBeCloseTo(300, 3);
    expect(turned.elevation).toBeLessThan(Math.PI / 2);
  });

  test('shows all of the map at home', () => {
    for (const dimensions of [2, 3] as const) {
      const corners = Float32Array.of(-1, -1, 0, 1, 1, 0, -1, 1, 0, 1, -1, 0);
      const screen = project(corners, matrix(home(dimensions), viewport), viewport);
      for (let i = 0; i < 4; i++) {
        expect(screen[2 * i]).toBeGreaterThan(0);
        expect(screen[2 * i]).toBeLessThan(800);
        expect(screen[2 * i + 1]).toBeGreaterThan(0);
        expect(screen[2 * i + 1]).toBeLessThan(600);
      }
    }
  });

  test('sees nothing that lies behind the eye', () => {
    const behind = Float32Array.from([0, 1, 2].map((i) => [Math.sin(0.6) * Math.cos(0.4), Math.sin(0.4), Math.cos(0.6) * Math.cos(0.4)][i]! * 10));
    expect(project(behind, matrix(SPATIAL, viewport), viewport)[0]).toBeNaN();
  });

  test('flies from one place to another', () => {
    const there = { ...FLAT, distance: 0.1 };
    expect(between(FLAT, there, 0)).toEqual(FLAT);
    expect(between(FLAT, there, 1).distance).toBeCloseTo(0.1);
  });
});

test('points fill the cube with one scale for all axes', () => {
  expect([...normalized(Float32Array.of(0, 0, 10, 5), 2)]).toEqual([-1, -0.5, 0, 1, 0.5, 0]);
  expect([...normalized(Float32Array.of(3, 3, 3), 3)]).toEqual([0, 0, 0]);
  const far = cloud(2000, 3).map((value, i) => (i < 3 ? 500 : value));
  expect(Math.max(...normalized(far, 3).subarray(3).map(Math.abs))).toBeGreaterThan(0.9);
  expect(normalized(far, 3)[0]).toBeGreaterThan(100);
});

describe('colouring', () => {
  test('gives every category its own colour or shape and counts it', () => {
    const { legend, category } = byCategory(Array.from({ length: 200 }, (_, i) => `c${i % 20}`), true);
    expect(legend).toHaveLength(20);
    expect(new Set(legend.map(({ color, shape }) => color + shape)).size).toBe(20);
    expect(legend.every((entry) => entry.count === 10)).toBe(true);
    expect(category[25]).toBe(category[5]);
  });

  test('gathers what is beyond the legend', () => {
    const { legend } = byCategory(Array.from({ length: 100 }, (_, i) => `c${i}`), false);
    expect(legend.at(-1)).toMatchObject({ value: 'others', count: 76 });
  });

  test('does not give all colours to outliers', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => (i === 7 ? 1e6 : i / 1000));
    expect(byNumber(values, '', true).scale!.high).toBeLessThan(1.1);
    const around = byNumber(Float32Array.of(-0.2, 0.1, 0.5), 'cosine', true, 'diverging').scale!;
    expect([around.low, around.high]).toEqual([-0.5, 0.5]);
  });
});

test('every point is drawn once, and every stretch of the drawing takes from all of them', () => {
  for (const count of [0, 1, 2, 3, 10, 999, 4000]) {
    expect([...drawOrder(count)].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
  }
  const thirds = [0, 0, 0];
  drawOrder(3000).subarray(1500, 1800).forEach((point) => thirds[Math.floor(point / 1000)]!++);
  expect(Math.min(...thirds)).toBeGreaterThan(90);
});

test('a camera comes back from its numbers, and the whole map needs none', () => {
  const moved = orbit(pan(SPATIAL, 30, -20, viewport), 12, 40);
  expect(cameraFrom(3, cameraNumbers(moved))).toEqual(moved);
  expect(cameraNumbers(FLAT)).toBeNull();
  expect(cameraFrom(2, null)).toBe(FLAT);
  expect(cameraFrom(2, [0, 0, 0, 1e9, 0, 0]).distance).toBeLessThan(100);
});

describe('the map as a drawing', () => {
  const marks = (more: Partial<MapMarks>): MapMarks => ({
    screen: Float32Array.of(10, 10, 20, 20, 30, 30), depth: null, colors: Uint8Array.of(255, 0, 0, 0, 0, 255, 0, 1, 0, 0, 255, 0),
    states: new Uint8Array(3), size: 4, viewport, look: { size: 4, opacity: 0.9, dimmed: false, dark: true }, ...more,
  });
  const places = (text: string) => [...text.matchAll(/translate\((\d+) /g)].map(([, x]) => Number(x));

  test('has a shape for every point in view, in its colour', () => {
    const text = pointDrawing(marks({ screen: Float32Array.of(10, 10, 20, 20, 9000, 30) }))!;
    expect(places(text)).toEqual([10, 20]);
    expect(text).toContain('<path id="point-0"');
    expect(text).toMatch(/href="#point-1"[^>]*fill="#00ff00" fill-opacity="0.9"/);
  });

  test('leaves out what is hidden, and puts what is selected on top of what steps back', () => {
    const look = { size: 4, opacity: 0.9, dimmed: true, dark: true };
    const text = pointDrawing(marks({ states: Uint8Array.of(SELECTED, HIDDEN, 0), look }))!;
    expect(places(text)).toEqual([30, 10]);
    expect(text).toMatch(/translate\(10 10\) scale\(3\)" fill="#ff0000" stroke="#ffffff"/);
    expect(text).not.toContain('#0000ff');
  });

  test('draws what is near after and larger than what is far', () => {
    const text = pointDrawing(marks({ depth: Float32Array.of(1.55, 6.2, 3.1) }))!;
    expect(places(text)).toEqual([20, 30, 10]);
    expect([...text.matchAll(/scale\(([\d.]+)\)/g)].map(([, scale]) => Number(scale))).toEqual([1, 2, 4]);
  });

  test('is left to a picture where there are too many points', () => {
    const count = MOST_VECTORS + 1;
    const many = { screen: new Float32Array(2 * count), colors: new Uint8Array(4 * count), states: new Uint8Array(count) };
    expect(pointDrawing(marks(many))).toBeNull();
  });
});
