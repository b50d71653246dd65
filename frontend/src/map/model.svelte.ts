import { toFloats } from '../api/binary.ts';
import type { ResultRow, SavedResult } from '../api/types.ts';
import type { Session } from '../state/session.svelte.ts';
import type { Jobs, PartialLayout } from '../runs/jobs.svelte.ts';
import { Bitmask } from '../state/bitmask.ts';
import { normalized } from './geometry.ts';

/** Points of a map and the patches that they stand for. */
export interface Cloud {
  /** The saved result or the running job that it comes from. */
  source: string;
  /** `float[N][3]` in the cube from -1 to 1. */
  points: Float32Array;
  /** `float[N][2|3]` as the analysis found them. */
  positions: Float32Array;
  dimensions: 2 | 3;
  /** `[N]`, the image of each point. */
  image: Uint32Array;
  /** `[N]`, the patch in its image; without it a point is a whole image. */
  patch: Uint32Array | null;
  /** Further numbers per point that the result holds, such as `cluster` or `norm`. */
  extras: ReadonlyMap<string, Float32Array>;
}

/** What a map is made of, and the colours that its figure has, which the page makes itself. */
const OWN_ARRAYS = /^(positions|images|patches|colors-.*|figures-.*)$/;

const MOST_EXTRAS = 12;

/** The map that is shown: loaded from a saved result, or followed while its job runs. */
export class MapModel {
  readonly session: Session;
  readonly jobs: Jobs;
  cloud: Cloud | null = $state.raw(null);
  loading = $state(false);
  failure = $state('');

  constructor(session: Session, jobs: Jobs) {
    this.session = session;
    this.jobs = jobs;
  }

  /** The saved results that are maps. */
  readonly choices = $derived.by(() => this.session.results.filter((result) =>
    result.arrays?.some((array) => array.name === 'positions')));

  /** The result of the view, or the last map that was saved. */
  readonly chosen = $derived.by(() => {
    const wanted = this.session.spec.map.result;
    return this.choices.find((result) => result.id === wanted)?.id ?? this.choices.at(-1)?.id ?? '';
  });

  async load(id: string): Promise<void> {
    const { client, spec } = this.session;
    if (id === '' || this.cloud?.source === id) {
      return;
    }
    this.loading = true;
    this.failure = '';
    try {
      const saved = await client.result(spec.study, id);
      const [points, image, patch] = await Promise.all([
        client.array(spec.study, id, 'positions'),
        client.array(spec.study, id, 'images'),
        ofImages(saved) ? null : client.array(spec.study, id, 'patches'),
      ]);
      const extras = await this.extras(saved, image.data.length);
      if (this.chosen !== id) {
        return;
      }
      const dimensions = points.shape[1] === 3 ? 3 : 2;
      this.cloud = {
        source: id, dimensions, positions: toFloats(points), points: normalized(toFloats(points), dimensions), image: Uint32Array.from(image.data),
        patch: patch === null ? null : Uint32Array.from(patch.data), extras,
      };
    } catch (error) {
      this.failure = (error as Error).message;
    } finally {
      this.loading = false;
    }
  }

  /** Takes over what a running job has so far. */
  follow(partial: PartialLayout): void {
    const { points, dimensions } = partial;
    const count = points.length / dimensions;
    if (partial.image.length !== count) {
      return;
    }
    const ofImagesOnly = count <= this.session.images.length && partial.patch.every((patch) => patch === 0);
    this.cloud = {
      source: `job ${partial.job}`, dimensions, positions: points, points: normalized(points, dimensions), image: partial.image,
      patch: ofImagesOnly ? null : partial.patch, extras: new Map(),
    };
  }

  /** The patches that points stand for. */
  selection(points: Uint32Array): Bitmask {
    const { cloud, session } = this;
    const indices: number[] = [];
    for (const point of points) {
      const from = (cloud?.image[point] ?? 0) * session.patches;
      if (cloud?.patch != null) {
        indices.push(from + cloud.patch[point]!);
      } else {
        for (let patch = 0; patch < session.patches; patch++) {
          indices.push(from + patch);
        }
      }
    }
    return Bitmask.of(session.selection.size, indices);
  }

  /** Numbers per point that this result holds, and those of other results over the same patches. */
  private async extras(saved: ResultRow, count: number): Promise<Map<string, Float32Array>> {
    const { client, spec } = this.session;
    const names = (saved.arrays ?? [])
      .filter((array) => !OWN_ARRAYS.test(array.name) && array.shape.reduce((a, b) => a * b, 1) === count)
      .map((array) => array.name);
    const arrays = await Promise.all(names.slice(0, MOST_EXTRAS).map((name) => client.array(spec.study, saved.id, name)));
    return new Map(arrays.map((array, i) => [names[i]!, toFloats(array)]));
  }
}

/** Whether the points of a result are whole images. */
export function ofImages(saved: SavedResult): boolean {
  const points = (saved.result as { points?: unknown } | null)?.points;
  return points === 'cls' || points === 'mean';
}
