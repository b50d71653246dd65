import { OVERLAYS, TRAY_TABS, defaultSpec, type Filter, type ViewSpec } from './spec.ts';
import { Bitmask } from './bitmask.ts';
import type { PatchTriple } from '../api/types.ts';
import { zoomed } from '../viewer/transform.ts';

/**
 * The view as the part of an address after `#`, which browsers never send to a server. Only what differs from the
 * defaults is written, in a readable form; what cannot be read is left at its default.
 */
export function writeHash(spec: ViewSpec, selection: string): string {
  const normal = flat(defaultSpec());
  const pairs = new URLSearchParams();
  for (const [key, value] of Object.entries(flat(spec))) {
    if (value !== normal[key]) {
      pairs.set(key, value);
    }
  }
  if (selection !== '') {
    pairs.set('selection', selection);
  }
  return pairs.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%3B', ';');
}

export function readHash(hash: string): { spec: ViewSpec; selection: string } {
  const pairs = new URLSearchParams(hash.replace(/^#/, ''));
  const spec = defaultSpec();
  const read = (key: string, apply: (text: string) => void) => {
    const text = pairs.get(key);
    if (text !== null) {
      apply(text);
    }
  };
  const number = (text: string, low: number, high: number, apply: (value: number) => void) => {
    const value = Number(text);
    if (text !== '' && value >= low && value <= high) {
      apply(value);
    }
  };
  read('study', (text) => (spec.study = text));
  read('images', (text) => {
    const images = text.split(',').map(Number).filter((image) => Number.isInteger(image) && image >= 0);
    if (images.length >= 1 && images.length <= 4) {
      spec.images = images;
    }
  });
  read('layer', (text) => (spec.layer = text));
  read('head', (text) => (spec.head = text));
  read('block', (text) => (spec.block = text));
  read('overlay', (text) => {
    const kind = OVERLAYS.find((one) => one === text);
    spec.overlay.kind = kind ?? spec.overlay.kind;
  });
  read('shown', (text) => (spec.overlay.shown = text !== '0'));
  read('opacity', (text) => number(text, 0, 1, (value) => (spec.overlay.opacity = value)));
  read('smooth', (text) => (spec.overlay.smooth = text === '1'));
  read('scale', (text) => {
    if (text === 'image' || text === 'study' || text === 'fixed') {
      spec.overlay.scale = text;
    }
  });
  read('low', (text) => number(text, -1e9, 1e9, (value) => (spec.overlay.low = value)));
  read('high', (text) => number(text, -1e9, 1e9, (value) => (spec.overlay.high = value)));
  read('reduce', (text) => {
    if (text === 'none' || text === 'center' || text === 'whiten') {
      spec.overlay.reduce = text;
    }
  });
  read('mass', (text) => number(text, 1, 100, (value) => (spec.overlay.mass = value)));
  read('reader', (text) => (spec.overlay.query = text === 'focus' ? 'focus' : 'cls'));
  read('mask', (text) => (spec.overlay.maskClass = text));
  read('from', (text) => (spec.overlay.result = text));
  read('high-norm', (text) => (spec.overlay.hideHighNorm = text === 'hidden'));
  read('contours', (text) => (spec.overlay.contours = text === '1'));
  read('window', (text) => {
    const [preset, centre, width] = text.split(',');
    if (preset !== undefined && Number(width) > 0) {
      spec.window = { ...spec.window, preset, centre: Number(centre), width: Number(width) };
    }
  });
  read('invert', (text) => (spec.window.invert = text === '1'));
  read('zoom', (text) => {
    const [factor, x, y] = numbers(text, 3) ?? [];
    if (factor !== undefined && x !== undefined && y !== undefined) {
      spec.zoom = zoomed(factor, x, y);
    }
  });
  read('lines', (text) => {
    const [image, other] = numbers(text, 2) ?? [];
    spec.lines = image === undefined || other === undefined ? null : [image, other];
  });
  read('focus', (text) => (spec.focus = patches(text)[0] ?? null));
  read('query', (text) => (spec.query = patches(text)));
  read('map', (text) => (spec.map.result = text));
  read('axes', (text) => (spec.map.dimensions = text === '3' ? 3 : 2));
  read('camera', (text) => (spec.map.camera = numbers(text, 6)));
  read('color', (text) => (spec.map.colorBy = text));
  read('hidden', (text) => (spec.map.hidden = text.split('\u001f')));
  read('density', (text) => {
    if (text === 'on' || text === 'off') {
      spec.map.density = text;
    }
  });
  read('thumbnails', (text) => (spec.map.thumbnails = text !== '0'));
  read('tray', (text) => (spec.tray = TRAY_TABS.find((tab) => tab === text) ?? spec.tray));
  read('result', (text) => (spec.result = text));
  read('filters', (text) => (spec.filters = readFilters(text)));
  read('unit', (text) => (spec.gallery.unit = text === 'patches' || text === 'exemplars' ? text : 'images'));
  read('sort', (text) => (spec.gallery.sort = text));
  read('descending', (text) => (spec.gallery.descending = text === '1'));
  read('least', (text) => number(text, -1e9, 1e9, (value) => (spec.gallery.least = value)));
  read('most', (text) => number(text, -1e9, 1e9, (value) => (spec.gallery.most = value)));
  read('only', (text) => (spec.gallery.selectedOnly = text === 'selected'));
  return { spec, selection: pairs.get('selection') ?? '' };
}

function flat(spec: ViewSpec): Record<string, string> {
  const { overlay, window, zoom, map, gallery } = spec;
  const flag = (value: boolean) => (value ? '1' : '0');
  return {
    study: spec.study,
    images: spec.images.join(','),
    layer: spec.layer,
    head: spec.head,
    block: spec.block,
    overlay: overlay.kind,
    shown: flag(overlay.shown),
    opacity: String(overlay.opacity),
    smooth: flag(overlay.smooth),
    scale: overlay.scale,
    low: String(overlay.low),
    high: String(overlay.high),
    reduce: overlay.reduce,
    mass: String(overlay.mass),
    reader: overlay.query,
    mask: overlay.maskClass,
    from: overlay.result,
    'high-norm': overlay.hideHighNorm ? 'hidden' : 'shown',
    contours: flag(overlay.contours),
    window: window.preset === 'own' ? '' : [window.preset, round(window.centre), round(window.width)].join(','),
    invert: flag(window.invert),
    zoom: zoom.factor === 1 ? '' : [zoom.factor, zoom.x, zoom.y].map(fine).join(','),
    lines: spec.lines === null ? '' : spec.lines.join(','),
    focus: spec.focus === null ? '' : spec.focus.join(','),
    query: spec.query.map((patch) => patch.join(',')).join(';'),
    map: map.result,
    axes: String(map.dimensions),
    camera: map.camera === null ? '' : map.camera.map(fine).join(','),
    color: map.colorBy,
    hidden: map.hidden.join('\u001f'),
    density: map.density,
    thumbnails: flag(map.thumbnails),
    tray: spec.tray,
    result: spec.result,
    filters: spec.filters.length === 0 ? '' : JSON.stringify(spec.filters),
    unit: gallery.unit,
    sort: gallery.sort,
    descending: flag(gallery.descending),
    least: gallery.least === null ? '' : String(gallery.least),
    most: gallery.most === null ? '' : String(gallery.most),
    only: gallery.selectedOnly ? 'selected' : 'all',
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function fine(value: number): number {
  return Number(value.toPrecision(5));
}

/** So many numbers, or null. */
function numbers(text: string, count: number): number[] | null {
  const found = text.split(',').map(Number);
  return text !== '' && found.length === count && found.every(Number.isFinite) ? found : null;
}

function patches(text: string): PatchTriple[] {
  return text
    .split(';')
    .map((part) => part.split(',').map(Number))
    .filter((part) => part.length === 3 && part.every((value) => Number.isInteger(value) && value >= 0))
    .map((part) => part as PatchTriple);
}

function readFilters(text: string): Filter[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.filter(isFilter) : [];
  } catch {
    return [];
  }
}

function isFilter(value: unknown): value is Filter {
  const filter = value as Partial<Filter> | null;
  if (typeof filter?.column !== 'string') {
    return false;
  }
  return filter.kind === 'values'
    ? Array.isArray(filter.values)
    : filter.kind === 'range' && typeof filter.low === 'number' && typeof filter.high === 'number';
}

/** Browsers keep addresses of this length; a selection that needs more stays out of the link, and the page says so. */
export const LONGEST_SELECTION = 24_000;

/** Runs of patches as gaps and lengths, in numbers of 7 bits, in the alphabet of addresses. */
export function packSelection(mask: Bitmask): string {
  const bytes: number[] = [];
  const push = (value: number) => {
    let rest = value;
    while (rest > 127) {
      bytes.push((rest & 127) | 128);
      rest = Math.floor(rest / 128);
    }
    bytes.push(rest);
  };
  let end = 0;
  let start = -1;
  let last = -2;
  const close = () => {
    push(start - end);
    push(last - start + 1);
    end = last + 1;
  };
  for (const index of mask.indices()) {
    if (index !== last + 1) {
      if (start >= 0) {
        close();
      }
      start = index;
    }
    last = index;
    if (bytes.length > LONGEST_SELECTION) {
      return '';
    }
  }
  if (start >= 0) {
    close();
  }
  let binary = '';
  for (const byte of bytes) {
    binary += String.fromCharCode(byte);
  }
  const text = btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return text.length > LONGEST_SELECTION ? '' : text;
}

export function unpackSelection(text: string, size: number): Bitmask {
  let binary: string;
  try {
    binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return Bitmask.empty(size);
  }
  const numbers: number[] = [];
  let value = 0;
  let factor = 1;
  for (let i = 0; i < binary.length; i++) {
    const byte = binary.charCodeAt(i);
    value += (byte & 127) * factor;
    factor *= 128;
    if (byte < 128) {
      numbers.push(value);
      value = 0;
      factor = 1;
    }
  }
  const indices: number[] = [];
  let at = 0;
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    at += numbers[i]!;
    const stop = Math.min(size, at + numbers[i + 1]!);
    while (at < stop) {
      indices.push(at++);
    }
  }
  return Bitmask.of(size, indices);
}
