/** Entropy of one row of attention over the patches, as a share of the most it can be: 0 one patch, 1 all alike. */
export function entropy(row: Float32Array): number {
  let sum = 0;
  for (const value of row) {
    sum += value;
  }
  let bits = 0;
  for (const value of row) {
    const part = value / sum;
    if (part > 0) {
      bits -= part * Math.log(part);
    }
  }
  return row.length < 2 || sum === 0 ? 0 : bits / Math.log(row.length);
}

/** What share of the attention the patches get; the rest goes to special tokens. */
export function total(row: Float32Array): number {
  return row.reduce((sum, value) => sum + value, 0);
}
