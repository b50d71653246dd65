import type { Match } from '../api/types.ts';
import type { Session } from '../state/session.svelte.ts';
import { PixelCache } from './pixels.ts';
import { type Transform, type Zoom } from './transform.ts';

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

  get zoom(): Zoom {
    return this.session.spec.zoom;
  }

  set zoom(zoom: Zoom) {
    this.session.spec.zoom = zoom;
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

  /** Runs in an effect: the lines that the view asks for, at its layer. */
  join(): void {
    const { client, spec, images } = this.session;
    const { layer, overlay: { reduce } } = spec;
    const [image, other] = spec.lines ?? [-1, -1];
    if (images[image] === undefined || images[other] === undefined || image === other) {
      this.lines = null;
      return;
    }
    client.matches(spec.study, { layer, image, other, reduce }).then(
      (matches) => {
        if (spec.lines?.[0] === image && spec.lines[1] === other && spec.layer === layer) {
          this.lines = { image, other, layer, matches };
        }
      },
      (error: Error) => (this.session.notice = error.message),
    );
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
