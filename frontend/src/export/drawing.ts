import { plainColor } from './plain-color.ts';
import { cells, clipped, digits, escaped, tag } from './svg.ts';

/** Controls are not part of the picture; nor is what only screen readers hear, or what still loads. */
const LEFT_OUT = '.button, .close, .link, input, select, textarea, progress, [role=toolbar], [role=tablist], .hidden-label, .skeleton';

/** Canvases of at most so many pixels that are shown enlarged become squares, others pictures. */
const MOST_CELLS = 10_000;

interface Place {
  left: number;
  top: number;
  /** What lies outside of it is left out. */
  view: DOMRect;
}

/**
 * Canvases that can say what is on them as shapes, with the origin at their top left; null where there are so many that
 * their picture is the better drawing.
 */
export const vectors = new WeakMap<HTMLCanvasElement, () => string | null>();

/**
 * A part of the page as the body of an SVG with the origin at its top left: text stays text, drawings and patches stay
 * vectors, pictures are embedded.
 */
export function drawing(root: Element): string {
  const view = root.getBoundingClientRect();
  return part(root, { left: view.left, top: view.top, view });
}

function part(element: Element, place: Place): string {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const { view } = place;
  const outside = box.right < view.left || box.left > view.right || box.bottom < view.top || box.top > view.bottom;
  if (style.display === 'none' || element.matches(LEFT_OUT) || (outside && style.display !== 'contents')) {
    return '';
  }
  const own = style.visibility === 'hidden' ? '' : ground(style, box, place) + itself(element, style, box, place);
  const children = element instanceof SVGElement ? '' : [...element.childNodes].map((child) =>
    child instanceof Element ? part(child, place) : child instanceof Text && style.visibility !== 'hidden' ? lines(child, style, place) : '').join('');
  const content = own + (style.overflow === 'visible' || children === '' ? children : clipped(at(box, place), children));
  return content === '' || style.opacity === '1' ? content : tag('g', { opacity: style.opacity }, content);
}

function at(box: DOMRect, { left, top }: Place): { x: number; y: number; width: number; height: number } {
  return { x: box.left - left, y: box.top - top, width: box.width, height: box.height };
}

function itself(element: Element, style: CSSStyleDeclaration, box: DOMRect, place: Place): string {
  if (element instanceof HTMLCanvasElement) {
    return canvas(element, style, box, place);
  }
  if (element instanceof HTMLImageElement) {
    return element.complete && element.naturalWidth > 0 ? picture(copied(element).toDataURL('image/png'), style, box, place) : '';
  }
  return element instanceof SVGSVGElement ? svg(element, box, place) : '';
}

function ground(style: CSSStyleDeclaration, box: DOMRect, place: Place): string {
  const colors = style.backgroundImage.startsWith('linear-gradient(') ? style.backgroundImage.match(/rgba?\([^)]*\)/g) : null;
  const radius = Math.min(box.width / 2, box.height / 2, Number.parseFloat(style.borderTopLeftRadius) || 0);
  const frame = { ...at(box, place), rx: radius > 0 ? radius : undefined };
  if (colors !== null && colors.length > 1) {
    const id = `colors-${digits(frame.x)}-${digits(frame.y)}`.replaceAll('.', '_');
    const stops = colors.map((color, i) => tag('stop', { offset: i / (colors.length - 1), 'stop-color': plainColor(color).color })).join('');
    return tag('linearGradient', { id }, stops) + tag('rect', { ...frame, fill: `url(#${id})` });
  }
  const { color, cover } = plainColor(style.backgroundColor);
  return cover === 0 ? '' : tag('rect', { ...frame, fill: color, 'fill-opacity': cover < 1 ? cover : undefined });
}

