/** A 4 x 4 matrix, column by column, from the map to clip space; viewports are in CSS pixels. */
export type Matrix = Float32Array;

export interface Viewport {
  width: number;
  height: number;
}

/** Screen places of all points, `float[N][2]`; what lies behind the eye becomes NaN. */
export function project(points: Float32Array, matrix: Matrix, viewport: Viewport, into?: Float32Array): Float32Array {
  const count = points.length / 3;
  const screen = into?.length === count * 2 ? into : new Float32Array(count * 2);
  const [m0, m1, m3, m4, m5, m7] = [matrix[0]!, matrix[1]!, matrix[3]!, matrix[4]!, matrix[5]!, matrix[7]!];
  const [m8, m9, m11, m12, m13, m15] = [matrix[8]!, matrix[9]!, matrix[11]!, matrix[12]!, matrix[13]!, matrix[15]!];
  const halfWidth = viewport.width / 2;
  const halfHeight = viewport.height / 2;
  for (let i = 0; i < count; i++) {
    const x = points[3 * i]!;
    const y = points[3 * i + 1]!;
    const z = points[3 * i + 2]!;
    const w = m3 * x + m7 * y + m11 * z + m15;
    if (w <= 0) {
      screen[2 * i] = Number.NaN;
      screen[2 * i + 1] = Number.NaN;
      continue;
    }
    screen[2 * i] = halfWidth * (1 + (m0 * x + m4 * y + m8 * z + m12) / w);
    screen[2 * i + 1] = halfHeight * (1 - (m1 * x + m5 * y + m9 * z + m13) / w);
  }
  return screen;
}

/** Distances from the eye along its view, `float[N]`; negative behind it. */
export function depths(points: Float32Array, matrix: Matrix): Float32Array {
  return Float32Array.from({ length: points.length / 3 }, (_, i) =>
    matrix[3]! * points[3 * i]! + matrix[7]! * points[3 * i + 1]! + matrix[11]! * points[3 * i + 2]! + matrix[15]!);
}

/** The shown point next to a place within a radius, or -1. */
export function nearest(screen: Float32Array, hidden: Uint8Array, x: number, y: number, radius: number): number {
  let best = -1;
  let least = radius * radius;
  for (let i = 0; i < hidden.length; i++) {
    const dx = screen[2 * i]! - x;
    const dy = screen[2 * i + 1]! - y;
    const distance = dx * dx + dy * dy;
    if (distance <= least && hidden[i] === 0) {
      least = distance;
      best = i;
    }
  }
  return best;
}

/** The shown points inside a polygon `[x, y, x, y, …]` by the even-odd rule. */
export function inside(screen: Float32Array, hidden: Uint8Array, polygon: readonly number[]): Uint32Array {
  const mask = new PolygonMask(polygon);
  const found = new Uint32Array(hidden.length);
  let count = 0;
  for (let i = 0; i < hidden.length; i++) {
    if (hidden[i] === 0 && mask.has(screen[2 * i]!, screen[2 * i + 1]!)) {
      found[count++] = i;
    }
  }
  return found.slice(0, count);
}

const SLABS = 256;

/** A polygon cut into horizontal slabs, so that a point meets only the few edges of its own. */
class PolygonMask {
  private readonly left: number;
  private readonly right: number;
  private readonly top: number;
  private readonly bottom: number;
  private readonly edges: Float64Array[];

  constructor(polygon: readonly number[]) {
    const xs = polygon.filter((_, i) => i % 2 === 0);
    const ys = polygon.filter((_, i) => i % 2 === 1);
    this.left = Math.min(...xs);
    this.right = Math.max(...xs);
    this.top = Math.min(...ys);
    this.bottom = Math.max(...ys);
    const lists: number[][] = Array.from({ length: SLABS }, () => []);
    for (let i = 0, j = xs.length - 1; i < xs.length; j = i++) {
      const [y0, y1] = [Math.min(ys[i]!, ys[j]!), Math.max(ys[i]!, ys[j]!)];
      for (let slab = this.slab(y0); slab <= this.slab(y1); slab++) {
        lists[slab]!.push(xs[i]!, ys[i]!, xs[j]!, ys[j]!);
      }
    }
    this.edges = lists.map((list) => Float64Array.from(list));
  }

  has(x: number, y: number): boolean {
    if (!(x >= this.left && x <= this.right && y >= this.top && y <= this.bottom)) {
      return false;
    }
    const edges = this.edges[this.slab(y)]!;
    let odd = false;
    for (let e = 0; e < edges.length; e += 4) {
      const y0 = edges[e + 1]!;
      const y1 = edges[e + 3]!;
      if (y0 > y !== y1 > y && x < ((edges[e + 2]! - edges[e]!) * (y - y0)) / (y1 - y0) + edges[e]!) {
        odd = !odd;
      }
    }
    return odd;
  }

  private slab(y: number): number {
    const height = this.bottom - this.top || 1;
    return Math.min(SLABS - 1, Math.max(0, Math.floor(((y - this.top) / height) * SLABS)));
  }
}

