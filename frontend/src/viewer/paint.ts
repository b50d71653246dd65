import { step, table, type ColorMap } from '../color/maps.ts';

export interface Scale {
  map: ColorMap;
  low: number;
  high: number;
  unit: string;
  /** Whether numbers above `high` are shown in its colour. */
  open?: boolean;
}

/** How much of the image the ordinary covers; the extraordinary covers all that the opacity allows. */
const FAINTEST = 0.08;
const STEEPNESS = 1.3;

/** What is far from the ordinary covers more of the image than what is not. */
function cover(map: ColorMap, shade: number): number {
  const strength = map === 'diverging' ? Math.abs(shade / 127.5 - 1) : shade / 255;
  return Math.round(255 * (FAINTEST + (1 - FAINTEST) * strength ** STEEPNESS));
}

/** Numbers per patch to colours, `float[H][W]` to RGBA; NaN stays transparent. */
export function paintNumbers(values: Float32Array, scale: Scale, opaque = false): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(values.length * 4);
  const colors = table(scale.map);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) {
      continue;
    }
    const shade = step(value, scale.low, scale.high);
    const at = 3 * shade;
    pixels[4 * i] = colors[at]!;
    pixels[4 * i + 1] = colors[at + 1]!;
    pixels[4 * i + 2] = colors[at + 2]!;
    pixels[4 * i + 3] = opaque ? 255 : cover(scale.map, shade);
  }
  return pixels;
}

/** Red, green and blue per patch, `byte[H][W][3]`, to RGBA. */
export function paintColors(values: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray((values.length / 3) * 4);
  for (let i = 0; i < values.length / 3; i++) {
    pixels.set(values.subarray(3 * i, 3 * i + 3), 4 * i);
    pixels[4 * i + 3] = 255;
  }
  return pixels;
}

/** Categories per patch to RGBA; what has no colour stays transparent. */
export function paintCategories(
  values: Float32Array, color: (category: number) => readonly [number, number, number] | null,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(values.length * 4);
  for (let i = 0; i < values.length; i++) {
    const found = Number.isNaN(values[i]) ? null : color(values[i]!);
    if (found !== null) {
      pixels.set([...found, 255], 4 * i);
    }
  }
  return pixels;
}

/** The strongest patches that together hold a share of the sum; the others become NaN. */
export function keepMass(values: Float32Array, percent: number): Float32Array {
  if (percent >= 100) {
    return values;
  }
  const order = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]! || a - b);
  const total = values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0);
  const kept = new Float32Array(values.length).fill(Number.NaN);
  let sum = 0;
  for (const patch of order) {
    if (sum >= (total * percent) / 100) {
      break;
    }
    kept[patch] = values[patch]!;
    sum += values[patch]!;
  }
  return kept;
}

/** The smallest and the largest number, NaN aside; 0 and 1 where there is none. */
export function extent(arrays: Iterable<Float32Array>): [low: number, high: number] {
  let low = Infinity;
  let high = -Infinity;
  for (const values of arrays) {
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low < high ? [low, high] : Number.isFinite(low) ? [low, low + 1] : [0, 1];
}

/** The number that a share of all numbers does not exceed. */
export function quantile(values: Float32Array, share: number): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  return sorted.length === 0 ? Number.NaN : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
