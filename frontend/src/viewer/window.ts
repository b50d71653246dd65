import type { Provenance } from '../api/types.ts';

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

/**
 * The Hounsfield units that the kept 8-bit pictures hold, where the study was extracted with one named window or one
 * of two numbers; otherwise the bytes themselves, because nothing else is known.
 */
export function pixelScale(provenance: Provenance): PixelScale {
  const found = /\bwindow (?:[a-z]+\()?(-?\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)\)?(?:;|,|$)/.exec(provenance.preprocessing ?? '');
  if (found === null) {
    return BYTES;
  }
  const centre = Number(found[1]);
  const width = Number(found[2]);
  return { low: centre - width / 2, high: centre + width / 2, unit: 'HU' };
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
