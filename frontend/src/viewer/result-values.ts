import type { BinaryArray } from '../api/binary.ts';
import type { ArrayDescription, ResultRow } from '../api/types.ts';
import type { Session } from '../state/session.svelte.ts';

/** A saved result that holds numbers per patch, and the array of it that is painted. */
export interface PatchArray {
  result: ResultRow;
  array: ArrayDescription;
}

/** The arrays that can be painted: whole numbers as clusters, others as probabilities or scores. */
export function patchArrays(results: readonly ResultRow[], kind: 'cluster' | 'probability'): PatchArray[] {
  return results.flatMap((result) => {
    const images = result.arrays?.find((array) => array.name === 'images');
    const points = images?.shape[0] ?? -1;
    return (result.arrays ?? [])
      .filter((array) => !['images', 'patches', 'positions'].includes(array.name))
      .filter((array) => array.shape.reduce((a, b) => a * b, 1) === points)
      .filter((array) => (array.type === 'i32') === (kind === 'cluster'))
      .map((array) => ({ result, array }));
  });
}

/** How an array is named in the address: the result, a colon, the array. */
export function nameOf({ result, array }: PatchArray): string {
  return `${result.id}:${array.name}`;
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
  const [result = '', array = ''] = spec.overlay.result.split(':');
  const [values, image, patch, saved] = await Promise.all([
    client.array(spec.study, result, array),
    client.array(spec.study, result, 'images'),
    client.array(spec.study, result, 'patches').catch(() => null),
    client.result(spec.study, result),
  ]);
  const points = (saved.result as { points?: unknown } | null)?.points;
  const whole = patch === null || points === 'cls' || points === 'mean';
  const all = new Float32Array((study?.images ?? 0) * patches).fill(Number.NaN);
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
