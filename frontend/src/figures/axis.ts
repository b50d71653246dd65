import { scaleLinear, scaleLog, type ScaleContinuousNumeric } from 'd3-scale';

export type NumberScale = ScaleContinuousNumeric<number, number>;

/** The plot inside the picture: what is left beside titles and numbers. */
export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export function frame(width: number, height: number, left = 54, bottom = 40): Frame {
  return { width, height, left, right: 12, top: 10, bottom };
}

/** From numbers to the width of the plot. */
export function across(low: number, high: number, plot: Frame): NumberScale {
  return scaleLinear([low, high > low ? high : low + 1], [plot.left, plot.width - plot.right]);
}

/** From numbers to the height of the plot, round at both ends. */
export function upright(low: number, high: number, plot: Frame, logarithmic = false): NumberScale {
  const range = [plot.height - plot.bottom, plot.top];
  return logarithmic && low > 0
    ? scaleLog([low, high > low ? high : low * 10], range).nice()
    : scaleLinear([low, high > low ? high : low + 1], range).nice();
}

/** Which of many names are written, so that they do not overlap. */
export function everyNth(names: number, space: number, each: number): number {
  return Math.max(1, Math.ceil((names * each) / Math.max(1, space)));
}

/** Numbers to write beside an axis; a logarithmic scale offers more than there is room for, and few of them are enough. */
export function labelled(scale: NumberScale, most: number): number[] {
  const ticks = scale.ticks(most);
  if (ticks.length <= most + 3) {
    return ticks;
  }
  const fine = leading(ticks, [1, 2, 5]);
  return fine.length <= most + 2 ? fine : leading(ticks, [1]);
}

/** The numbers whose first digit is one of some. */
function leading(ticks: readonly number[], digits: readonly number[]): number[] {
  return ticks.filter((tick) => digits.includes(Math.round(tick / 10 ** Math.floor(Math.log10(tick) + 1e-9))));
}
