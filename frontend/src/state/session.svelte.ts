import { getContext, setContext } from 'svelte';
import type { Client } from '../api/client.ts';
import type { Column, ColumnCell, ColumnValues, ImageRow, PatchTriple, ResultRow, Study } from '../api/types.ts';
import { BYTES, ownWindow, pixelScale, type PixelScale } from '../viewer/window.ts';
import { Bitmask } from './bitmask.ts';
import { passing } from './filter.ts';
import { begin, record, redo, undo, type History } from './history.ts';
import { attentionBlock, defaultSpec, type Filter, type OverlaySpec, type ViewSpec } from './spec.ts';
import { unpackSelection } from './url.ts';

/** What undo and redo go through: the marks that a user sets. */
export interface Marks {
  selection: Bitmask;
  focus: PatchTriple | null;
  query: PatchTriple[];
  filters: Filter[];
}

/** The study that is open, the view of it, and the marks in it: one per page, handed down by context. */
export class Session {
  readonly client: Client;
  spec: ViewSpec = $state(defaultSpec());
  studies: Study[] = $state.raw([]);
  study: Study | null = $state.raw(null);
  images: ImageRow[] = $state.raw([]);
  columns: ReadonlyMap<string, readonly ColumnCell[]> = $state.raw(new Map());
  /** Columns on their way: several views want the same ones at once. */
  private readonly asked = new Map<string, Promise<ColumnValues>>();
  results: ResultRow[] = $state.raw([]);
  /** The patch under the cursor, in whichever view. */
  hover: PatchTriple | null = $state.raw(null);
  /** What shall be started once more: its form opens with these options. */
  again: { analysis: string; options: Record<string, unknown> } | null = $state.raw(null);
  loading = $state('');
  failure = $state('');
  notice = $state('');
  private history: History<Marks> = $state.raw(begin({ selection: Bitmask.empty(0), focus: null, query: [], filters: [] }));

  readonly pixelScale: PixelScale = $derived(this.study === null ? BYTES : pixelScale(this.study, source(this.images)));
  readonly patches = $derived(this.study === null ? 0 : this.study.grid.rows * this.study.grid.columns);
  readonly selection = $derived(this.history.present.selection);
  /** The block whose attention is shown. */
  readonly block = $derived(attentionBlock(this.spec, this.study?.blocks ?? 1));
  readonly canUndo = $derived(this.history.past.length > 0);
  readonly canRedo = $derived(this.history.future.length > 0);
  readonly passes = $derived(passing(this.study?.images ?? 0, this.spec.filters, this.columns));

  constructor(client: Client) {
    this.client = client;
  }

  async start(spec: ViewSpec, selection: string): Promise<void> {
    this.loading = 'Looking for open studies';
    this.failure = '';
    try {
      this.studies = await this.client.studies();
      const wanted = this.studies.find((study) => study.id === spec.study) ?? this.studies[0];
      if (wanted !== undefined) {
        await this.open(wanted.id, spec, selection);
      }
    } catch (error) {
      this.failure = (error as Error).message;
    } finally {
      this.loading = '';
    }
  }

  async open(id: string, spec?: ViewSpec, selection = ''): Promise<void> {
    this.loading = 'Opening the study';
    this.failure = '';
    try {
      const [study, images] = await Promise.all([this.client.study(id), this.client.images(id)]);
      this.adopt(study, images, spec ?? defaultSpec(), selection);
      for (const filter of this.spec.filters) {
        void this.column(filter.column);
      }
      void this.column('patient');
      void this.column('label');
      await this.loadResults();
    } catch (error) {
      this.failure = (error as Error).message;
    } finally {
      this.loading = '';
    }
  }

  /** The values of a column per image, loaded at the first use. */
  async column(name: string): Promise<void> {
    const study = this.study;
    if (study === null || this.columns.has(name) || !this.describes(name)) {
      return;
    }
    const key = `${study.id} ${name}`;
    const asked = this.asked.get(key) ?? this.client.column(study.id, name);
    this.asked.set(key, asked);
    try {
      const values = await asked;
      if (study === this.study) {
        this.columns = new Map(this.columns).set(name, values.values);
      }
    } catch (error) {
      this.notice = (error as Error).message;
    } finally {
      this.asked.delete(key);
    }
  }

  describes(name: string): Column | undefined {
    return this.study?.columns?.find((column) => column.name === name);
  }

  async loadResults(): Promise<void> {
    const study = this.study;
    if (study !== null) {
      this.results = await this.client.results(study.id).catch(() => []);
    }
  }

