/** Where the image lies in its pane: scale in screen pixels per image pixel, and the place of its top left corner. */
export interface Transform {
  scale: number;
  x: number;
  y: number;
}

/** Zoom relative to the pane and the middle of the view in parts of the image: the same for panes of any size. */
export interface Zoom {
  factor: number;
  x: number;
  y: number;
}

export const WHOLE: Zoom = { factor: 1, x: 0.5, y: 0.5 };

const MOST_ZOOM = 40;

/** A zoom from outside, within what the viewer allows. */
export function zoomed(factor: number, x: number, y: number): Zoom {
  return clamped({ factor: Math.min(MOST_ZOOM, Math.max(1, factor)), x, y });
}

export interface Size {
  width: number;
  height: number;
}

export function place(zoom: Zoom, image: Size, pane: Size): Transform {
  const scale = zoom.factor * Math.min(pane.width / image.width, pane.height / image.height);
  return {
    scale,
    x: pane.width / 2 - zoom.x * image.width * scale,
    y: pane.height / 2 - zoom.y * image.height * scale,
  };
}

/** Zoomed by a factor so that what is under the cursor stays there. */
export function zoomAt(zoom: Zoom, by: number, at: { x: number; y: number }, image: Size, pane: Size): Zoom {
  const factor = Math.min(MOST_ZOOM, Math.max(1, zoom.factor * by));
  const before = place(zoom, image, pane);
  const u = (at.x - before.x) / (image.width * before.scale);
  const v = (at.y - before.y) / (image.height * before.scale);
  const scale = factor * Math.min(pane.width / image.width, pane.height / image.height);
  return clamped({
    factor,
    x: u - (at.x - pane.width / 2) / (image.width * scale),
    y: v - (at.y - pane.height / 2) / (image.height * scale),
  });
}

export function panned(zoom: Zoom, dx: number, dy: number, image: Size, pane: Size): Zoom {
  const { scale } = place(zoom, image, pane);
  return clamped({ factor: zoom.factor, x: zoom.x - dx / (image.width * scale), y: zoom.y - dy / (image.height * scale) });
}

function clamped(zoom: Zoom): Zoom {
  const half = 0.5 / zoom.factor;
  const within = (value: number) => Math.min(1 - half, Math.max(half, value));
  return { factor: zoom.factor, x: within(zoom.x), y: within(zoom.y) };
}

export interface GridSize {
  rows: number;
  columns: number;
}

/** The patch under a place of the pane, or null beside the image. */
export function patchAt(
  at: { x: number; y: number }, transform: Transform, image: Size, grid: GridSize,
): { row: number; column: number } | null {
  const u = (at.x - transform.x) / (transform.scale * image.width);
  const v = (at.y - transform.y) / (transform.scale * image.height);
  if (u < 0 || v < 0 || u >= 1 || v >= 1) {
    return null;
  }
  return { row: Math.floor(v * grid.rows), column: Math.floor(u * grid.columns) };
}

/** All patches of the rectangle between two, row by row. */
export function region(
  a: { row: number; column: number }, b: { row: number; column: number },
): { row: number; column: number }[] {
  const patches: { row: number; column: number }[] = [];
  for (let row = Math.min(a.row, b.row); row <= Math.max(a.row, b.row); row++) {
    for (let column = Math.min(a.column, b.column); column <= Math.max(a.column, b.column); column++) {
      patches.push({ row, column });
    }
  }
  return patches;
}
