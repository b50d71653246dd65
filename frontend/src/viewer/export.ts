import { number } from '../color/format.ts';
import { table } from '../color/maps.ts';
import { download, fileName, origin, svgText } from '../export/download.ts';
import type { Session } from '../state/session.svelte.ts';
import type { ViewerModel } from './model.svelte.ts';
import { KINDS } from './overlay-kinds.ts';
import type { Overlays } from './overlays.svelte.ts';
import type { Scale } from './paint.ts';

const FOOT = 64;

/** The panes as they are on screen, at the resolution of the screen, with colour bar and caption below. */
export async function exportViewer(session: Session, overlays: Overlays, model: ViewerModel): Promise<void> {
  const stages = [...document.querySelectorAll<HTMLElement>('[data-pane]')];
  const boxes = stages.map((stage) => stage.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const width = Math.max(...boxes.map((box) => box.right)) - left;
  const height = Math.max(...boxes.map((box) => box.bottom)) - top;
  const ratio = Math.max(2, devicePixelRatio);
  const canvas = new OffscreenCanvas(width * ratio, (height + FOOT) * ratio);
  const context = canvas.getContext('2d')!;
  context.scale(ratio, ratio);
  context.fillStyle = '#0a0d11';
  context.fillRect(0, 0, width, height + FOOT);
  stages.forEach((stage, i) => drawStage(context, stage, boxes[i]!.left - left, boxes[i]!.top - top));
  for (const svg of document.querySelectorAll<SVGSVGElement>('[data-pane] svg, .stages > svg')) {
    await drawSvg(context, svg, left, top);
  }
  drawFoot(context, session, height, overlays.scale(session.spec.images[model.active] ?? 0));
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  download(fileName(session, `${session.spec.overlay.kind}-layer-${session.spec.layer}`, 'png'), blob);
}

function drawStage(
  context: OffscreenCanvasRenderingContext2D, stage: HTMLElement, x: number, y: number,
): void {
  const frame = stage.getBoundingClientRect();
  context.save();
  context.beginPath();
  context.rect(x, y, frame.width, frame.height);
  context.clip();
  for (const part of stage.querySelectorAll('canvas')) {
    const style = getComputedStyle(part);
    if (style.visibility === 'hidden' || part.width === 0) {
      continue;
    }
    const box = part.getBoundingClientRect();
    context.globalAlpha = Number(style.opacity);
    context.imageSmoothingEnabled = style.imageRendering !== 'pixelated';
    context.drawImage(part, x + box.left - frame.left, y + box.top - frame.top, box.width, box.height);
  }
  context.restore();
}

async function drawSvg(
  context: OffscreenCanvasRenderingContext2D, svg: SVGSVGElement, left: number, top: number,
): Promise<void> {
  const box = svg.getBoundingClientRect();
  const text = svgText(svg, '').replace(/<rect width="100%"[^>]*\/>/, '').replace(/<rect width="100%"[^>]*><\/rect>/, '');
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await picture.decode();
  context.drawImage(picture, box.left - left, box.top - top);
}

function drawFoot(context: OffscreenCanvasRenderingContext2D, session: Session, height: number, scale: Scale): void {
  context.fillStyle = '#e9edf2';
  context.font = '12px system-ui, sans-serif';
  context.fillText(KINDS[session.spec.overlay.kind].meaning(session.spec, session.study?.blocks ?? 1), 8, height + 20);
  context.font = '10px system-ui, sans-serif';
  context.fillStyle = '#a3aebc';
  const names = session.spec.images.map((image) => session.images[image]?.id ?? image).join(', ');
  context.fillText(origin(session, names), 8, height + 56);
  const colors = table(scale.map);
  for (let i = 0; i < 160; i++) {
    const at = 3 * Math.round((i / 159) * 255);
    context.fillStyle = `rgb(${colors[at]}, ${colors[at + 1]}, ${colors[at + 2]})`;
    context.fillRect(8 + i, height + 28, 1.5, 8);
  }
  context.fillStyle = '#e9edf2';
  context.fillText(`${number(scale.low)} to ${number(scale.high)} ${scale.unit}`, 176, height + 36);
}
