import type { Matrix, Viewport } from './geometry.ts';

/** What the map shows: a middle and a height in two dimensions, an eye around a target in three. */
export interface Camera {
  dimensions: 2 | 3;
  target: [number, number, number];
  /** Half of the visible height in map units in 2-D; the distance of the eye in 3-D. */
  distance: number;
  /** Radians around the vertical axis, and above the horizon. */
  azimuth: number;
  elevation: number;
}

export const FLAT: Camera = { dimensions: 2, target: [0, 0, 0], distance: 1.08, azimuth: 0, elevation: 0 };
export const SPATIAL: Camera = { dimensions: 3, target: [0, 0, 0], distance: 3.1, azimuth: 0.6, elevation: 0.4 };

/** A camera as numbers for an address, null for the whole map; and back. */
export function cameraNumbers(camera: Camera): number[] | null {
  const numbers = ({ target, distance, azimuth, elevation }: Camera) => [...target, distance, azimuth, elevation];
  return numbers(camera).join() === numbers(home(camera.dimensions)).join() ? null : numbers(camera);
}

export function cameraFrom(dimensions: 2 | 3, numbers: readonly number[] | null): Camera {
  if (numbers === null) {
    return home(dimensions);
  }
  const [x = 0, y = 0, z = 0, distance = 1, azimuth = 0, elevation = 0] = numbers;
  return { dimensions, target: [x, y, z], distance: Math.min(FARTHEST, Math.max(CLOSEST, distance)), azimuth, elevation };
}

const FIELD_OF_VIEW = 0.75;
const CLOSEST = 0.002;
const FARTHEST = 12;

export function home(dimensions: 2 | 3): Camera {
  return dimensions === 2 ? FLAT : SPATIAL;
}

export function matrix(camera: Camera, viewport: Viewport): Matrix {
  const aspect = viewport.width / Math.max(1, viewport.height);
  if (camera.dimensions === 2) {
    const [x, y] = camera.target;
    const narrow = Math.min(1, aspect);
    const sy = narrow / camera.distance;
    const sx = sy / aspect;
    return Float32Array.of(sx, 0, 0, 0, 0, sy, 0, 0, 0, 0, -0.1, 0, -x * sx, -y * sy, 0, 1);
  }
  const f = 1 / Math.tan(FIELD_OF_VIEW / 2);
  const near = camera.distance * 0.01;
  const far = camera.distance + 6;
  const { right, up, back, eye } = axes(camera);
  const view = [
    right[0], up[0], back[0], 0, right[1], up[1], back[1], 0, right[2], up[2], back[2], 0,
    -dot(right, eye), -dot(up, eye), -dot(back, eye), 1,
  ];
  const a = (far + near) / (near - far);
  const b = (2 * far * near) / (near - far);
  const result = new Float32Array(16);
  for (let column = 0; column < 4; column++) {
    const [x, y, z, w] = [view[4 * column]!, view[4 * column + 1]!, view[4 * column + 2]!, view[4 * column + 3]!];
    result.set([(f / aspect) * x, f * y, a * z + b * w, -z], 4 * column);
  }
  return result;
}

type Vector = [number, number, number];

function axes(camera: Camera): { right: Vector; up: Vector; back: Vector; eye: Vector } {
  const { azimuth, elevation, distance, target } = camera;
  const [ca, sa, ce, se] = [Math.cos(azimuth), Math.sin(azimuth), Math.cos(elevation), Math.sin(elevation)];
  const back: Vector = [sa * ce, se, ca * ce];
  return {
    right: [ca, 0, -sa],
    up: [-sa * se, ce, -ca * se],
    back,
    eye: [target[0] + back[0] * distance, target[1] + back[1] * distance, target[2] + back[2] * distance],
  };
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** Map units per screen pixel at the target. */
export function unit(camera: Camera, viewport: Viewport): number {
  if (camera.dimensions === 2) {
    return (2 * camera.distance) / Math.max(1, Math.min(viewport.width, viewport.height));
  }
  return (2 * camera.distance * Math.tan(FIELD_OF_VIEW / 2)) / Math.max(1, viewport.height);
}

export function pan(camera: Camera, dx: number, dy: number, viewport: Viewport): Camera {
  const step = unit(camera, viewport);
  if (camera.dimensions === 2) {
    return { ...camera, target: [camera.target[0] - dx * step, camera.target[1] + dy * step, 0] };
  }
  const { right, up } = axes(camera);
  return {
    ...camera,
    target: camera.target.map((value, i) => value - right[i]! * dx * step + up[i]! * dy * step) as Vector,
  };
}

export function orbit(camera: Camera, dx: number, dy: number): Camera {
  const limit = Math.PI / 2 - 0.02;
  return {
    ...camera,
    azimuth: camera.azimuth - dx * 0.006,
    elevation: Math.min(limit, Math.max(-limit, camera.elevation + dy * 0.006)),
  };
}

/** Closer by a factor; in 2-D what is under the cursor stays there. */
export function zoom(camera: Camera, factor: number, at: { x: number; y: number }, viewport: Viewport): Camera {
  const distance = Math.min(FARTHEST, Math.max(CLOSEST, camera.distance / factor));
  const next = { ...camera, distance };
  if (camera.dimensions === 3) {
    return next;
  }
  const dx = at.x - viewport.width / 2;
  const dy = at.y - viewport.height / 2;
  const gain = unit(camera, viewport) - unit(next, viewport);
  return { ...next, target: [camera.target[0] + dx * gain, camera.target[1] - dy * gain, 0] };
}

/** Part of the way from one camera to another of the same kind. */
export function between(a: Camera, b: Camera, part: number): Camera {
  const mix = (x: number, y: number) => x + (y - x) * part;
  return {
    dimensions: b.dimensions,
    target: [0, 1, 2].map((i) => mix(a.target[i]!, b.target[i]!)) as Vector,
    distance: Math.exp(mix(Math.log(a.distance), Math.log(b.distance))),
    azimuth: mix(a.azimuth, b.azimuth),
    elevation: mix(a.elevation, b.elevation),
  };
}
