import type { Study } from '../api/types.ts';

/** A window in Hounsfield units: what lies between centre - width/2 and centre + width/2 becomes black to white. */
export interface Preset {
  key: string;
  name: string;
  centre: number;
  width: number;
}

export const PRESETS: readonly Preset[] = [
  { key: '1', name: 'soft', centre: 40, width: 400 },
  { key: '2', name: 'lung', centre: -600, width: 1500 },
  { key: '3', name: 'bone', centre: 400, width: 1800 },
  { key: '4', name: 'brain', centre: 40, width: 80 },
  { key: '5', name: 'liver', centre: 90, width: 150 },
];

/** What the bytes of the kept pictures stand for. */
export interface PixelScale {
  /** The value of byte 0. */
  low: number;
  /** The value of byte 255. */
  high: number;
  unit: 'HU' | '';
}

export const BYTES: PixelScale = { low: 0, high: 255, unit: '' };

/** Pictures whose numbers have no unit, other than those of scans. */
const PICTURE = /\.(png|jpe?g|gif|bmp|tiff?|webp)$/i;

/** What is added to Hounsfield units where they are kept without a sign. */
const UNSIGNED = 1024;

/** `window` of the provenance: a preset with its numbers, two numbers, or what is taken where nothing was asked for. */
const WINDOW = /\bwindow (default\(HU:)?([a-z]+\()?(-?\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)/;

/**
 * The values that the kept 8-bit pictures hold, where all images of the study had one window of known numbers;
 * otherwise the bytes themselves, because nothing else is known. A preset means Hounsfield units; two numbers are
 * those of the files, which are such units in computed tomography and, 1024 higher, in pictures of it.
 *
 * @param source the file of an image
 */
export function pixelScale({ provenance, columns }: Pick<Study, 'provenance' | 'columns'>, source: string): PixelScale {
  const [, usual, preset, centre, width] = WINDOW.exec(provenance.preprocessing ?? '') ?? [];
  const modalities = columns?.find((column) => column.name === 'modality')?.values?.map(({ value }) => value);
  const tomography = modalities?.every((value) => value === 'CT');
  if (centre === undefined || (usual !== undefined && tomography !== true)) {
    return BYTES;
  }
  const known = preset !== undefined || (PICTURE.test(source) ? false : tomography !== false);
  const shifted = !known && PICTURE.test(source)
    && PRESETS.some((one) => one.centre + UNSIGNED === Number(centre) && one.width === Number(width));
  const middle = Number(centre) - (shifted ? UNSIGNED : 0);
  return { low: middle - Number(width) / 2, high: middle + Number(width) / 2, unit: known || shifted ? 'HU' : '' };
}

/** The whole of what was kept. */
export function ownWindow(scale: PixelScale): { centre: number; width: number } {
  return { centre: (scale.low + scale.high) / 2, width: scale.high - scale.low };
}

/** Which grey each byte becomes, `Uint8Array[256]`. */
export function windowTable(scale: PixelScale, centre: number, width: number, invert: boolean): Uint8ClampedArray {
  const table = new Uint8ClampedArray(256);
  const step = (scale.high - scale.low) / 255;
  for (let byte = 0; byte < 256; byte++) {
    const part = (scale.low + byte * step - (centre - width / 2)) / width;
    const grey = 255 * Math.min(1, Math.max(0, part));
    table[byte] = invert ? 255 - grey : grey;
  }
  return table;
}

/** What the kept 8 bits cannot show of a window, as a sentence; empty where they hold all of it. */
export function windowLimits(scale: PixelScale, centre: number, width: number): string {
  if (scale.unit !== 'HU') {
    return '';
  }
  const step = (scale.high - scale.low) / 255;
  const lost: string[] = [];
  if (centre - width / 2 < scale.low - step) {
    lost.push(`below ${Math.round(scale.low)}`);
  }
  if (centre + width / 2 > scale.high + step) {
    lost.push(`above ${Math.round(scale.high)}`);
  }
  const clipped = lost.length === 0 ? '' : `; values ${lost.join(' and ')} HU were cut off at extraction`;
  return `From the kept 8-bit picture in steps of ${Math.round(step * 10) / 10} HU${clipped}.`;
}

/** A window after a drag: horizontally the width, vertically the centre, in proportion to what was kept. */
export function dragged(
  scale: PixelScale, start: { centre: number; width: number }, dx: number, dy: number,
): { centre: number; width: number } {
  const perPixel = (scale.high - scale.low) / 400;
  return {
    centre: start.centre + dy * perPixel,
    width: Math.max(perPixel, start.width + dx * perPixel),
  };
}
