import { row } from './matrix.ts';
import type { Figure, Matrix, ReadMatrix } from './types.ts';

type Rows = (string | number)[][];

/** The numbers of a figure as a table, the header first. */
export async function figureRows(figure: Figure, read: ReadMatrix): Promise<Rows> {
  switch (figure.kind) {
    case 'table':
      return [figure.columns, ...figure.rows];
    case 'heatmap':
    case 'overlay':
      return cells(await read(figure.values), figure.kind === 'heatmap' ? figure : undefined);
    case 'patch-colors':
      return columns(['red', 'green', 'blue'], await read(figure.colors));
    case 'bars': {
      const values = await read(figure.values);
      return [[figure.xLabel || 'bar', ...figure.series], ...figure.names.map((name, i) => [
        name, ...figure.series.map((_, series) => row(values, series)[i]!)])];
    }
    case 'lines': {
      const [x, values] = await Promise.all([read(figure.x), read(figure.values)]);
      return [[figure.xLabel || 'x', ...figure.series], ...Array.from(x.values, (at, i) => [
        at, ...figure.series.map((_, series) => row(values, series)[i]!)])];
    }
    case 'scatter': {
      const [points, colors] = await Promise.all([read(figure.points), read(figure.colors.values)]);
      const rows = columns(figure.axes, points);
      return rows.map((cellsOfRow, i) => [...cellsOfRow, i === 0 ? figure.colors.name : colored(figure.colors, colors.values[i - 1]!)]);
    }
    case 'matches':
      return [['row', 'column', 'other row', 'other column', 'strength'], ...figure.matches.map((match) => [
        match.row, match.column, match.otherRow, match.otherColumn, match.strength])];
    case 'grid': {
      const parts = await Promise.all(figure.panels.map((panel) => figureRows(panel, read)));
      return parts.flatMap((part, i) => [[figure.panels[i]!.title], ...part, []]);
    }
  }
}

function colored(colors: { kind: string; categories?: string[] }, value: number): string | number {
  return colors.kind === 'by-category' ? (colors.categories?.[value] ?? '') : value;
}

function cells(matrix: Matrix, named?: { xTicks: string[]; yTicks: string[] }): Rows {
  const names = Array.from({ length: matrix.columns }, (_, i) => named?.xTicks[i] ?? String(i));
  return [['row', ...names], ...Array.from({ length: matrix.rows }, (_, i) => [
    named?.yTicks[i] ?? String(i), ...row(matrix, i)])];
}

function columns(names: string[], matrix: Matrix): Rows {
  return [names, ...Array.from({ length: matrix.rows }, (_, i) => [...row(matrix, i)])];
}
