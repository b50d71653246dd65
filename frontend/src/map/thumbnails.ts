import type { Client } from '../api/client.ts';
import type { PatchTriple } from '../api/types.ts';

export const SIDE = 40;
const MOST_KEPT = 4000;
const MOST_ASKED = 256;

/** Small pictures of patches or images by their index, fetched many at a time as one picture. */
export class Thumbnails {
  private readonly client: Client;
  private readonly kept = new Map<number, ImageBitmap>();
  private readonly asked = new Set<number>();
  private readonly study: string;
  private readonly triple: (index: number) => PatchTriple;

  /** How many patches around each are shown with it. */
  private readonly context: number;

  constructor(client: Client, study: string, triple: (index: number) => PatchTriple, context = 0) {
    this.context = context;
    this.client = client;
    this.study = study;
    this.triple = triple;
  }

  get(index: number): ImageBitmap | undefined {
    return this.kept.get(index);
  }

  /** Fetches what is missing; resolves to whether anything came. */
  async load(indices: Iterable<number>, images: boolean): Promise<boolean> {
    const missing = [...indices].filter((index) => !this.kept.has(index) && !this.asked.has(index)).slice(0, MOST_ASKED);
    if (missing.length === 0) {
      return false;
    }
    missing.forEach((index) => this.asked.add(index));
    try {
      if (images) {
        await Promise.all(missing.map(async (index) => this.keep(index, await this.image(index))));
      } else {
        await this.patches(missing);
      }
      return true;
    } catch {
      return false;
    } finally {
      missing.forEach((index) => this.asked.delete(index));
    }
  }

  private async image(index: number): Promise<ImageBitmap> {
    const response = await fetch(this.client.thumbnailUrl(this.study, index, 96), { credentials: 'same-origin' });
    return createImageBitmap(await response.blob(), { resizeWidth: SIDE, resizeHeight: SIDE });
  }

  private async patches(missing: number[]): Promise<void> {
    const sheet = await createImageBitmap(await this.client.patchAtlas(this.study, missing.map(this.triple), SIDE, this.context));
    const columns = Math.max(1, Math.round(sheet.width / SIDE));
    await Promise.all(missing.map(async (index, i) => {
      const x = (i % columns) * SIDE;
      const y = Math.floor(i / columns) * SIDE;
      this.keep(index, await createImageBitmap(sheet, x, y, SIDE, SIDE));
    }));
    sheet.close();
  }

  private keep(index: number, bitmap: ImageBitmap): void {
    this.kept.set(index, bitmap);
    if (this.kept.size > MOST_KEPT) {
      const [oldest, picture] = this.kept.entries().next().value!;
      picture.close();
      this.kept.delete(oldest);
    }
  }
}
