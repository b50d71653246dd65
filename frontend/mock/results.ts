/** One figure of every kind, and two analyses with every kind of option. */
const scale = { map: 'viridis', low: 0, high: 1, unit: 'share' };
const wave = (n: number, phase: number) => Array.from({ length: n }, (_, i) => 0.5 + 0.4 * Math.sin(i / 2 + phase));

export const FIGURES = [
  { kind: 'heatmap', title: 'Heads over blocks', caption: 'Entropy of every head.', values: [wave(6, 0), wave(6, 1), wave(6, 2)], xLabel: 'block', yLabel: 'head', xTicks: [], yTicks: ['a', 'b', 'c'], scale },
  { kind: 'lines', title: 'Accuracy over layers', caption: 'With 95 % intervals.', xLabel: 'layer', yLabel: 'accuracy', x: [[0, 1, 2, 3, 4, 5]], values: [wave(6, 0), wave(6, 1)], series: ['probe', 'shuffled'], logarithmic: false, interval: { low: [wave(6, 0).map((v) => v - 0.1), wave(6, 1).map((v) => v - 0.1)], high: [wave(6, 0).map((v) => v + 0.1), wave(6, 1).map((v) => v + 0.1)] } },
  { kind: 'bars', title: 'By label', caption: 'Shares.', xLabel: 'label', yLabel: 'share', names: ['normal', 'covid', 'pneumonia'], values: [[0.2, 0.5, 0.3], [0.4, 0.3, 0.3]], series: ['here', 'study'], interval: null },
  { kind: 'table', title: 'Verdict', caption: '', columns: ['layer', 'outliers', 'share'], rows: [['6', '2', '1.0 %'], ['last', '0', '0 %']] },
  { kind: 'overlay', title: 'Norms of one image', caption: 'Layer 6.', image: 1, values: Array.from({ length: 14 }, (_, i) => wave(14, i)), scale, interpolation: 'nearest', marks: [{ row: 2, column: 3, kind: 'chosen' }, { row: 0, column: 0, kind: 'outlier' }] },
  { kind: 'patch-colors', title: 'Components', caption: 'Red, green, blue.', image: 1, grid: { rows: 14, columns: 14 }, colors: Array.from({ length: 196 }, (_, i) => [wave(1, i)[0]!, wave(1, i + 1)[0]!, wave(1, i + 2)[0]!]) },
  { kind: 'scatter', title: 'Map', caption: 'Two axes.', points: Array.from({ length: 200 }, (_, i) => [Math.sin(i), Math.cos(i * 1.7)]), axes: ['x', 'y'], colors: { kind: 'by-category', name: 'label', values: [Array.from({ length: 200 }, (_, i) => i % 3)], categories: ['normal', 'covid', 'pneumonia'] } },
  { kind: 'matches', title: 'Matches', caption: 'Mutual nearest patches.', image: 1, other: 4, grid: { rows: 14, columns: 14 }, matches: Array.from({ length: 8 }, (_, i) => ({ row: i, column: 3, otherRow: i + 1, otherColumn: 9, strength: i / 8 })), scale },
  { kind: 'grid', title: 'Three at once', caption: 'Small multiples.', columns: 3, panels: [1, 4, 7].map((image) => ({ kind: 'overlay', title: `image ${image}`, caption: '', image, values: Array.from({ length: 14 }, (_, i) => wave(14, i + image)), scale })), scale },
];

export const ANALYSES = [
  {
    name: 'project', summary: 'A map of the patches by t-SNE, UMAP or principal components',
    options: {
      type: 'object',
      properties: {
        method: { type: 'string', title: 'Method', description: 'How points are laid out', enum: ['pca', 'tsne'], default: 'tsne' },
        layer: { type: ['string', 'null'], description: 'Layer to project; without it, the deepest' },
        axes: { type: 'integer', description: 'Axes of the map, 2 or 3', minimum: 2, maximum: 3, default: 2 },
        perplexity: { type: 'number', description: 'How many neighbours a point has', minimum: 1, maximum: 1000, default: 30 },
      },
    },
  },
  {
    name: 'norms', summary: 'Norms of patch embeddings per layer, and outlier tokens',
    options: {
      type: 'object',
      properties: {
        layers: { type: 'array', items: { type: 'string' }, description: 'Layers to look at', default: [] },
        factor: { type: 'number', description: 'From which multiple of the median a patch is an outlier', minimum: 1, default: 5 },
        histogram: { type: 'boolean', description: 'Whether a histogram is made', default: true },
      },
    },
  },
];
