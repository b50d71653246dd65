import type { ColumnCell } from '../api/types.ts';

/** A value to sort by; what is missing comes last in either direction. */
export type SortValue = ColumnCell | undefined;

export function ordered(items: readonly number[], value: (item: number) => SortValue, descending: boolean): number[] {
  const sign = descending ? -1 : 1;
  const keyed = items.map((item) => ({ item, key: value(item) }));
  const none = (key: SortValue) => key === null || key === undefined || key === '' || Number.isNaN(key);
  return keyed
    .sort((a, b) => {
      if (none(a.key) || none(b.key)) {
        return Number(none(a.key)) - Number(none(b.key)) || a.item - b.item;
      }
      return sign * compare(a.key!, b.key!) || a.item - b.item;
    })
    .map(({ item }) => item);
}

/** Whether a value lies between two ends, either of which may be missing; what is no number passes only where none is set. */
export function within(value: SortValue, least: number | null, most: number | null): boolean {
  return (least === null && most === null)
    || (typeof value === 'number' && value >= (least ?? -Infinity) && value <= (most ?? Infinity));
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') {
    return a - b;
  }
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

/** The rows of a grid that are in view, with one more above and below. */
export function visibleRows(
  scrollTop: number, height: number, rowHeight: number, rows: number,
): { first: number; last: number } {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - 1);
  return { first, last: Math.min(rows, Math.ceil((scrollTop + height) / rowHeight) + 1) };
}
