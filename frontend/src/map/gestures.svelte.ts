import type { MapStage } from './stage.svelte.ts';

export type Mode = 'move' | 'rectangle' | 'lasso';

interface Outcome {
  /** Points inside a rectangle or lasso. */
  select(polygon: number[], add: boolean): void;
  /** A click on a place. */
  click(x: number, y: number, add: boolean): void;
  hover(x: number, y: number): void;
}

/** Mouse and pen on the map: drag moves or orbits, with Shift selects. */
export class MapGestures {
  private readonly stage: MapStage;
  private readonly outcome: Outcome;
  mode: Mode = $state('move');
  /** The polygon while it is drawn, `[x, y, x, y, …]` in pixels of the map. */
  polygon: number[] = $state.raw([]);
  private drag: { kind: Mode | 'pan'; x: number; y: number; moved: boolean; add: boolean } | null = null;

  constructor(stage: MapStage, outcome: Outcome) {
    this.stage = stage;
    this.outcome = outcome;
  }

  down(event: PointerEvent): void {
    const element = event.currentTarget as HTMLElement;
    element.setPointerCapture(event.pointerId);
    const { x, y } = local(event);
    const lasso = event.shiftKey && (event.ctrlKey || event.metaKey);
    const kind: Mode | 'pan' = event.button === 2 || event.button === 1
      ? 'pan'
      : lasso ? 'lasso' : event.shiftKey && this.mode === 'move' ? 'rectangle' : this.mode;
    this.drag = { kind, x, y, moved: false, add: this.mode !== 'move' && event.shiftKey };
    this.polygon = kind === 'rectangle' || kind === 'lasso' ? [x, y] : [];
  }

  move(event: PointerEvent): void {
    const { x, y } = local(event);
    const drag = this.drag;
    if (drag === null) {
      this.outcome.hover(x, y);
      return;
    }
    const dx = x - drag.x;
    const dy = y - drag.y;
    drag.moved ||= Math.hypot(dx, dy) > 3;
    if (!drag.moved) {
      return;
    }
    if (drag.kind === 'rectangle') {
      this.polygon = [drag.x, drag.y, x, drag.y, x, y, drag.x, y];
    } else if (drag.kind === 'lasso') {
      this.polygon = [...this.polygon, x, y];
    } else {
      if (drag.kind === 'pan' || this.stage.camera.dimensions === 2) {
        this.stage.pan(dx, dy);
      } else {
        this.stage.orbit(dx, dy);
      }
      drag.x = x;
      drag.y = y;
    }
  }

  up(event: PointerEvent): void {
    const drag = this.drag;
    this.drag = null;
    const polygon = this.polygon;
    this.polygon = [];
    if (drag === null) {
      return;
    }
    const { x, y } = local(event);
    if (!drag.moved) {
      if (event.button === 0) {
        this.outcome.click(x, y, event.shiftKey);
      }
    } else if (polygon.length >= 6) {
      this.outcome.select(polygon, drag.add);
    }
  }

  /** The system took the pointer away: nothing was meant. */
  cancel(): void {
    this.drag = null;
    this.polygon = [];
  }

  wheel(event: WheelEvent): void {
    event.preventDefault();
    this.stage.zoom(1.0018 ** -event.deltaY, local(event));
  }
}

function local(event: MouseEvent): { x: number; y: number } {
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}
