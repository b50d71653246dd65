/** Figures as the server writes them: the records of `org.patchlens.analysis.Figure`, with `kind` before them. */

/** Rows of numbers in place, or the name of an array beside the result. */
export type MatrixJson = (number | null)[][] | { array: string; type: string; shape: number[] };

/** `float[rows][columns]`; NaN is missing. */
export interface Matrix {
  rows: number;
  columns: number;
  values: Float32Array;
}

export interface ColorScale {
  map: 'viridis' | 'cividis' | 'inferno' | 'turbo' | 'diverging';
  low: number;
  high: number;
  unit: string;
}

interface Headed {
  title: string;
  caption: string;
}

export interface Interval {
  low: MatrixJson;
  high: MatrixJson;
}

export interface Mark {
  row: number;
  column: number;
  kind: 'chosen' | 'outlier';
}

export interface HeatmapFigure extends Headed {
  kind: 'heatmap';
  values: MatrixJson;
  xLabel: string;
  yLabel: string;
  xTicks: string[];
  yTicks: string[];
  scale: ColorScale;
}

export interface OverlayFigure extends Headed {
  kind: 'overlay';
  image: number;
  values: MatrixJson;
  scale: ColorScale;
  interpolation?: 'nearest' | 'bilinear';
  marks?: Mark[];
}

export interface PatchColorsFigure extends Headed {
  kind: 'patch-colors';
  image: number;
  grid: { rows: number; columns: number };
  colors: MatrixJson;
}

export interface BarsFigure extends Headed {
  kind: 'bars';
  xLabel: string;
  yLabel: string;
  names: string[];
  values: MatrixJson;
  series: string[];
  interval?: Interval | null;
}

export interface LinesFigure extends Headed {
  kind: 'lines';
  xLabel: string;
  yLabel: string;
  x: MatrixJson;
  values: MatrixJson;
  series: string[];
  logarithmic: boolean;
  interval?: Interval | null;
}

export interface ScatterFigure extends Headed {
  kind: 'scatter';
  points: MatrixJson;
  axes: string[];
  colors:
    | { kind: 'by-category'; name: string; values: MatrixJson; categories: string[] }
    | { kind: 'by-number'; name: string; values: MatrixJson; scale: ColorScale };
}

export interface TableFigure extends Headed {
  kind: 'table';
  columns: string[];
  rows: string[][];
}

export interface MatchesFigure extends Headed {
  kind: 'matches';
  image: number;
  other: number;
  grid: { rows: number; columns: number };
  matches: { row: number; column: number; otherRow: number; otherColumn: number; strength: number }[];
  scale: ColorScale;
}

export interface GridFigure extends Headed {
  kind: 'grid';
  columns: number;
  panels: Figure[];
  scale?: ColorScale | null;
}

export type Figure = HeatmapFigure | OverlayFigure | PatchColorsFigure | BarsFigure | LinesFigure | ScatterFigure
  | TableFigure | MatchesFigure | GridFigure;

/** Reads matrices, in place or from beside the result. */
export type ReadMatrix = (json: MatrixJson) => Promise<Matrix>;
