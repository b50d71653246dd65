import type { Matrix, Viewport } from './geometry.ts';

/** What a point is at the moment. */
export const NORMAL = 0;
export const HIDDEN = 1;
export const SELECTED = 2;

export interface Look {
  /** Diameter in CSS pixels. */
  size: number;
  /** 0 to 1. */
  opacity: number;
  /** Whether something is selected, so that the rest steps back. */
  dimmed: boolean;
  dark: boolean;
}

/** How points that are not selected step back: part of the way to the ground's colour, red, green and blue from 0 to 1. */
export function fading(dark: boolean): { part: number; ground: [number, number, number]; ring: [number, number, number] } {
  return dark
    ? { part: 0.72, ground: [0.07, 0.085, 0.11], ring: [1, 1, 1] }
    : { part: 0.45, ground: [1, 1, 1], ring: [0, 0, 0] };
}

/** How much of what lies below points cover; those that are selected cover all of it. */
export function coverOf(look: Look): number {
  return look.opacity * (look.dimmed ? 0.55 : 1);
}

/** How much larger points look that are nearer to the eye than the target of a new view. */
export function nearness(depth: number): number {
  return Math.min(4, Math.max(0.35, 3.1 / depth));
}

/** Draws points; one by WebGL2, one by the 2-D canvas where there is none. */
export interface Renderer {
  readonly name: 'WebGL2' | '2-D canvas';
  /** `float[N][3]` in the cube from -1 to 1. */
  setPoints(points: Float32Array): void;
  /** `byte[N][4]`: red, green, blue, and the index of the shape. */
  setColors(colors: Uint8Array): void;
  /** `byte[N]`: see the constants. */
  setStates(states: Uint8Array): void;
  /** Draws now and returns the number of draw calls. */
  draw(matrix: Matrix, viewport: Viewport, look: Look, spatial: boolean): number;
  dispose(): void;
}

export async function createRenderer(canvas: HTMLCanvasElement): Promise<Renderer> {
  const context = canvas.getContext('webgl2', { alpha: true, antialias: false, depth: true, powerPreference: 'high-performance' });
  if (context !== null) {
    const { WebglRenderer } = await import('./webgl.ts');
    return new WebglRenderer(canvas, context);
  }
  const { CanvasRenderer } = await import('./canvas.ts');
  return new CanvasRenderer(canvas);
}
