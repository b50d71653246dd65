import type { Session } from '../state/session.svelte.ts';
import { download, fileName, origin } from './download.ts';
import { drawing } from './drawing.ts';
import { sheet } from './svg.ts';

export type Format = 'PNG' | 'SVG';

interface Wanted {
  format: Format;
  /** What is shown, for the caption. */
  title: string;
  /** For the name of the file. */
  name: string;
}

/** A view of the page as a file, with its caption below; the PNG is the SVG at twice the resolution of the screen or more. */
export async function saveView(session: Session, view: Element, { format, title, name }: Wanted): Promise<void> {
  const { width, height } = view.getBoundingClientRect();
  const style = getComputedStyle(document.documentElement);
  const file = sheet({
    width, height, title, caption: origin(session, title), body: drawing(view),
    ground: style.getPropertyValue('--panel').trim(), ink: style.getPropertyValue('--soft').trim(),
  });
  const vector = new Blob([file.text], { type: 'image/svg+xml' });
  const content = format === 'SVG' ? vector : await rasterized(vector, width, file.height);
  download(fileName(session, name, format.toLowerCase()), content);
}

async function rasterized(vector: Blob, width: number, height: number): Promise<Blob> {
  const ratio = Math.max(2, devicePixelRatio);
  const picture = new Image();
  picture.src = URL.createObjectURL(vector);
  try {
    await picture.decode();
    const canvas = new OffscreenCanvas(Math.round(width * ratio), Math.round(height * ratio));
    const context = canvas.getContext('2d')!;
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    URL.revokeObjectURL(picture.src);
  }
}
