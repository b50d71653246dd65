import { count, percent } from '../color/format.ts';
import type { ColumnCell } from '../api/types.ts';
import type { Bitmask } from './bitmask.ts';
import { countValues, label, MISSING } from './filter.ts';

/** The selection in one line: "1,284 patches · 61 images · 23 patients · covid 71 %". */
export function summarize(
  selection: Bitmask, patches: number, columns: ReadonlyMap<string, readonly ColumnCell[]>,
): string {
  if (selection.count === 0) {
    return '';
  }
  const perImage = selection.perImage(patches);
  const images = perImage.reduce((sum, selected) => sum + (selected > 0 ? 1 : 0), 0);
  const parts = [plural(selection.count, 'patch', 'patches'), plural(images, 'image', 'images')];
  const patients = columns.get('patient');
  if (patients !== undefined) {
    const found = new Set<string>();
    perImage.forEach((selected, image) => {
      if (selected > 0 && label(patients[image]) !== MISSING) {
        found.add(label(patients[image]));
      }
    });
    if (found.size > 0) {
      parts.push(plural(found.size, 'patient', 'patients'));
    }
  }
  const labels = columns.get('label');
  if (labels !== undefined) {
    const top = countValues(labels)
      .map(({ value }) => ({ value, share: shareOf(labels, value, perImage) / selection.count }))
      .sort((a, b) => b.share - a.share)[0];
    if (top !== undefined) {
      parts.push(`${top.value} ${percent(top.share)}`);
    }
  }
  return parts.join(' · ');
}

function shareOf(cells: readonly ColumnCell[], value: string, perImage: Uint32Array): number {
  return perImage.reduce((sum, selected, image) => sum + (label(cells[image]) === value ? selected : 0), 0);
}

function plural(n: number, one: string, many: string): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}
