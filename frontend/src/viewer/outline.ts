/** The border of a set of cells as an SVG path in cell units; inner edges between two members are left out. */
export function outline(rows: number, columns: number, member: (row: number, column: number) => boolean): string {
  const inside = (row: number, column: number) =>
    row >= 0 && column >= 0 && row < rows && column < columns && member(row, column);
  const parts: string[] = [];
  for (let row = 0; row <= rows; row++) {
    let start = -1;
    for (let column = 0; column <= columns; column++) {
      const edge = column < columns && inside(row, column) !== inside(row - 1, column);
      if (edge && start < 0) start = column;
      if (!edge && start >= 0) {
        parts.push(`M${start},${row}H${column}`);
        start = -1;
      }
    }
  }
  for (let column = 0; column <= columns; column++) {
    let start = -1;
    for (let row = 0; row <= rows; row++) {
      const edge = row < rows && inside(row, column) !== inside(row, column - 1);
      if (edge && start < 0) start = row;
      if (!edge && start >= 0) {
        parts.push(`M${column},${start}V${row}`);
        start = -1;
      }
    }
  }
  return parts.join('');
}

/** Lines between all cells. */
export function gridLines(rows: number, columns: number): string {
  let path = '';
  for (let row = 1; row < rows; row++) path += `M0,${row}H${columns}`;
  for (let column = 1; column < columns; column++) path += `M${column},0V${rows}`;
  return path;
}

/** Contours of numbers at a level by marching squares over the centres of cells, as an SVG path in cell units. */
export function contour(values: Float32Array, rows: number, columns: number, level: number): string {
  const at = (row: number, column: number) => values[row * columns + column]!;
  const cut = (a: number, b: number) => (level - a) / (b - a);
  let path = '';
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const [a, b, c, d] = [at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column)];
      const points: [number, number][] = [];
      if (a > level !== b > level) points.push([column + cut(a, b), row]);
      if (b > level !== c > level) points.push([column + 1, row + cut(b, c)]);
      if (d > level !== c > level) points.push([column + cut(d, c), row + 1]);
      if (a > level !== d > level) points.push([column, row + cut(a, d)]);
      for (let i = 0; i + 1 < points.length; i += 2) {
        const [p, q] = [points[i]!, points[i + 1]!];
        path += `M${p[0] + 0.5},${p[1] + 0.5}L${q[0] + 0.5},${q[1] + 0.5}`;
      }
    }
  }
  return path;
}