function canvas(element: HTMLCanvasElement, style: CSSStyleDeclaration, box: DOMRect, place: Place): string {
  const { width, height } = element;
  if (width === 0 || height === 0) {
    return '';
  }
  const shapes = vectors.get(element)?.() ?? null;
  if (shapes !== null) {
    return clipped(at(box, place), tag('g', { transform: `translate(${digits(box.left - place.left)} ${digits(box.top - place.top)})` }, shapes));
  }
  if (style.imageRendering !== 'pixelated' || width * height > MOST_CELLS) {
    return picture(element.toDataURL('image/png'), style, box, place);
  }
  const pixels = element.getContext('2d')!.getImageData(0, 0, width, height).data;
  const frame = { ...at(box, place), viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', 'shape-rendering': 'crispEdges' };
  return tag('svg', frame, cells(pixels, width, height));
}

function copied(element: HTMLImageElement): HTMLCanvasElement {
  const copy = document.createElement('canvas');
  copy.width = element.naturalWidth;
  copy.height = element.naturalHeight;
  copy.getContext('2d')!.drawImage(element, 0, 0);
  return copy;
}

function picture(href: string, style: CSSStyleDeclaration, box: DOMRect, place: Place): string {
  const rendering = style.imageRendering === 'pixelated' ? 'image-rendering:pixelated' : undefined;
  return tag('image', { ...at(box, place), preserveAspectRatio: 'none', style: rendering, href });
}

/** The words of a text node where they stand, line by line. */
function lines(node: Text, style: CSSStyleDeclaration, place: Place): string {
  const range = document.createRange();
  const found: { text: string; box: DOMRect }[] = [];
  for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const box = range.getBoundingClientRect();
    const last = found.at(-1);
    if (last !== undefined && Math.abs(last.box.top - box.top) < box.height / 2) {
      last.text += ` ${word}`;
    } else if (box.width > 0) {
      found.push({ text: word, box });
    }
  }
  const measure = new OffscreenCanvas(1, 1).getContext('2d')!;
  measure.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = measure.measureText('x');
  const attributes = {
    'font-family': style.fontFamily, 'font-size': style.fontSize, fill: plainColor(style.color).color,
    'font-weight': style.fontWeight === '400' ? undefined : style.fontWeight,
    'text-decoration': style.textDecorationLine === 'none' ? undefined : style.textDecorationLine,
  };
  return found.map(({ text, box }) => tag('text', {
    x: box.left - place.left, y: box.top - place.top + (box.height - ascent - descent) / 2 + ascent, ...attributes,
  }, escaped(text))).join('');
}

/** What a style sheet says of SVG, with what holds where it says nothing. */
const INHERITED: Record<string, string> = {
  'fill-opacity': '1', fill: 'rgb(0, 0, 0)', 'stroke-opacity': '1', stroke: 'none', 'stroke-width': '1px', 'stroke-dasharray': 'none',
  'stroke-linecap': 'butt', 'stroke-linejoin': 'miter', 'font-family': '', 'font-size': '', 'font-weight': '400', 'text-anchor': 'start',
  'dominant-baseline': 'auto', visibility: 'visible',
};
const OWN: Record<string, string> = { opacity: '1', 'vector-effect': 'none' };

/** A drawing of the page with its computed styles written in. */
function svg(element: SVGSVGElement, box: DOMRect, place: Place): string {
  const copy = element.cloneNode(true) as SVGSVGElement;
  const originals = [...element.querySelectorAll<SVGElement>('*')];
  const copies = [...copy.querySelectorAll<SVGElement>('*')];
  inscribe(element, copy, () => undefined);
  originals.forEach((original, i) => {
    const parent = getComputedStyle(original.parentElement!);
    inscribe(original, copies[i]!, (name) => parent.getPropertyValue(name));
  });
  const { x, y, width, height } = at(box, place);
  for (const [name, value] of Object.entries({ x, y, width, height })) {
    copy.setAttribute(name, digits(value));
  }
  copy.removeAttribute('aria-hidden');
  return new XMLSerializer().serializeToString(copy).replaceAll('<!---->', '');
}

function inscribe(from: SVGElement, to: SVGElement, inherited: (name: string) => string | undefined): void {
  const computed = getComputedStyle(from);
  to.removeAttribute('class');
  to.removeAttribute('style');
  for (const [name, normal] of [...Object.entries(INHERITED), ...Object.entries(OWN)]) {
    const value = computed.getPropertyValue(name);
    const before = name in OWN ? normal : (inherited(name) ?? normal);
    if (value === before || value === '') {
      continue;
    }
    const { color, cover } = plainColor(value);
    to.style.setProperty(name, color);
    if (cover < 1 && (name === 'fill' || name === 'stroke')) {
      to.style.setProperty(`${name}-opacity`, String(cover * Number(computed.getPropertyValue(`${name}-opacity`))));
    }
  }
}
