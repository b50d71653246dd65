import type { PatchTriple } from '../api/types.ts';
import type { Session } from '../state/session.svelte.ts';
import type { ViewerModel } from './model.svelte.ts';
import { panned, patchAt, region, zoomAt, WHOLE, type Size, type Transform } from './transform.ts';
import { dragged } from './window.ts';

interface Place {
  transform: Transform;
  size: Size;
  image: Size;
}

type Drag =
  | { kind: 'patches'; from: { row: number; column: number } }
  | { kind: 'window'; x: number; y: number; centre: number; width: number }
  | { kind: 'pan'; x: number; y: number };

/** Mouse and pen on one pane: left for patches, right for the window, middle or Alt for moving the image. */
export class PaneGestures {
  private readonly session: Session;
  private readonly model: ViewerModel;
  private readonly pane: number;
  private readonly place: () => Place;
  private drag: Drag | null = null;
  /** The patches that a drag covers so far. */
  region: PatchTriple[] = $state.raw([]);

  constructor(session: Session, model: ViewerModel, pane: number, place: () => Place) {
    this.session = session;
    this.model = model;
    this.pane = pane;
    this.place = place;
  }

  down(event: PointerEvent): void {
    const stage = event.currentTarget as HTMLElement;
    stage.setPointerCapture(event.pointerId);
    this.model.active = this.pane;
    const { centre, width } = this.session.spec.window;
    if (event.button === 2 || (event.button === 0 && this.model.windowing)) {
      this.drag = { kind: 'window', x: event.clientX, y: event.clientY, centre, width };
    } else if (event.button === 1 || event.altKey) {
      event.preventDefault();
      this.drag = { kind: 'pan', x: event.clientX, y: event.clientY };
    } else {
      const from = this.patch(event);
      this.drag = from === null ? null : { kind: 'patches', from };
    }
  }

  move(event: PointerEvent): void {
    const patch = this.patch(event);
    const image = this.image();
    this.session.hover = patch === null ? null : [image, patch.row, patch.column];
    const drag = this.drag;
    if (drag?.kind === 'window') {
      const window = dragged(this.session.pixelScale, drag, event.clientX - drag.x, event.clientY - drag.y);
      this.session.spec.window = { ...this.session.spec.window, preset: 'free', ...window };
    } else if (drag?.kind === 'pan') {
      const { image: extent, size } = this.place();
      this.model.zoom = panned(this.model.zoom, event.clientX - drag.x, event.clientY - drag.y, extent, size);
      this.drag = { kind: 'pan', x: event.clientX, y: event.clientY };
    } else if (drag?.kind === 'patches' && patch !== null) {
      const moved = patch.row !== drag.from.row || patch.column !== drag.from.column;
      this.region = moved || this.region.length > 0
        ? region(drag.from, patch).map((one): PatchTriple => [image, one.row, one.column])
        : [];
    }
  }

  up(event: PointerEvent): void {
    const drag = this.drag;
    this.drag = null;
    const covered = this.region;
    this.region = [];
    if (drag?.kind !== 'patches') {
      return;
    }
    performance.mark('patchlens-click');
    const before = this.session.spec.focus;
    const image = this.image();
    if (covered.length > 1) {
      this.session.focusRegion(event.shiftKey ? [...$state.snapshot(this.session.spec.query), ...covered] : covered);
    } else {
      this.session.focusOn([image, drag.from.row, drag.from.column], event.shiftKey);
    }
    const visible = before !== null && this.session.spec.images.includes(before[0]);
    if (before !== null && visible && before[0] !== image && !event.shiftKey) {
      this.session.spec.lines = [before[0], image];
    }
  }

  /** The system took the pointer away: nothing was meant. */
  cancel(): void {
    this.drag = null;
    this.region = [];
  }

  wheel(event: WheelEvent): void {
    event.preventDefault();
    const next = this.model.sliceFrom(this.image(), event.deltaY > 0 ? 1 : -1);
    if (next !== null && !event.ctrlKey && !event.metaKey) {
      this.session.show(next, this.pane);
      return;
    }
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    const { image, size } = this.place();
    this.model.zoom = zoomAt(this.model.zoom, 1.0015 ** -event.deltaY, at, image, size);
  }

  doubleClick(event: MouseEvent): void {
    if (event.altKey || event.button !== 0) {
      this.model.zoom = WHOLE;
    }
  }

  private image(): number {
    return this.session.spec.images[this.pane] ?? 0;
  }

  private patch(event: PointerEvent): { row: number; column: number } | null {
    const grid = this.session.study?.grid;
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const { transform, image } = this.place();
    return grid === undefined
      ? null
      : patchAt({ x: event.clientX - box.left, y: event.clientY - box.top }, transform, image, grid);
  }
}
