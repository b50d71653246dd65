import type { BinaryArray } from '../api/binary.ts';
import type { Session } from '../state/session.svelte.ts';

/** The per-patch array of a saved result, which holds sampled patches, spread over whole images. */
export async function patchValues(
  session: Session, name: 'cluster' | 'probability', images: readonly number[], signal: AbortSignal,
): Promise<BinaryArray> {
  const { client, spec, patches, study } = session;
  const result = spec.overlay.result;
  const whole = await spread(session, `${spec.study} ${result} ${name}`, async () => {
    const [values, image, patch] = await Promise.all([
      client.array(spec.study, result, name),
      client.array(spec.study, result, 'image'),
      client.array(spec.study, result, 'patch').catch(() => null),
    ]);
    const all = new Float32Array((study?.images ?? 0) * patches).fill(Number.NaN);
    for (let i = 0; i < values.data.length; i++) {
      const from = image.data[i]! * patches;
      const value = name === 'cluster' && values.data[i]! < 0 ? Number.NaN : values.data[i]!;
      if (patch === null) {
        all.fill(value, from, from + patches);
      } else {
        all[from + patch.data[i]!] = value;
      }
    }
    return all;
  });
  signal.throwIfAborted();
  const data = new Float32Array(images.length * patches);
  images.forEach((image, i) => data.set(whole.subarray(image * patches, (image + 1) * patches), i * patches));
  return { dtype: 'f32', shape: [images.length, patches], data };
}

const spreads = new WeakMap<Session, { key: string; values: Promise<Float32Array> }>();

/** The last one is kept, because every image that comes into view asks for it. */
function spread(session: Session, key: string, make: () => Promise<Float32Array>): Promise<Float32Array> {
  const known = spreads.get(session);
  if (known?.key === key) {
    return known.values;
  }
  const values = make();
  spreads.set(session, { key, values });
  values.catch(() => spreads.delete(session));
  return values;
}
