import { between, home, matrix, orbit, pan, zoom, type Camera } from './camera.ts';
import { depths, project, type Viewport } from './geometry.ts';
import { createRenderer, HIDDEN, NORMAL, SELECTED, type Look, type Renderer } from './renderer.ts';
import { Searcher } from './searcher.ts';

/** What is drawn of a map, for drawings that leave the page. */
export interface MapMarks {
  /** `float[N][2]`, CSS pixels. */
  screen: Float32Array;
  /** Distances from the eye; null in two dimensions. */
  depth: Float32Array | null;
  /** `byte[N][4]`: red, green, blue, shape. */
  colors: Uint8Array;
  states: Uint8Array;
  /** Diameter in CSS pixels. */
  size: number;
  viewport: Viewport;
  look: Look;
}

/** The drawing of a map: renderer, camera and searches, redrawn at most once per frame of the display. */
export class MapStage {
  readonly searcher = new Searcher();
  camera: Camera = $state.raw(home(2));
  viewport: Viewport = $state.raw({ width: 300, height: 300 });
  rendererName = $state('');
  /** Counts frames, for what is drawn above the points. */
  frame = $state(0);
  private renderer: Renderer | null = null;
  private points = new Float32Array(0);
  private colors = new Uint8Array(0);
  private states = new Uint8Array(0);
  private look: Look = { size: 3, opacity: 1, dimmed: false, dark: true };
  private scheduled = false;
  private disposed = false;
  private flight = 0;

  async attach(canvas: HTMLCanvasElement): Promise<void> {
    const renderer = await createRenderer(canvas);
    if (this.disposed) {
      renderer.dispose();
      return;
    }
    this.renderer = renderer;
    this.rendererName = renderer.name;
    if (this.points.length > 0) {
      renderer.setPoints(this.points);
      renderer.setColors(this.colors);
      renderer.setStates(this.states);
    }
    this.redraw();
  }

  get count(): number {
    return this.states.length;
  }

  setPoints(points: Float32Array): void {
    const same = points.length === this.points.length;
    this.points = points as Float32Array<ArrayBuffer>;
    if (!same) {
      this.colors = new Uint8Array((points.length / 3) * 4);
      this.states = new Uint8Array(points.length / 3);
    }
    this.renderer?.setPoints(points);
    this.searcher.points(points);
    this.searcher.hidden(this.states.map((state) => (state === HIDDEN ? 1 : 0)));
    if (!same) {
      this.renderer?.setColors(this.colors);
      this.renderer?.setStates(this.states);
    }
    this.redraw();
  }

  setColors(colors: Uint8Array): void {
    if (colors.length === this.states.length * 4) {
      this.colors = colors as Uint8Array<ArrayBuffer>;
      this.renderer?.setColors(colors);
      this.redraw();
    }
  }

  /** Which points are hidden and which are selected, as a function of the point. */
  setStates(hidden: (point: number) => boolean, selected: (point: number) => boolean): void {
    const states = new Uint8Array(this.states.length);
    const gone = new Uint8Array(this.states.length);
    for (let i = 0; i < states.length; i++) {
      if (hidden(i)) {
        states[i] = HIDDEN;
        gone[i] = 1;
      } else {
        states[i] = selected(i) ? SELECTED : NORMAL;
      }
    }
    this.states = states;
    this.renderer?.setStates(states);
    this.searcher.hidden(gone);
    this.redraw();
  }

  setLook(look: Partial<Look>): void {
    this.look = { ...this.look, ...look };
    this.redraw();
  }

  /** Larger points where there are few or where the view is close. */
  pointSize(): number {
    const crowd = Math.sqrt((this.viewport.width * this.viewport.height) / Math.max(1, this.count));
    const closer = this.camera.dimensions === 2 ? Math.sqrt(home(2).distance / this.camera.distance) : 1;
    return Math.min(14, Math.max(1.8, Math.min(9, crowd * 0.5) * closer));
  }

  place(): Float32Array {
    return matrix(this.camera, this.viewport);
  }

  resize(viewport: Viewport): void {
    this.viewport = viewport;
    this.redraw();
  }

  move(camera: Camera): void {
    cancelAnimationFrame(this.flight);
    this.camera = camera;
    this.redraw();
  }

  /** Moves the camera there in a quarter of a second, or at once where the user wants no motion. */
  fly(camera: Camera): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.move(camera);
      return;
    }
    cancelAnimationFrame(this.flight);
    const from = this.camera;
    const start = performance.now();
    const step = (now: number) => {
      const part = Math.min(1, (now - start) / 250);
      this.camera = part < 1 ? between(from, camera, 1 - (1 - part) ** 3) : camera;
      this.redraw();
      if (part < 1) {
        this.flight = requestAnimationFrame(step);
      }
    };
    this.flight = requestAnimationFrame(step);
  }

  pan(dx: number, dy: number): void {
    this.move(pan(this.camera, dx, dy, this.viewport));
  }

  orbit(dx: number, dy: number): void {
    this.move(orbit(this.camera, dx, dy));
  }

  zoom(factor: number, at: { x: number; y: number }): void {
    this.move(zoom(this.camera, factor, at, this.viewport));
  }

  zoomIn(at: { x: number; y: number }): void {
    this.fly(zoom(this.camera, 2, at, this.viewport));
  }

  /** Looks at a point. */
  lookAt(point: number): void {
    const target: [number, number, number] = [this.points[3 * point]!, this.points[3 * point + 1]!, this.points[3 * point + 2]!];
    this.fly({ ...this.camera, target, distance: this.camera.distance * 0.6 });
  }

  home(): void {
    this.fly(home(this.camera.dimensions));
  }

  redraw(): void {
    if (!this.scheduled) {
      this.scheduled = true;
      requestAnimationFrame(() => {
        this.scheduled = false;
        this.drawNow();
      });
    }
  }

  /** Draws in this task, so that the canvas can be read in it. */
  drawNow(): void {
    if (this.renderer === null || this.viewport.width < 1) {
      return;
    }
    const start = performance.now();
    const calls = this.renderer.draw(
      this.place(), this.viewport, { ...this.look, size: this.pointSize() }, this.camera.dimensions === 3);
    performance.measure('patchlens-map-frame', { start, end: performance.now(), detail: { calls, points: this.count } });
    this.frame++;
  }

  marks(): MapMarks {
    const place = this.place();
    return {
      screen: project(this.points, place, this.viewport), colors: this.colors, states: this.states, size: this.pointSize(),
      depth: this.camera.dimensions === 3 ? depths(this.points, place) : null, viewport: this.viewport, look: this.look,
    };
  }

  dispose(): void {
    this.disposed = true;
    cancelAnimationFrame(this.flight);
    this.searcher.close();
    this.renderer?.dispose();
  }
}
