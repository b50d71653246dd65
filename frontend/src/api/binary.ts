/** Arrays over HTTP: little-endian numbers as the body, their type, shape and range in header fields. */

export type Dtype = 'f32' | 'u8' | 'u32' | 'i32';

export type Numbers = Float32Array | Uint8Array | Uint32Array | Int32Array;

export interface BinaryArray {
  dtype: Dtype;
  shape: number[];
  data: Numbers;
  /** The values of byte 0 and byte 255 of quantised numbers. */
  range?: [low: number, high: number];
  /** The byte that stands for "no value". */
  missing?: number;
}

const BYTES: Record<Dtype, number> = { f32: 4, u8: 1, u32: 4, i32: 4 };

export function parseBinary(headers: Headers, body: ArrayBuffer): BinaryArray {
  const dtype = headers.get('X-Patchlens-Dtype') as Dtype | null;
  const shapeText = headers.get('X-Patchlens-Shape');
  if (dtype === null || !(dtype in BYTES) || shapeText === null) {
    throw new Error(`The server's array has the type ${dtype ?? 'none'} and the shape ${shapeText ?? 'none'}; ` +
      'one of f32, u8, u32, i32 and numbers separated by commas are expected.');
  }
  const shape = shapeText.split(',').map(Number);
  const count = shape.reduce((product, size) => product * size, 1);
  if (count * BYTES[dtype] !== body.byteLength) {
    throw new Error(`The server's array of ${shapeText} ${dtype} has ${body.byteLength} bytes; ` +
      `${count * BYTES[dtype]} are expected. The answer was cut off; try again.`);
  }
  const array: BinaryArray = { dtype, shape, data: view(dtype, body) };
  const range = headers.get('X-Patchlens-Range')?.split(',').map(Number);
  if (range?.length === 2) {
    array.range = [range[0]!, range[1]!];
  }
  const missing = headers.get('X-Patchlens-Missing');
  if (missing !== null) {
    array.missing = Number(missing);
  }
  return array;
}

function view(dtype: Dtype, body: ArrayBuffer): Numbers {
  switch (dtype) {
    case 'f32':
      return new Float32Array(body);
    case 'u8':
      return new Uint8Array(body);
    case 'u32':
      return new Uint32Array(body);
    case 'i32':
      return new Int32Array(body);
  }
}

/** The numbers that quantised bytes stand for; NaN where there is none. */
export function toFloats(array: BinaryArray): Float32Array {
  if (array.data instanceof Float32Array) {
    return array.data;
  }
  const floats = new Float32Array(array.data.length);
  if (array.range === undefined) {
    floats.set(array.data);
    return floats;
  }
  const [low, high] = array.range;
  const step = (high - low) / 255;
  for (let i = 0; i < floats.length; i++) {
    const byte = array.data[i]!;
    floats[i] = byte === array.missing ? Number.NaN : low + byte * step;
  }
  return floats;
}
