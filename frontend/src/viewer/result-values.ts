import type { BinaryArray } from '../api/binary.ts';
import type { ArrayDescription, ResultRow, SavedResult } from '../api/types.ts';
import type { Session } from '../state/session.svelte.ts';
import type { OverlayKind } from '../state/spec.ts';

/** A saved result that holds numbers per patch, and the array of it that is painted. */
export interface PatchArray {
  result: ResultRow;
  array: ArrayDescription;
  /** Whether each of its images has a row for every patch, and a column for every class. */
  byClass: boolean;
}

/** The arrays that can be painted: the labels of clusters; the probabilities of clusters or, class by class, of probes. */
export function patchArrays(results: readonly ResultRow[], kind: 'cluster' | 'probability', patches: number): PatchArray[] {
  return results.flatMap((result) => {
    const points = result.arrays?.find((array) => array.name === 'images')?.shape[0] ?? -1;
    return (result.arrays ?? []).flatMap((array) => {
      const count = array.shape.reduce((a, b) => a * b, 1);
      const sampled = count === points && array.name === (kind === 'cluster' ? 'labels' : 'probabilities');
      const byClass = kind === 'probability' && points > 0 && /(^|-)predictions$/.test(array.name) && array.shape[0] === points * patches;
      return sampled || byClass ? [{ result, array, byClass }] : [];
    });
  });
}

/** Shows an overlay; clusters and probabilities come from the last result that has any, unless one is chosen. */
export function chooseOverlay(session: Session, kind: OverlayKind): void {
  const { overlay } = session.spec;
  const sources = kind === 'cluster' || kind === 'probability' ? patchArrays(session.results, kind, session.patches) : [];
  const chosen = sources.some((source) => overlay.result.startsWith(nameOf(source).replace(/:0$/, '')));
  const last = sources.at(-1);
  session.overlay({
    kind, shown: true, maskClass: overlay.maskClass || (session.study?.maskClasses[0] ?? ''),
    result: chosen ? overlay.result : last === undefined ? '' : nameOf(last),
  });
}

/** How an array is named in the address: the result, the array, and the class where there are several. */
export function nameOf({ result, array, byClass }: PatchArray, column = 0): string {
  return `${result.id}:${array.name}${byClass ? `:${column}` : ''}`;
}

/** Of a saved probe. */
export function classNames(saved: SavedResult): string[] {
  const classes = (saved.result as { classes?: unknown } | null)?.classes;
  return Array.isArray(classes)
    ? classes.map((one: unknown) => (typeof one === 'string' ? one : String((one as { name?: unknown } | null)?.name)))
    : [];
}

/** The numbers of a saved result, which may hold sampled patches only, spread over whole images. */
export async function patchValues(session: Session, images: readonly number[], signal: AbortSignal): Promise<BinaryArray> {
  const { spec, patches } = session;
  const whole = await spread(session, `${spec.study} ${spec.overlay.result}`);
  signal.throwIfAborted();
  const data = new Float32Array(images.length * patches);
  images.forEach((image, i) => data.set(whole.subarray(image * patches, (image + 1) * patches), i * patches));
  return { dtype: 'f32', shape: [images.length, patches], data };
}

async function load(session: Session): Promise<Float32Array> {
  const { client, spec, patches, study } = session;
  const [result = '', array = '', column] = spec.overlay.result.split(':');
  const [values, image, patch, saved] = await Promise.all([
    client.array(spec.study, result, array),
    client.array(spec.study, result, 'images'),
    column === undefined ? client.array(spec.study, result, 'patches').catch(() => null) : null,
    client.result(spec.study, result),
  ]);
  const all = new Float32Array((study?.images ?? 0) * patches).fill(Number.NaN);
  if (column !== undefined) {
    ofClass(values, Number(column), image.data, patches, all);
    return all;
  }
  const points = (saved.result as { points?: unknown } | null)?.points;
  const whole = patch === null || points === 'cls' || points === 'mean';
  for (let i = 0; i < values.data.length; i++) {
    const from = image.data[i]! * patches;
    const value = values.dtype === 'i32' && values.data[i]! < 0 ? Number.NaN : values.data[i]!;
    if (whole) {
      all.fill(value, from, from + patches);
    } else {
      all[from + patch.data[i]!] = value;
    }
  }
  return all;
}

/** One column of `float[N x P][classes]`, laid over the images that its rows stand for. */
function ofClass(values: BinaryArray, column: number, images: ArrayLike<number>, patches: number, into: Float32Array): void {
  const classes = values.shape[1] ?? 1;
  for (let i = 0; i < images.length; i++) {
    for (let patch = 0; patch < patches; patch++) {
      into[images[i]! * patches + patch] = values.data[(i * patches + patch) * classes + column] ?? Number.NaN;
    }
  }
}

const spreads = new WeakMap<Session, { key: string; values: Promise<Float32Array> }>();

/** The last one is kept, because every image that comes into view asks for it. */
function spread(session: Session, key: string): Promise<Float32Array> {
  const known = spreads.get(session);
  if (known?.key === key) {
    return known.values;
  }
  const values = load(session);
  spreads.set(session, { key, values });
  values.catch(() => spreads.delete(session));
  return values;
}
