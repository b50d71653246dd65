import type { Session } from '../state/session.svelte.ts';

/** The selected patches with image, place and every column of the metadata; the header first. */
export async function selectionRows(session: Session): Promise<(string | number | null)[][]> {
  const names = (session.study?.columns ?? []).map((column) => column.name);
  await Promise.all(names.map((name) => session.column(name)));
  const rows: (string | number | null)[][] = [['image', 'id', 'row', 'column', ...names]];
  for (const index of session.selection.indices()) {
    const [image, row, column] = session.triple(index);
    rows.push([
      image, session.images[image]?.id ?? '', row, column,
      ...names.map((name) => session.columns.get(name)?.[image] ?? null),
    ]);
  }
  return rows;
}
