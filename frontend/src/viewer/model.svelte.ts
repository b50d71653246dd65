import type { Match } from '../api/types.ts';
import type { Session } from '../state/session.svelte.ts';
import { PixelCache } from './pixels.ts';
import { WHOLE, type Transform, type Zoom } from './transform.ts';

export interface MatchLines {
  image: number;
  other: number;
  layer: string;
  matches: Match[];
}

/** What the panes share: zoom, pictures, lines of matches, and where each pane's image lies on screen. */
export class ViewerModel {
  readonly session: Session;
  readonly pixels: PixelCache;
  zoom: Zoom = $state.raw(WHOLE);
  lines: MatchLines | null = $state.raw(null);
  /** By pane: the place of the image in the viewer. */
  places: Record<number, Transform> = $state({});
  /** The pane of the focus, the slice bar and the keys. */
  active = $state(0);
  /** Whether `w` is held, which makes a drag change the window. */
  windowing = $state(false);

  constructor(session: Session) {
    this.session = session;
    this.pixels = new PixelCache(session.client);
  }

  /** One to four panes; new ones show the images that follow. */
  setPanes(count: number): void {
    const { spec, images } = this.session;
    const next = [...spec.images];
    while (next.length < count) {
      next.push(Math.min(images.length - 1, (next.at(-1) ?? -1) + 1));
    }
    spec.images = next.slice(0, count);
    this.active = Math.min(this.active, count - 1);
  }

  /** Lines between the mutual nearest patches of two images. */
  async match(image: number, other: number): Promise<void> {
    const { client, spec } = this.session;
    const layer = spec.layer;
    try {
      const matches = await client.matches(spec.study, { layer, image, other, reduce: spec.overlay.reduce });
      this.lines = { image, other, layer, matches };
    } catch (error) {
      this.session.notice = (error as Error).message;
    }
  }

  /** The image of the same volume that lies some slices away, or null. */
  sliceFrom(image: number, by: number): number | null {
    const slices = this.volume(image);
    const at = slices.indexOf(image);
    return at < 0 ? null : (slices[Math.min(slices.length - 1, Math.max(0, at + by))] ?? null);
  }

  /** The images of a volume in the order of their slices; empty for an image of its own. */
  volume(image: number): number[] {
    const { images } = this.session;
    const volume = images[image]?.volume;
    if (volume === undefined || volume === null) {
      return [];
    }
    return images
      .filter((row) => row.volume === volume)
      .sort((a, b) => (a.slice ?? 0) - (b.slice ?? 0))
      .map((row) => row.index);
  }
}
