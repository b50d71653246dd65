import type { Client } from '../api/client.ts';

const MOST_PICTURES = 96;

/** Pictures that were loaded, the last used ones kept. */
export class PixelCache {
  private readonly client: Client;
  private readonly pictures = new Map<string, Promise<ImageData>>();

  constructor(client: Client) {
    this.client = client;
  }

  load(study: string, image: number): Promise<ImageData> {
    const key = `${study} ${image}`;
    const known = this.pictures.get(key);
    this.pictures.delete(key);
    const picture = known ?? decode(this.client.viewUrl(study, image));
    picture.catch(() => this.pictures.delete(key));
    this.pictures.set(key, picture);
    if (this.pictures.size > MOST_PICTURES) {
      this.pictures.delete(this.pictures.keys().next().value!);
    }
    return picture;
  }
}

async function decode(url: string): Promise<ImageData> {
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) {
    throw new Error(`The picture is not available (the server answered ${response.status}).`);
  }
  const bitmap = await createImageBitmap(await response.blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** A picture through a table of greys, the same for red, green and blue. */
export function windowed(picture: ImageData, table: Uint8ClampedArray): ImageData {
  const result = new ImageData(picture.width, picture.height);
  const from = picture.data;
  const to = result.data;
  for (let i = 0; i < from.length; i += 4) {
    to[i] = table[from[i]!]!;
    to[i + 1] = table[from[i + 1]!]!;
    to[i + 2] = table[from[i + 2]!]!;
    to[i + 3] = 255;
  }
  return result;
}
