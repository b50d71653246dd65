import { csvBlob, download, fileName, origin } from '../export/download.ts';
import { number } from '../color/format.ts';
import { table } from '../color/maps.ts';
import type { Session } from '../state/session.svelte.ts';
import type { Coloring } from './coloring.ts';
import type { Cloud } from './model.svelte.ts';
import type { MapStage } from './stage.svelte.ts';

const FOOT = 30;
const LINE = 18;

/** The map as on screen, with legend and caption. */
export async function exportMap(
  session: Session, stage: MapStage, canvas: HTMLCanvasElement, coloring: Coloring | null,
): Promise<void> {
  const { width, height } = stage.viewport;
  const ratio = Math.max(2, devicePixelRatio);
  const sheet = new OffscreenCanvas(width * ratio, (height + FOOT) * ratio);
  const context = sheet.getContext('2d')!;
  const style = getComputedStyle(document.documentElement);
  context.scale(ratio, ratio);
  context.fillStyle = style.getPropertyValue('--panel');
  context.fillRect(0, 0, width, height + FOOT);
  stage.drawNow();
  for (const layer of canvas.parentElement!.querySelectorAll('canvas')) {
    if (getComputedStyle(layer).visibility !== 'hidden') {
      context.globalAlpha = Number(getComputedStyle(layer).opacity);
      context.drawImage(layer, 0, 0, width, height);
    }
  }
  context.globalAlpha = 1;
  context.font = '12px system-ui, sans-serif';
  context.fillStyle = style.getPropertyValue('--text');
  if (coloring !== null) {
    drawLegend(context, coloring);
  }
  context.font = '10px system-ui, sans-serif';
  context.fillStyle = style.getPropertyValue('--soft');
  context.fillText(origin(session, `map ${session.spec.map.result}`), 8, height + 19);
  download(fileName(session, 'map', 'png'), await sheet.convertToBlob({ type: 'image/png' }));
}

function drawLegend(context: OffscreenCanvasRenderingContext2D, coloring: Coloring): void {
  const ink = context.fillStyle;
  coloring.legend.forEach((entry, i) => {
    context.fillStyle = entry.color;
    context.fillRect(10, 10 + i * LINE, 10, 10);
    context.fillStyle = ink;
    context.fillText(`${entry.value} (${entry.count})`, 26, 19 + i * LINE);
  });
  const scale = coloring.scale;
  if (scale !== null) {
    const colors = table(scale.map);
    for (let i = 0; i < 140; i++) {
      const at = 3 * Math.round((i / 139) * 255);
      context.fillStyle = `rgb(${colors[at]}, ${colors[at + 1]}, ${colors[at + 2]})`;
      context.fillRect(10 + i, 10, 1.5, 9);
    }
    context.fillStyle = ink;
    context.fillText(`${number(scale.low)} to ${number(scale.high)} ${scale.unit}`, 10, 34);
  }
}

/** The coordinates of every point with what it stands for, as CSV. */
export function mapRows(session: Session, cloud: Cloud | null): void {
  if (cloud === null) {
    return;
  }
  const names = [...session.columns.keys()];
  const rows: (string | number | null)[][] = [['x', 'y', 'z', 'image', 'id', 'row', 'column', ...cloud.extras.keys(), ...names]];
  cloud.image.forEach((image, i) => {
    const [, row, column] = cloud.patch === null ? [0, null, null] : session.triple(image * session.patches + cloud.patch[i]!);
    rows.push([
      cloud.points[3 * i]!, cloud.points[3 * i + 1]!, cloud.points[3 * i + 2]!, image, session.images[image]?.id ?? '', row, column,
      ...[...cloud.extras.values()].map((values) => values[i]!),
      ...names.map((name) => session.columns.get(name)?.[image] ?? null),
    ]);
  });
  download(fileName(session, 'map', 'csv'), csvBlob(rows));
}
