import { csvBlob, download, fileName } from '../export/download.ts';
import { saveView, type Format } from '../export/picture.ts';
import { digits, tag } from '../export/svg.ts';
import { SHAPES, shapePath } from '../color/categories.ts';
import type { Session } from '../state/session.svelte.ts';
import { drawOrder } from './geometry.ts';
import type { Cloud } from './model.svelte.ts';
import { coverOf, fading, HIDDEN, nearness, SELECTED } from './renderer.ts';
import type { MapMarks, MapStage } from './stage.svelte.ts';

/** Above so many points in view a drawing is slower to open than it is worth; their picture is embedded instead. */
export const MOST_VECTORS = 30_000;

/** The map as on screen, with legend and caption. */
export async function exportMap(session: Session, stage: MapStage, view: Element, format: Format): Promise<void> {
  stage.drawNow();
  const many = pointsInView(stage.marks()).length > MOST_VECTORS;
  const title = `map ${session.spec.map.result}${many ? ', its many points as a picture' : ''}`;
  await saveView(session, view, { format, title, name: 'map' });
}

/** Every point in view as a shape of its own, those that are selected above; null where there are too many. */
export function pointDrawing(marks: MapMarks): string | null {
  const shown = pointsInView(marks);
  if (shown.length > MOST_VECTORS) {
    return null;
  }
  const { depth, states } = marks;
  const above = (point: number) => (states[point] === SELECTED ? 1 : 0);
  shown.sort((a, b) => above(a) - above(b) || (depth === null ? 0 : depth[b]! - depth[a]!));
  const used = [...new Set(shown.map((point) => marks.colors[4 * point + 3]!))];
  const shapes = used.map((shape) => tag('path', {
    id: `point-${shape}`, d: shapePath(SHAPES[shape] ?? SHAPES[0], 1), 'stroke-width': 0.3,
  })).join('');
  return tag('defs', {}, shapes) + shown.map((point) => use(marks, point)).join('\n');
}

function pointsInView({ screen, states, viewport }: MapMarks): number[] {
  const far = 20;
  return [...drawOrder(states.length)].filter((point) => {
    const [x, y] = [screen[2 * point]!, screen[2 * point + 1]!];
    return states[point] !== HIDDEN && x > -far && y > -far && x < viewport.width + far && y < viewport.height + far;
  });
}

function use({ screen, depth, colors, states, size, look }: MapMarks, point: number): string {
  const { part, ground, ring } = fading(look.dark);
  const selected = states[point] === SELECTED;
  const near = depth === null ? 1 : nearness(depth[point]!);
  const faded = selected || !look.dimmed ? 0 : part;
  const color = ground.map((value, i) => colors[4 * point + i]! * (1 - faded) + 255 * value * faded);
  return tag('use', {
    href: `#point-${colors[4 * point + 3]}`,
    transform: `translate(${digits(screen[2 * point]!)} ${digits(screen[2 * point + 1]!)}) scale(${digits((size * near * (selected ? 1.5 : 1)) / 2)})`,
    fill: hex(color), 'fill-opacity': selected ? undefined : coverOf(look), stroke: selected ? hex(ring.map((value) => 255 * value)) : undefined,
  });
}

function hex(color: readonly number[]): string {
  return `#${color.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

/** The coordinates of every point with what it stands for, as CSV. */
export async function mapRows(session: Session, cloud: Cloud | null): Promise<void> {
  if (cloud === null) {
    return;
  }
  const names = (session.study?.columns ?? []).map((column) => column.name);
  await Promise.all(names.map((name) => session.column(name)));
  const rows: (string | number | null)[][] = [[...['x', 'y', 'z'].slice(0, cloud.dimensions), 'image', 'id', 'row', 'column', ...cloud.extras.keys(), ...names]];
  cloud.image.forEach((image, i) => {
    const [, row, column] = cloud.patch === null ? [0, null, null] : session.triple(image * session.patches + cloud.patch[i]!);
    rows.push([
      ...cloud.positions.subarray(cloud.dimensions * i, cloud.dimensions * (i + 1)), image, session.images[image]?.id ?? '', row, column,
      ...[...cloud.extras.values()].map((values) => values[i]!),
      ...names.map((name) => session.columns.get(name)?.[image] ?? null),
    ]);
  });
  download(fileName(session, 'map', 'csv'), csvBlob(rows));
}
