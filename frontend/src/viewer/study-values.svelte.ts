import { toFloats, type BinaryArray } from '../api/binary.ts';
import type { PatchTriple } from '../api/types.ts';
import { Bitmask } from '../state/bitmask.ts';
import type { Session } from '../state/session.svelte.ts';
import { quantile } from './paint.ts';

/** A patch of more than this many medians is an outlier; where the gap lies is told in `docs/concepts/norms.md`. */
export const HIGH_NORM_FACTOR = 5;

const MOST_IMAGES = 64;

/** Numbers per patch of the whole study, `float[N][H][W]`, loaded at the first use and kept for the last few layers. */
export class StudyValues {
  private readonly session: Session;
  private entries: ReadonlyMap<string, Float32Array> = $state.raw(new Map());
  private readonly pending = new Set<string>();
  private toQuery: { key: string; values: Float32Array } | null = $state.raw(null);
  private asked = '';

  constructor(session: Session) {
    this.session = session;
  }

  /** The norms at the layer of the view, or undefined while they are loaded. */
  get norms(): Float32Array | undefined {
    const { study, spec } = this.session;
    return study === null
      ? undefined
      : this.entry(`${study.id} norms ${spec.layer}`, (images) => this.session.client.norms(study.id, spec.layer, images));
  }

  get attention(): Float32Array | undefined {
    const { study, spec } = this.session;
    return study === null || !study.attention
      ? undefined
      : this.entry(`${study.id} attention ${this.session.block} ${spec.head}`, (images) =>
        this.session.client.attention(study.id, this.session.block, spec.head, images));
  }

  /** Similarity of all patches to the query; the one before stays until the next arrives. */
  get similarity(): Float32Array | undefined {
    const { spec, client } = this.session;
    if (spec.query.length === 0) {
      return undefined;
    }
    const key = `${spec.study} ${spec.layer} ${spec.overlay.reduce} ${spec.query.join(';')}`;
    if (this.toQuery?.key !== key && this.asked !== key) {
      this.asked = key;
      const patches = $state.snapshot(spec.query) as PatchTriple[];
      client.similarity(spec.study, { layer: spec.layer, patches, to: 'all', reduce: spec.overlay.reduce, dtype: 'u8' }).then(
        (array) => {
          if (this.asked === key) this.toQuery = { key, values: toFloats(array) };
        },
        (error: Error) => (this.session.notice = error.message),
      );
    }
    return this.toQuery?.values;
  }

  /** Patches of high norm at the layer of the view, null while it is unknown. */
  readonly highNorm: Bitmask | null = $derived.by(() => {
    const norms = this.session.spec.overlay.hideHighNorm ? this.norms : undefined;
    if (norms === undefined) {
      return null;
    }
    const limit = quantile(norms, 0.5) * HIGH_NORM_FACTOR;
    const found: number[] = [];
    norms.forEach((norm, patch) => {
      if (norm > limit) {
        found.push(patch);
      }
    });
    return Bitmask.of(norms.length, found);
  });

  private entry(key: string, load: (images: number[]) => Promise<BinaryArray>): Float32Array | undefined {
    const known = this.entries.get(key);
    if (known === undefined && !this.pending.has(key)) {
      this.pending.add(key);
      void this.fill(key, load);
    }
    return known;
  }

  private async fill(key: string, load: (images: number[]) => Promise<BinaryArray>): Promise<void> {
    const images = this.session.study?.images ?? 0;
    const patches = this.session.patches;
    const all = new Float32Array(images * patches);
    try {
      for (let from = 0; from < images; from += MOST_IMAGES) {
        const part = Array.from({ length: Math.min(MOST_IMAGES, images - from) }, (_, i) => from + i);
        all.set(toFloats(await load(part)), from * patches);
      }
      const kept = [...this.entries].slice(-5);
      this.entries = new Map([...kept, [key, all]]);
    } catch (error) {
      this.session.notice = (error as Error).message;
    } finally {
      this.pending.delete(key);
    }
  }
}
