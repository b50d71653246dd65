/** A made-up study with structure: blobs of tissue on a dark ground, embeddings that follow the pixels. */
export const GRID = 14;
export const PATCHES = GRID * GRID;
export const SIDE = 224;
export const IMAGES = 60;
export const DIMENSIONS = 8;
export const LAYERS = ['0', '3', '6', 'last'];
export const BLOCKS = 6;
export const HEADS = 3;

/** The same numbers on every run. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const LABELS = ['normal', 'covid', 'pneumonia'];

export function labelOf(image: number): string {
  return LABELS[image % 3]!;
}

/** Whether a patch shows the finding; by construction only in diseased images. */
export function diseased(image: number, patch: number): boolean {
  const row = Math.floor(patch / GRID);
  const column = patch % GRID;
  return labelOf(image) !== 'normal' && (row - 8) ** 2 + (column - 4) ** 2 < 5;
}

function lung(row: number, column: number): boolean {
  return Math.min((row - 7) ** 2 / 25 + (column - 4) ** 2 / 6, (row - 7) ** 2 / 25 + (column - 9.5) ** 2 / 6) < 1;
}

export function pixel(image: number, x: number, y: number): number {
  const row = (y / SIDE) * GRID;
  const column = (x / SIDE) * GRID;
  const body = (row - 7) ** 2 / 42 + (column - 6.8) ** 2 / 40 < 1;
  let value = body ? 150 : 8;
  if (lung(row, column)) value = 45;
  if (labelOf(image) !== 'normal' && (row - 8) ** 2 + (column - 4) ** 2 < 5) value = 120;
  const noise = Math.sin(x * 0.9 + image) * Math.cos(y * 0.7 - image * 2) * 9;
  return Math.max(0, Math.min(255, Math.round(value + noise)));
}

/** `float[P][D]` of an image, unit length. */
export function embeddings(image: number, layer: string): Float32Array {
  const next = random(image * 97 + LAYERS.indexOf(layer) + 1);
  const values = new Float32Array(PATCHES * DIMENSIONS);
  for (let patch = 0; patch < PATCHES; patch++) {
    const row = Math.floor(patch / GRID);
    const column = patch % GRID;
    const kind = diseased(image, patch) ? 0 : lung(row + 0.5, column + 0.5) ? 1 : pixel(image, (column + 0.5) * 16, (row + 0.5) * 16) > 60 ? 2 : 3;
    let length = 0;
    for (let d = 0; d < DIMENSIONS; d++) {
      const value = (d === kind ? 1.4 : 0.2) + (next() - 0.5) * 0.5;
      values[patch * DIMENSIONS + d] = value;
      length += value * value;
    }
    for (let d = 0; d < DIMENSIONS; d++) {
      values[patch * DIMENSIONS + d]! /= Math.sqrt(length);
    }
  }
  return values;
}

export function norms(image: number): Float32Array {
  const next = random(image + 1000);
  return Float32Array.from({ length: PATCHES }, (_, patch) => {
    const corner = (patch === 0 || patch === GRID - 1) ? 300 : 0;
    return 20 + next() * 6 + (diseased(image, patch) ? 8 : 0) + corner;
  });
}

export function attention(image: number, block: number, head: number): Float32Array {
  const next = random(image * 7 + block * 31 + head);
  const raw = Float32Array.from({ length: PATCHES }, (_, patch) =>
    Math.exp((diseased(image, patch) && head === 1 ? 3 : 0) + next() * (1 + block / 3)));
  const sum = raw.reduce((a, b) => a + b, 0) * 1.1;
  return raw.map((value) => value / sum);
}
