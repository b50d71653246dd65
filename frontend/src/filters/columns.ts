import type { Column } from '../api/types.ts';

const FIRST = ['label', 'diseased', 'patient', 'site', 'scanner', 'sex', 'age', 'view', 'dataset', 'split'];
const BOOKKEEPING = new Set(['index', 'id', 'source', 'frame', 'sha256', 'shard', 'row', 'file', 'orig_name']);

/** The columns that tell images apart, the usual clinical ones first; without names of files and the like. */
export function useful(columns: readonly Column[], images: number): Column[] {
  const rank = (column: Column) => {
    const at = FIRST.indexOf(column.name);
    return at < 0 ? FIRST.length + (column.type === 'text' || column.distinct > images / 2 ? 1 : 0) : at;
  };
  return columns
    .filter((column) => column.distinct > 1 && !BOOKKEEPING.has(column.name))
    .map((column, at) => ({ column, at }))
    .sort((a, b) => rank(a.column) - rank(b.column) || a.at - b.at)
    .map(({ column }) => column);
}

/** Bins of a histogram with round borders, lowest first. */
export function histogram(
  cells: readonly (string | number | null)[], low: number, high: number, bins: number, passes?: Uint8Array,
): number[] {
  const counts = new Array<number>(bins).fill(0);
  cells.forEach((cell, image) => {
    if (typeof cell === 'number' && (passes === undefined || passes[image] === 1)) {
      const at = Math.floor(((cell - low) / (high - low || 1)) * bins);
      counts[Math.min(bins - 1, Math.max(0, at))]!++;
    }
  });
  return counts;
}
