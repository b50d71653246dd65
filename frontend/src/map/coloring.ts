import { categoryStyle, missingColor, rgb, SHAPES, type Shape } from '../color/categories.ts';
import { table, step, type ColorMap } from '../color/maps.ts';
import type { ColumnCell } from '../api/types.ts';
import { countValues, label } from '../state/filter.ts';
import { extent, quantile } from '../viewer/paint.ts';
import type { Scale } from '../viewer/paint.ts';
import type { Cloud } from './model.svelte.ts';

export interface LegendEntry {
  value: string;
  count: number;
  color: string;
  shape: Shape;
}

/** The colour of every point, with what a legend says about it. */
export interface Coloring {
  /** `byte[N][4]`: red, green, blue, shape. */
  colors: Uint8Array;
  /** `[N]`, the index of the point's legend entry; empty for numbers. */
  category: Uint16Array;
  legend: LegendEntry[];
  /** Of numbers. */
  scale: Scale | null;
}

/** As many categories as have a colour and shape of their own; the rest share the last entry. */
const MOST_CATEGORIES = 24;
export const OTHERS = 'others';

/** Values of images for every point of a cloud. */
export function perPoint<T>(cloud: Cloud, values: ArrayLike<T>): T[] {
  return Array.from(cloud.image, (image) => values[image]!);
}

export function byCategory(values: readonly (ColumnCell | undefined)[], dark: boolean): Coloring {
  const counts = countValues(values as ColumnCell[]);
  const legend: LegendEntry[] = counts.slice(0, MOST_CATEGORIES).map(({ value, count }, i) => ({
    value, count, ...(value === '(none)' ? { color: missingColor(dark), shape: SHAPES[0] } : categoryStyle(i, dark)),
  }));
  const rest = counts.slice(MOST_CATEGORIES).reduce((sum, one) => sum + one.count, 0);
  if (rest > 0) {
    legend.push({ value: OTHERS, count: rest, color: missingColor(dark), shape: SHAPES[0] });
  }
  const index = new Map(legend.map((entry, i) => [entry.value, i]));
  const parts = legend.map((entry) => [...rgb(entry.color), SHAPES.indexOf(entry.shape)]);
  const colors = new Uint8Array(values.length * 4);
  const category = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const at = index.get(label(values[i])) ?? legend.length - 1;
    category[i] = at;
    colors.set(parts[at]!, 4 * i);
  }
  return { colors, category, legend, scale: null };
}

/** Colours up to the 99th hundredth, so that outliers do not take all of them; those that diverge are the same on both sides of 0. */
export function byNumber(values: Float32Array, unit: string, dark: boolean, map: ColorMap = 'viridis'): Coloring {
  const [least, most] = extent([values]);
  const top = values.length > 100 ? quantile(values, 0.99) : most;
  const high = top > least ? top : most;
  const end = Math.max(Math.abs(high), 0.01);
  const used: Scale = map === 'diverging' ? { map, low: -end, high: end, unit } : { map, low: least, high, unit };
  const lookup = table(used.map);
  const missing = rgb(missingColor(dark));
  const colors = new Uint8Array(values.length * 4);
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) {
      colors.set(missing, 4 * i);
      continue;
    }
    const at = 3 * step(values[i]!, used.low, used.high);
    colors[4 * i] = lookup[at]!;
    colors[4 * i + 1] = lookup[at + 1]!;
    colors[4 * i + 2] = lookup[at + 2]!;
  }
  return { colors, category: new Uint16Array(0), legend: [], scale: used };
}
