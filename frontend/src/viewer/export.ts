import { csvBlob, download, fileName } from '../export/download.ts';
import { saveView, type Format } from '../export/picture.ts';
import type { Session } from '../state/session.svelte.ts';
import { KINDS } from './overlay-kinds.ts';
import type { Overlays } from './overlays.svelte.ts';

/** The panes as they are on screen, with what the overlay means and its colours below. */
export async function exportViewer(session: Session, view: Element, format: Format): Promise<void> {
  const { overlay, window, layer, images } = session.spec;
  const names = images.map((image) => session.images[image]?.id ?? String(image)).join(', ');
  const shown = `window ${Math.round(window.centre)}/${Math.round(window.width)}${session.pixelScale.unit === 'HU' ? ' HU' : ''}`;
  await saveView(session, view, { format, title: `${names} · ${shown}`, name: `${overlay.kind}-layer-${layer}` });
}

/** The overlay's number of every patch of the panes, as they are painted. */
export function overlayRows(session: Session, overlays: Overlays): void {
  const { overlay, images, layer } = session.spec;
  const colors = overlay.kind === 'components';
  const rows: (string | number)[][] = [['image', 'id', 'row', 'column', ...(colors ? ['red', 'green', 'blue'] : [KINDS[overlay.kind].title])]];
  for (const image of new Set(images)) {
    const numbers = colors ? overlays.colors(image) : overlays.numbers(image);
    for (let patch = 0; numbers !== undefined && patch < session.patches; patch++) {
      const [, row, column] = session.triple(image * session.patches + patch);
      const shown = colors ? [...numbers.subarray(3 * patch, 3 * patch + 3)] : [numbers[patch]!];
      rows.push([image, session.images[image]?.id ?? '', row, column, ...shown]);
    }
  }
  if (rows.length === 1) {
    session.notice = 'The overlay has no numbers yet; click a patch or choose a result first.';
    return;
  }
  download(fileName(session, `${overlay.kind}-layer-${layer}`, 'csv'), csvBlob(rows));
}
