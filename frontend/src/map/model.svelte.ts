import { toFloats } from '../api/binary.ts';
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
  dimensions: 2 | 3;
  /** `[N]`, the image of each point. */
  image: Uint32Array;
  /** `[N]`, the patch in its image; without it a point is a whole image. */
  patch: Uint32Array | null;
  /** Further numbers per point that the result holds, such as `cluster` or `norm`. */
  extras: ReadonlyMap<string, Float32Array>;
}

const OWN_ARRAYS = new Set(['points', 'image', 'patch']);

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
  readonly choices = $derived.by(() => this.session.results.filter((result) => result.analysis === 'project'
    || result.analysis === 'projection'));

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
      const names = (saved.arrays ?? []).map((array) => (typeof array === 'string' ? array : array.name));
      const [points, image, patch] = await Promise.all([
        client.array(spec.study, id, 'points'),
        client.array(spec.study, id, 'image'),
        client.array(spec.study, id, 'patch').catch(() => null),
      ]);
      const count = image.data.length;
      const extras = await this.extras(id, names.filter((name) => !OWN_ARRAYS.has(name)), count);
      if (this.chosen !== id) {
        return;
      }
      const dimensions = points.shape[1] === 3 ? 3 : 2;
      this.cloud = {
        source: id, dimensions, points: normalized(toFloats(points), dimensions), image: Uint32Array.from(image.data),
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
    if (partial.image === undefined || partial.image.length !== count) {
      return;
    }
    this.cloud = {
      source: `job ${partial.job}`, dimensions, points: normalized(points, dimensions), image: partial.image,
      patch: partial.patch ?? null, extras: new Map(),
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

  private async extras(id: string, names: string[], count: number): Promise<Map<string, Float32Array>> {
    const { client, spec } = this.session;
    const found = new Map<string, Float32Array>();
    for (const name of names.slice(0, 12)) {
      const array = await client.array(spec.study, id, name).catch(() => null);
      if (array !== null && array.data.length === count) {
        found.set(name, toFloats(array));
      }
    }
    return found;
  }
}