/** At most one shown point per square cell of the viewport, in the order of the points. */
export function thinned(
  screen: Float32Array, hidden: Uint8Array, viewport: Viewport, cell: number, most: number,
): { indices: Uint32Array; visible: number } {
  const columns = Math.ceil(viewport.width / cell);
  const rows = Math.ceil(viewport.height / cell);
  const taken = new Uint8Array(columns * rows);
  const indices: number[] = [];
  let visible = 0;
  for (let i = 0; i < hidden.length; i++) {
    const x = screen[2 * i]!;
    const y = screen[2 * i + 1]!;
    if (hidden[i] !== 0 || !(x >= 0 && y >= 0 && x < viewport.width && y < viewport.height)) {
      continue;
    }
    visible++;
    const at = Math.floor(y / cell) * columns + Math.floor(x / cell);
    if (taken[at] === 0 && indices.length < most) {
      taken[at] = 1;
      indices.push(i);
    }
  }
  return { indices: Uint32Array.from(indices), visible };
}

/**
 * How many shown points lie in each cell of the viewport, smoothed and on a logarithmic scale to 255, and how many lie
 * in an occupied cell on average.
 */
export function density(
  screen: Float32Array, hidden: Uint8Array, viewport: Viewport, cell: number,
): { columns: number; rows: number; levels: Uint8Array; crowding: number } {
  const columns = Math.max(1, Math.ceil(viewport.width / cell));
  const rows = Math.max(1, Math.ceil(viewport.height / cell));
  let counts = new Float32Array(columns * rows);
  for (let i = 0; i < hidden.length; i++) {
    const x = screen[2 * i]! / cell;
    const y = screen[2 * i + 1]! / cell;
    if (hidden[i] === 0 && x >= 0 && y >= 0 && x < columns && y < rows) {
      counts[Math.floor(y) * columns + Math.floor(x)]!++;
    }
  }
  const occupied = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  for (let pass = 0; pass < 2; pass++) {
    counts = blurred(blurred(counts, columns, rows, 1, columns), columns, rows, columns, 1);
  }
  const most = Math.log1p(counts.reduce((a, b) => Math.max(a, b), 0)) || 1;
  const levels = Uint8Array.from(counts, (count) => Math.round((255 * Math.log1p(count)) / most));
  return { columns, rows, levels, crowding: occupied === 0 ? 0 : total / occupied };
}

/** A quarter, a half, a quarter along one axis. */
function blurred(
  counts: Float32Array, columns: number, rows: number, step: number, length: number,
): Float32Array<ArrayBuffer> {
  const result = new Float32Array(counts.length);
  const along = step === 1 ? columns : rows;
  const across = step === 1 ? rows : columns;
  const lineStep = step === 1 ? length : 1;
  for (let line = 0; line < across; line++) {
    for (let i = 0; i < along; i++) {
      const at = line * lineStep + i * step;
      const before = i > 0 ? counts[at - step]! : 0;
      const after = i + 1 < along ? counts[at + step]! : 0;
      result[at] = 0.25 * before + 0.5 * counts[at]! + 0.25 * after;
    }
  }
  return result;
}

/** What lies between these shares of an axis fills the view; a few points far away would leave the others no room. */
const INNER = [0.005, 0.995] as const;
const MARGIN = 0.08;
const MOST_LOOKED_AT = 50_000;

/** The range of an axis without the outermost points, and no wider than that of all of them. */
function innerRange(points: Float32Array, dimensions: number, axis: number): [low: number, high: number] {
  const count = points.length / dimensions;
  const step = Math.max(1, Math.floor(count / MOST_LOOKED_AT));
  const values = Float32Array.from({ length: Math.ceil(count / step) }, (_, i) => points[i * step * dimensions + axis]!)
    .filter((value) => !Number.isNaN(value)).sort();
  const at = (share: number) => values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
  const [low, high] = INNER.map(at) as [number, number];
  const margin = MARGIN * (high - low);
  return [Math.max(at(0), low - margin), Math.min(at(1), high + margin)];
}

/** Points of 2 or 3 coordinates, moved and scaled so that nearly all lie in the cube from -1 to 1; missing third coordinates are 0. */
export function normalized(points: Float32Array, dimensions: number): Float32Array {
  const count = points.length / dimensions;
  const centre = [0, 0, 0];
  let half = 0;
  for (let axis = 0; axis < dimensions; axis++) {
    const [low, high] = innerRange(points, dimensions, axis);
    centre[axis] = (low + high) / 2;
    half = Math.max(half, (high - low) / 2);
  }
  const scale = half > 0 && Number.isFinite(half) ? 1 / half : 1;
  const cube = new Float32Array(count * 3);
  for (let i = 0; i < count; i++) {
    for (let axis = 0; axis < dimensions; axis++) {
      cube[3 * i + axis] = (points[i * dimensions + axis]! - centre[axis]!) * scale;
    }
  }
  return cube;
}

/** The order in which points are drawn: every part of the cloud all the time, so that no group hides the one before it. */
export function drawOrder(count: number): Uint32Array {
  let stride = Math.floor(count * 0.618) | 1;
  while (commonDivisor(stride, count) !== 1) stride += 2;
  return Uint32Array.from({ length: count }, (_, i) => (i * stride) % count);
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
