import { density, inside, nearest, project, thinned, type Matrix, type Viewport } from './geometry.ts';

/** Searches among a million points away from the page's thread. */
export type Ask =
  | { kind: 'points'; points: Float32Array }
  | { kind: 'hidden'; hidden: Uint8Array }
  | { kind: 'pick'; matrix: Matrix; viewport: Viewport; x: number; y: number; radius: number }
  | { kind: 'inside'; matrix: Matrix; viewport: Viewport; polygon: number[] }
  | { kind: 'thinned'; matrix: Matrix; viewport: Viewport; cell: number; most: number }
  | { kind: 'density'; matrix: Matrix; viewport: Viewport; cell: number };

export interface Asked {
  id: number;
  ask: Ask;
}

export interface Answer {
  id: number;
  answer: unknown;
  milliseconds: number;
}

let points = new Float32Array(0);
let hidden = new Uint8Array(0);
let screen = new Float32Array(0);
let projected = '';

function places(matrix: Matrix, viewport: Viewport): Float32Array {
  const key = `${matrix.join()} ${viewport.width} ${viewport.height}`;
  if (key !== projected) {
    screen = project(points, matrix, viewport, screen) as Float32Array<ArrayBuffer>;
    projected = key;
  }
  return screen;
}

function answer(ask: Ask): unknown {
  switch (ask.kind) {
    case 'points':
      points = ask.points as Float32Array<ArrayBuffer>;
      hidden = new Uint8Array(points.length / 3);
      projected = '';
      return null;
    case 'hidden':
      hidden = ask.hidden as Uint8Array<ArrayBuffer>;
      return null;
    case 'pick':
      return nearest(places(ask.matrix, ask.viewport), hidden, ask.x, ask.y, ask.radius);
    case 'inside':
      return inside(places(ask.matrix, ask.viewport), hidden, ask.polygon);
    case 'thinned':
      return thinned(places(ask.matrix, ask.viewport), hidden, ask.viewport, ask.cell, ask.most);
    case 'density':
      return density(places(ask.matrix, ask.viewport), hidden, ask.viewport, ask.cell);
  }
}

self.onmessage = (event: MessageEvent<Asked>) => {
  const start = performance.now();
  const result = answer(event.data.ask);
  const reply: Answer = { id: event.data.id, answer: result, milliseconds: performance.now() - start };
  self.postMessage(reply);
};
