import type { ColumnCell } from '../api/types.ts';
import type { Filter } from './spec.ts';

/** How a missing value is shown and filtered for. */
export const MISSING = '(none)';

export function label(cell: ColumnCell | undefined): string {
  return cell === null || cell === undefined || cell === '' ? MISSING : String(cell);
}

/** One byte per image: 1 where every filter holds. A column that is not loaded yet holds nothing back. */
export function passing(
  images: number, filters: readonly Filter[], columns: ReadonlyMap<string, readonly ColumnCell[]>,
): Uint8Array {
  const passes = new Uint8Array(images).fill(1);
  for (const filter of filters) {
    const cells = columns.get(filter.column);
    if (cells === undefined) {
      continue;
    }
    const wanted = filter.kind === 'values' ? new Set(filter.values) : null;
    for (let image = 0; image < images; image++) {
      const cell = cells[image];
      const holds = wanted !== null
        ? wanted.has(label(cell))
        : filter.kind === 'range' && typeof cell === 'number' && cell >= filter.low && cell <= filter.high;
      if (!holds) {
        passes[image] = 0;
      }
    }
  }
  return passes;
}

/** The filters with a value of a column switched on or off; the last value off removes the filter. */
export function toggled(filters: readonly Filter[], column: string, value: string): Filter[] {
  const others = filters.filter((filter) => filter.column !== column);
  const current = filters.find((filter) => filter.column === column);
  const values = current?.kind === 'values' ? current.values : [];
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
  return next.length === 0 ? others : [...others, { column, kind: 'values', values: next }];
}

export interface ValueCount {
  value: string;
  count: number;
}

/** The values of a column with their counts among the images that pass, most frequent first. */
export function countValues(cells: readonly ColumnCell[], passes?: Uint8Array): ValueCount[] {
  const counts = new Map<string, number>();
  for (let image = 0; image < cells.length; image++) {
    if (passes === undefined || passes[image] === 1) {
      const value = label(cells[image]);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count
    || (a.value < b.value ? -1 : 1));
}
