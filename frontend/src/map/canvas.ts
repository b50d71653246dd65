import { drawOrder, project, type Matrix, type Viewport } from './geometry.ts';
import { HIDDEN, SELECTED, type Look, type Renderer } from './renderer.ts';

/** Squares of one colour, written pixel by pixel: for browsers without WebGL2. Shapes are told apart by colour alone. */
export class CanvasRenderer implements Renderer {
  readonly name = '2-D canvas';
  private readonly canvas: HTMLCanvasElement;
  private points = new Float32Array(0);
  private colors = new Uint8Array(0);
  private states = new Uint8Array(0);
  private order = new Uint32Array(0);
  private screen = new Float32Array(0);

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
  }

  setPoints(points: Float32Array): void {
    this.points = new Float32Array(points);
    this.colors = new Uint8Array((points.length / 3) * 4);
    this.states = new Uint8Array(points.length / 3);
    this.order = drawOrder(points.length / 3) as Uint32Array<ArrayBuffer>;
  }

  setColors(colors: Uint8Array): void {
    this.colors = new Uint8Array(colors);
  }

  setStates(states: Uint8Array): void {
    this.states = new Uint8Array(states);
  }

  draw(matrix: Matrix, viewport: Viewport, look: Look): number {
    const width = Math.max(1, Math.round(viewport.width));
    const height = Math.max(1, Math.round(viewport.height));
    this.canvas.width = width;
    this.canvas.height = height;
    this.screen = project(this.points, matrix, { width, height }, this.screen) as Float32Array<ArrayBuffer>;
    const image = new ImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    this.pass(pixels, width, height, look, false);
    if (look.dimmed) {
      this.pass(pixels, width, height, look, true);
    }
    this.canvas.getContext('2d')!.putImageData(image, 0, 0);
    return 1;
  }

  dispose(): void {
    this.canvas.width = 1;
  }

  private pass(pixels: Uint32Array, width: number, height: number, look: Look, selected: boolean): void {
    const side = Math.max(1, Math.round(look.size * (selected ? 1.3 : 1)));
    const faint = look.dimmed && !selected ? 90 : 255;
    for (const i of this.order) {
      if (this.states[i] === HIDDEN || (this.states[i] === SELECTED) !== selected) {
        continue;
      }
      const left = Math.round(this.screen[2 * i]! - side / 2);
      const top = Math.round(this.screen[2 * i + 1]! - side / 2);
      if (!(left >= 0 && top >= 0 && left + side < width && top + side < height)) {
        continue;
      }
      const color = (faint << 24) | (this.colors[4 * i + 2]! << 16) | (this.colors[4 * i + 1]! << 8) | this.colors[4 * i]!;
      for (let y = top; y < top + side; y++) {
        pixels.fill(color, y * width + left, y * width + left + side);
      }
    }
  }
}
