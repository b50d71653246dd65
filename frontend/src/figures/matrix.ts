import { toFloats } from '../api/binary.ts';
import type { Client } from '../api/client.ts';
import type { Matrix, MatrixJson, ReadMatrix } from './types.ts';

/** Reads the matrices of a saved result, each array fetched once. */
export function reader(client: Client, study: string, result: string): ReadMatrix {
  const fetched = new Map<string, Promise<Matrix>>();
  return (json) => {
    if (Array.isArray(json)) {
      return Promise.resolve(inPlace(json));
    }
    const known = fetched.get(json.array);
    const matrix = known ?? client.array(study, result, json.array).then((array): Matrix => ({
      rows: json.shape[0] ?? 1, columns: json.shape[1] ?? 1, values: toFloats(array),
    }));
    fetched.set(json.array, matrix);
    return matrix;
  };
}

export function inPlace(json: Exclude<MatrixJson, { array: string }>): Matrix {
  const rows = json.length;
  const columns = json[0]?.length ?? 0;
  const values = new Float32Array(rows * columns);
  json.forEach((row, r) => row.forEach((value, c) => (values[r * columns + c] = value ?? Number.NaN)));
  return { rows, columns, values };
}

export function row(matrix: Matrix, at: number): Float32Array {
  return matrix.values.subarray(at * matrix.columns, (at + 1) * matrix.columns);
}