  /** Opens the form of an analysis as it was filled in before. */
  runAgain(analysis: string, options: Record<string, unknown>): void {
    this.again = { analysis, options };
    this.spec.tray = 'runs';
  }

  // -- marks ---------------------------------------------------------------------------------------------------------

  mark(change: Partial<Marks>): void {
    const current = this.current();
    const next = plain({ ...current, ...change });
    this.history = record({ ...this.history, present: current }, next);
    this.apply(next);
  }

  select(selection: Bitmask): void {
    this.mark({ selection });
  }

  focusOn(patch: PatchTriple, add = false): void {
    const query = add ? [...this.spec.query.filter((one) => one.join() !== patch.join()), patch] : [patch];
    this.mark({ focus: patch, query });
  }

  /** Moves the focus without a step of undo for each patch on the way. */
  walkTo(patch: PatchTriple): void {
    this.spec.focus = patch;
    this.spec.query = [patch];
  }

  focusRegion(patches: PatchTriple[]): void {
    this.mark({ focus: patches[Math.floor(patches.length / 2)] ?? null, query: patches });
  }

  clear(): void {
    this.mark({ selection: Bitmask.empty(this.selection.size), focus: null, query: [] });
  }

  undo(): void {
    this.history = undo(this.history);
    this.apply(this.history.present);
  }

  redo(): void {
    this.history = redo(this.history);
    this.apply(this.history.present);
  }

  // -- places --------------------------------------------------------------------------------------------------------

  index(patch: PatchTriple): number {
    return patch[0] * this.patches + patch[1] * (this.study?.grid.columns ?? 1) + patch[2];
  }

  triple(index: number): PatchTriple {
    const columns = this.study?.grid.columns ?? 1;
    const inImage = index % this.patches;
    return [Math.floor(index / this.patches), Math.floor(inImage / columns), inImage % columns];
  }

  /** Shows an image in a pane, the first unless said otherwise. */
  show(image: number, pane = 0): void {
    if (image >= 0 && image < this.images.length) {
      this.spec.images[Math.min(pane, this.spec.images.length - 1)] = image;
    }
  }

  overlay(change: Partial<OverlaySpec>): void {
    Object.assign(this.spec.overlay, change);
  }

  private adopt(study: Study, images: ImageRow[], spec: ViewSpec, selection: string): void {
    const size = study.images * study.grid.rows * study.grid.columns;
    const inside = ([image, row, column]: PatchTriple) =>
      image < study.images && row < study.grid.rows && column < study.grid.columns;
    const next: ViewSpec = {
      ...spec,
      study: study.id,
      images: spec.images.map((image) => Math.min(image, study.images - 1)),
      layer: study.layers.includes(spec.layer) ? spec.layer : (study.layers.at(-1) ?? ''),
      focus: spec.focus !== null && inside(spec.focus) ? spec.focus : null,
      query: spec.query.filter(inside),
    };
    if (next.overlay.kind === 'mask' && !study.maskClasses.includes(next.overlay.maskClass)) {
      next.overlay = { ...next.overlay, maskClass: study.maskClasses[0] ?? '' };
    }
    if (next.window.preset === 'own') {
      next.window = { ...next.window, ...ownWindow(pixelScale(study, source(images))) };
    }
    this.columns = new Map();
    this.results = [];
    this.study = study;
    this.images = images;
    this.spec = next;
    this.history = begin(plain({
      selection: selection === '' ? Bitmask.empty(size) : unpackSelection(selection, size),
      focus: next.focus, query: next.query, filters: next.filters,
    }));
  }

  private current(): Marks {
    const { focus, query, filters } = this.spec;
    return plain({ selection: this.selection, focus, query, filters });
  }

  private apply(marks: Marks): void {
    const { focus, query, filters } = structuredClone({ focus: marks.focus, query: marks.query, filters: marks.filters });
    this.spec.focus = focus;
    this.spec.query = query;
    this.spec.filters = filters;
  }
}

/** A copy without the reactivity of the page, so that history does not change behind our back. */
function plain({ selection, focus, query, filters }: Marks): Marks {
  return { selection, ...($state.snapshot({ focus, query, filters }) as Omit<Marks, 'selection'>) };
}

function source(images: readonly ImageRow[]): string {
  return images[0]?.source ?? images[0]?.id ?? '';
}

const KEY = Symbol('session');

export function provideSession(session: Session): Session {
  return setContext(KEY, session);
}

export function useSession(): Session {
  return getContext<Session>(KEY);
}
