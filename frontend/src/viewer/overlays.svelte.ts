import { getContext, setContext, untrack } from 'svelte';
import { toFloats, type BinaryArray } from '../api/binary.ts';
import type { Session } from '../state/session.svelte.ts';
import type { OverlaySpec } from '../state/spec.ts';
import { imagesOf, overlayKey, rangeOf, request, scaleFor } from './overlay-kinds.ts';
import { extent, keepMass, type Scale } from './paint.ts';
import { StudyValues } from './study-values.svelte.ts';

export type PatchNumbers = Float32Array | Uint8Array;

/** As many images as one request may ask for. */
export const MOST_IMAGES = 64;

/** Milliseconds in which the page loads what it shows. */
const PAGE_FIRST = 400;

/** The overlay's numbers for every image that is on screen, in whichever view; views say which images they show. */
export class Overlays {
  readonly session: Session;
  readonly study: StudyValues;
  /** Numbers by image, of the overlay that `key` names. */
  loaded: ReadonlyMap<number, PatchNumbers> = $state.raw(new Map());
  failure = $state('');
  busy = $state(false);
  private key = '';
  private readonly shown = new Map<string, readonly number[]>();
  private version = $state(0);
  private running: AbortController | null = null;

  constructor(session: Session) {
    this.session = session;
    this.study = new StudyValues(session);
  }

  /** A view tells which images it shows now. */
  show(view: string, images: readonly number[]): void {
    const before = this.shown.get(view);
    if (before?.join() !== images.join()) {
      this.shown.set(view, images);
      untrack(() => this.version++);
    }
  }

  /** Runs in an effect: asks for what is on screen and not loaded. */
  refresh(): void {
    void this.version;
    const { study, spec } = this.session;
    if (study === null || !spec.overlay.shown) {
      return;
    }
    const key = overlayKey(study.id, spec);
    const images = imagesOf(spec, [...new Set([...this.shown.values()].flat())].filter((image) => image < study.images));
    untrack(() => {
      if (key !== this.key) {
        this.key = key;
        this.running?.abort();
        this.running = null;
        this.failure = '';
        if (key === '') {
          this.loaded = new Map();
        }
        this.stale = true;
      }
      if (key !== '' && this.running === null) {
        void this.load(images);
      }
    });
  }

  /** Has the server measure a layer before the first click asks for it, once the page itself is there. */
  prepare(): (() => void) | undefined {
    const { study, spec, client } = this.session;
    const { kind, reduce } = spec.overlay;
    const layer = spec.layer;
    if (study === null || kind !== 'similarity' || spec.query.length > 0) {
      return undefined;
    }
    const timer = setTimeout(() => {
      // What goes wrong here is told when a click asks for the same.
      client.similarity(study.id, { layer, patches: [[0, 0, 0]], to: [0], reduce, dtype: 'u8' }).catch(() => undefined);
    }, PAGE_FIRST);
    return () => clearTimeout(timer);
  }

  retry(): void {
    this.version++;
  }

  /** Whether what is loaded belongs to an overlay before this one; it stays on screen until its successor arrives. */
  private stale = false;

  private async load(images: number[]): Promise<void> {
    const missing = (this.stale ? images : images.filter((image) => !this.loaded.has(image))).slice(0, MOST_IMAGES);
    if (missing.length === 0) {
      return;
    }
    const abort = new AbortController();
    this.running = abort;
    this.busy = true;
    try {
      const array = await request(this.session, missing, abort.signal);
      if (!abort.signal.aborted) {
        this.loaded = merged(this.stale ? new Map() : this.loaded, missing, array);
        this.stale = false;
        this.failure = '';
      }
    } catch (error) {
      if (!abort.signal.aborted) {
        this.failure = (error as Error).message;
        this.loaded = new Map();
        this.running = null;
        this.busy = false;
      }
      return;
    }
    if (this.running === abort) {
      this.running = null;
      this.busy = false;
      if (this.shownMissing()) {
        this.version++;
      }
    }
  }

  private shownMissing(): boolean {
    return imagesOf(this.session.spec, [...this.shown.values()].flat()).some((image) => !this.loaded.has(image));
  }

  /** The numbers of an image as they are painted, after threshold and mask; undefined until they are loaded. */
  numbers(image: number): Float32Array | undefined {
    const values = this.loaded.get(image);
    if (!(values instanceof Float32Array)) {
      return undefined;
    }
    const { overlay } = this.session.spec;
    const kept = overlay.kind === 'attention' ? keepMass(values, overlay.mass) : values;
    const high = overlay.hideHighNorm ? this.study.highNorm : null;
    if (high === null) {
      return kept;
    }
    const patches = this.session.patches;
    return kept.map((value, patch) => (high.has(image * patches + patch) ? Number.NaN : value));
  }

  colors(image: number): Uint8Array | undefined {
    const values = this.loaded.get(image);
    return values instanceof Uint8Array ? values : undefined;
  }

  /** The colours of an image; scales of the whole study need its numbers and fall back to the images in view. */
  scale(image: number): Scale {
    const { overlay } = this.session.spec;
    return scaleFor(overlay, this.extentOf(overlay, image));
  }

  private extentOf(overlay: OverlaySpec, image: number): [number, number] {
    if (overlay.scale === 'study') {
      return rangeOf(overlay, this.study) ?? extent(this.floats());
    }
    const values = this.loaded.get(image);
    return values instanceof Float32Array ? extent([values]) : [0, 1];
  }

  private *floats(): Generator<Float32Array> {
    for (const values of this.loaded.values()) {
      if (values instanceof Float32Array) {
        yield values;
      }
    }
  }
}

function merged(
  before: ReadonlyMap<number, PatchNumbers>, images: readonly number[], array: BinaryArray,
): Map<number, PatchNumbers> {
  const numbers: PatchNumbers = array.range === undefined && array.data instanceof Uint8Array
    ? array.data
    : toFloats(array);
  const each = numbers.length / images.length;
  const next = new Map(before);
  images.forEach((image, i) => next.set(image, numbers.slice(i * each, (i + 1) * each)));
  return next;
}

const KEY = Symbol('overlays');

export function provideOverlays(overlays: Overlays): Overlays {
  return setContext(KEY, overlays);
}

export function useOverlays(): Overlays {
  return getContext<Overlays>(KEY);
}
