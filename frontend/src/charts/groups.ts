import type { ColumnCell } from '../api/types.ts';
import { countValues, label } from '../state/filter.ts';
import { number } from '../color/format.ts';
import { extent, quantile } from '../viewer/paint.ts';
import type { BarsFigure, LinesFigure } from '../figures/types.ts';

/** What share of the selected patches, and of the others, belongs to each value of a column. */
export function groupShares(
  column: string, cells: readonly ColumnCell[], perImage: Uint32Array, patches: number, passes: Uint8Array, most = 14,
): BarsFigure {
  const selected = new Map<string, number>();
  const rest = new Map<string, number>();
  let [allSelected, allRest] = [0, 0];
  cells.forEach((cell, image) => {
    const inside = perImage[image] ?? 0;
    const outside = passes[image] === 1 ? patches - inside : 0;
    selected.set(label(cell), (selected.get(label(cell)) ?? 0) + inside);
    rest.set(label(cell), (rest.get(label(cell)) ?? 0) + outside);
    allSelected += inside;
    allRest += outside;
  });
  const names = countValues(cells).map(({ value }) => value)
    .sort((a, b) => (selected.get(b) ?? 0) / (allSelected || 1) - (selected.get(a) ?? 0) / (allSelected || 1)
      || (rest.get(b) ?? 0) - (rest.get(a) ?? 0))
    .slice(0, most);
  const share = (counts: Map<string, number>, all: number) => names.map((name) => (all === 0 ? 0 : (100 * (counts.get(name) ?? 0)) / all));
  return {
    kind: 'bars', title: `By ${column}`,
    caption: `Share of the ${allSelected.toLocaleString('en-US')} selected patches and of the ${allRest.toLocaleString('en-US')} others; patches of one image are not independent of each other.`,
    xLabel: column, yLabel: '% of patches', names, series: ['selected', 'rest'],
    values: [share(selected, allSelected), share(rest, allRest)],
  };
}

/** Two distributions over common bins, each as a share of its own. */
export function distribution(
  title: string, xLabel: string, selected: readonly number[], rest: readonly number[], bins = 32,
): LinesFigure {
  const all = Float32Array.from([...selected, ...rest]);
  const [low] = extent([all]);
  const high = quantile(all, 0.99);
  const width = high > low ? (high - low) / bins : 1;
  const shares = (values: readonly number[]) => {
    const counts = new Array<number>(bins).fill(0);
    for (const value of values) {
      counts[Math.min(bins - 1, Math.max(0, Math.floor((value - low) / width)))]!++;
    }
    return counts.map((count) => (100 * count) / Math.max(1, values.length));
  };
  return {
    kind: 'lines', title, xLabel, yLabel: '% of patches', logarithmic: false, series: ['selected', 'rest'],
    caption: `${bins} bins of equal width; each curve adds up to 100 %. The last bin holds everything above ${number(high)}, the highest hundredth.`,
    x: [Array.from({ length: bins }, (_, i) => low + (i + 0.5) * width)],
    values: [shares(selected), shares(rest)],
  };
}

/** The mean over members and the mean over the others. */
export function twoMeans(values: Float32Array, member: (index: number) => boolean): [inside: number, outside: number] {
  const sums = [0, 0];
  const counts = [0, 0];
  values.forEach((value, index) => {
    const side = member(index) ? 0 : 1;
    if (!Number.isNaN(value)) {
      sums[side]! += value;
      counts[side]!++;
    }
  });
  return [sums[0]! / counts[0]!, sums[1]! / counts[1]!];
}
