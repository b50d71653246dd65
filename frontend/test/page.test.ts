import { describe, expect, test } from 'vitest';
import { entropy, total } from '../src/atlas/measure.ts';
import { parseBinary, toFloats } from '../src/api/binary.ts';
import { distribution, groupShares, twoMeans } from '../src/charts/groups.ts';
import { csv } from '../src/export/download.ts';
import type { Job } from '../src/api/types.ts';
import { frame, labelled, upright } from '../src/figures/axis.ts';
import { progressText } from '../src/runs/progress.ts';
import { figureRows } from '../src/figures/rows.ts';
import { inPlace } from '../src/figures/matrix.ts';
import type { Figure, MatrixJson } from '../src/figures/types.ts';
import { histogram, useful } from '../src/filters/columns.ts';
import { exemplars } from '../src/gallery/exemplars.ts';
import { ordered, visibleRows, within } from '../src/gallery/order.ts';
import { ACTIONS } from '../src/keys/actions.ts';
import { actionFor, keyName } from '../src/keys/keymap.ts';
import { ranked } from '../src/keys/search.ts';
import { complaint, fields, options } from '../src/runs/form.ts';
import { classNames, nameOf, patchArrays } from '../src/viewer/result-values.ts';
import { ANALYSES, FIGURES } from '../mock/results.ts';

describe('arrays over HTTP', () => {
  const headers = (more: Record<string, string>) => new Headers({ 'X-Patchlens-Dtype': 'u8', 'X-Patchlens-Shape': '1,2', ...more });

  test('bytes stand for numbers of a range, one for none', () => {
    const array = parseBinary(headers({ 'X-Patchlens-Range': '-1,1', 'X-Patchlens-Missing': '0' }), Uint8Array.of(0, 255).buffer);
    expect([...toFloats(array)]).toEqual([Number.NaN, 1]);
  });

  test('are refused in a sentence when cut off or of unknown type', () => {
    expect(() => parseBinary(headers({}), new ArrayBuffer(1))).toThrow('has 1 bytes; 2 are expected');
    expect(() => parseBinary(headers({ 'X-Patchlens-Dtype': 'f64' }), new ArrayBuffer(2))).toThrow('one of f32, u8, u32, i32');
  });
});

describe('keys', () => {
  const event = (key: string, more: Partial<KeyboardEvent> = {}) =>
    ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

  test('are named as in the list', () => {
    expect(keyName(event(' '))).toBe('space');
    expect(keyName(event('ArrowUp', { altKey: true }))).toBe('Alt+↑');
    expect(keyName(event('Z', { metaKey: true, shiftKey: true }))).toBe('Ctrl+Shift+z');
    expect(keyName(event('?', { shiftKey: true }))).toBe('?');
  });

  test('mean one thing each', () => {
    const keys = ACTIONS.map((action) => action.keys).filter((key) => key !== '');
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('of the specification all do something', () => {
    for (const key of ['1', '2', '3', '4', '5', '0', '[', ']', ',', '.', 'space', '-', '=', '↑', '↓', '←', '→', 'Alt+↑', 'Alt+↓', 'n', 'p', 'g', 'm', 'f',
      'i', 'h', '?', 'Ctrl+k', 'Esc', 'Ctrl+z', 'Ctrl+Shift+z', 'Ctrl+y']) {
      expect(actionFor(key), key).toBeDefined();
    }
  });

  test('actions are found by their letters, the start of words first', () => {
    const names = ['Window soft', 'Show map', 'Map in 3-D'].map((name) => ({ name }));
    expect(ranked(names, 'map', 5).map((one) => one.name)).toEqual(['Show map', 'Map in 3-D']);
    expect(ranked(names, 'wsf', 5).map((one) => one.name)).toEqual(['Window soft']);
  });
});

describe('forms', () => {
  const [project, norms] = ANALYSES.map((analysis) => fields(analysis.options));

  test('follow the schema', () => {
    expect(project!.map((field) => field.kind)).toEqual(['choice', 'text', 'integer', 'number']);
    expect(norms!.map((field) => field.kind)).toEqual(['list', 'number', 'switch']);
    expect(project![2]).toMatchObject({ normal: '2', low: 2, high: 3, title: 'Axes' });
  });

  test('send what was changed, in its type', () => {
    expect(options(project!, { method: 'pca', axes: '3', perplexity: '30' })).toEqual({ method: 'pca', axes: 3 });
    expect(options(norms!, { layers: '1, last', histogram: 'false' })).toEqual({ layers: ['1', 'last'], histogram: false });
  });

  test('complain before they send', () => {
    expect(complaint(project![2]!, '2.5')).toBe('2.5 is no whole number.');
    expect(complaint(project![2]!, '4')).toBe('4 is out of range; 2 to 3 is expected.');
    expect(complaint(project![2]!, '3')).toBe('');
  });
});

describe('tables', () => {
  test('quote what needs it and disarm formulas, but not negative numbers', () => {
    expect(csv([['a,b', 'say "x"', '=1+1', '-3', -3, Number.NaN, null]])).toBe('"a,b","say ""x""",\'=1+1,-3,-3,,\r\n');
  });

  test('hold the numbers of every kind of figure', async () => {
    const read = (json: MatrixJson) => Promise.resolve(inPlace(json as number[][]));
    const sizes = await Promise.all((FIGURES as Figure[]).map(async (figure) => (await figureRows(figure, read)).length));
    expect(sizes).toEqual([4, 7, 4, 3, 15, 197, 201, 9, 51]);
    expect(await figureRows(FIGURES[2] as Figure, read)).toContainEqual(['covid', 0.5, Math.fround(0.3)]);
  });
});

describe('the gallery', () => {
  test('sorts with what is missing last in either direction', () => {
    const values = [3, null, 1, 2];
    expect(ordered([0, 1, 2, 3], (item) => values[item], false)).toEqual([2, 3, 0, 1]);
    expect(ordered([0, 1, 2, 3], (item) => values[item], true)).toEqual([0, 3, 2, 1]);
    expect(ordered([0, 1], (item) => ['P10', 'P9'][item], false)).toEqual([1, 0]);
  });

  test('keeps what lies between two ends, and numbers alone where one is set', () => {
    expect([3, null, 0, Number.NaN, 'x'].map((value) => within(value, 0, null))).toEqual([true, false, true, false, false]);
    expect([within(3, null, 2), within(-1, 0, null)]).toEqual([false, false]);
    expect([null, 'x'].map((value) => within(value, null, null))).toEqual([true, true]);
  });

  test('keeps a handful of a hundred thousand rows in the page', () => {
    expect(visibleRows(50_000, 300, 100, 100_000)).toEqual({ first: 499, last: 504 });
    expect(visibleRows(0, 300, 100, 2)).toEqual({ first: 0, last: 2 });
  });

  test('shows what is typical of clusters', () => {
    const saved = { id: '', analysis: 'cluster', name: '', options: {}, figures: [], result: { clusters: [{ size: 9, exemplars: [{ image: 2, patch: 29 }] }] } };
    expect(exemplars(saved, 28)).toEqual([{ cluster: 0, size: 9, patches: [[2, 1, 1]] }]);
    expect(exemplars({ ...saved, result: { clusters: 'none' } }, 28)).toEqual([]);
  });
});

test('saved arrays over patches can be painted: labels as clusters, probabilities class by class', () => {
  const array = (name: string, type: string, shape: number[]) => ({ name, type, shape });
  const results = [{
    id: 'cluster/a', analysis: 'cluster', name: 'a', options: {},
    arrays: [array('images', 'i32', [5]), array('patches', 'i32', [5]), array('labels', 'i32', [5]), array('probabilities', 'f32', [1, 5]), array('truth', 'i32', [5]), array('colors-values', 'f32', [5]), array('other', 'f32', [3, 4])],
  }, {
    id: 'probe/b', analysis: 'probe', name: 'b', options: {},
    arrays: [array('images', 'i32', [2]), array('predictions', 'f32', [2, 3]), array('patch-predictions', 'f32', [8, 3])],
  }];
  expect(patchArrays(results, 'cluster', 4).map((one) => nameOf(one))).toEqual(['cluster/a:labels']);
  expect(patchArrays(results, 'probability', 4).map((one) => nameOf(one, 2))).toEqual(['cluster/a:probabilities', 'probe/b:patch-predictions:2']);
  expect(patchArrays(results, 'probability', 5).map((one) => nameOf(one))).toEqual(['cluster/a:probabilities']);
});

test('the classes of a probe are those of its result, named or described', () => {
  const saved = (classes: unknown) => ({ id: '', analysis: 'probe', name: '', options: {}, figures: [], result: { classes } });
  expect(classNames(saved(['lung', 'heart']))).toEqual(['lung', 'heart']);
  expect(classNames(saved([{ name: 'covid', auroc: 0.9 }]))).toEqual(['covid']);
  expect(classNames(saved(undefined))).toEqual([]);
});

describe('charts', () => {
  test('compare shares of the selection and the rest', () => {
    const bars = groupShares('label', ['a', 'b'], Uint32Array.of(3, 1), 10, Uint8Array.of(1, 1));
    expect(bars.names).toEqual(['a', 'b']);
    expect(bars.values).toEqual([[75, 25], [100 * 7 / 16, 100 * 9 / 16]]);
  });

  test('leave images that do not pass out of the rest', () => {
    expect(groupShares('label', ['a', 'b'], Uint32Array.of(3, 0), 10, Uint8Array.of(1, 0)).values).toEqual([[100, 0], [100, 0]]);
  });

  test('distributions add up', () => {
    const { values } = distribution('t', 'x', [1, 2, 3], [2, 5, 9], 8);
    for (const curve of values as number[][]) {
      expect(curve.reduce((a, b) => a + b, 0)).toBeCloseTo(100);
    }
  });

  test('two means without NaN', () => {
    expect(twoMeans(Float32Array.of(1, 3, 10, Number.NaN), (index) => index < 2)).toEqual([2, 10]);
  });

  test('attention spreads from one patch to all', () => {
    expect(entropy(Float32Array.of(0, 1, 0, 0))).toBe(0);
    expect(entropy(Float32Array.of(0.2, 0.2, 0.2, 0.2))).toBeCloseTo(1);
    expect(total(Float32Array.of(0.25, 0.5))).toBe(0.75);
  });
});

test('columns: clinical ones first, without bookkeeping', () => {
  const column = (name: string, distinct: number) => ({ name, type: 'category' as const, missing: 0, distinct });
  expect(useful([column('sha256', 9), column('zebra', 2), column('patient', 9), column('label', 2), column('same', 1)], 20)
    .map(({ name }) => name)).toEqual(['label', 'patient', 'zebra']);
  expect(histogram([0, 1, 10, null, 'x'], 0, 10, 2)).toEqual([2, 1]);
});

describe('the numbers beside an axis', () => {
  const plot = frame(400, 150);

  test('are few on a logarithmic scale', () => {
    expect(labelled(upright(1, 100, plot, true), 5)).toEqual([1, 2, 5, 10, 20, 50, 100]);
    expect(labelled(upright(0.01, 10_000, plot, true), 5)).toEqual([0.01, 0.1, 1, 10, 100, 1000, 10_000]);
  });

  test('are those of the scale otherwise', () => {
    expect(labelled(upright(0, 100, plot), 5)).toEqual([0, 20, 40, 60, 80, 100]);
  });
});

describe('the progress of a job', () => {
  const job = (more: Partial<Job>): Job => ({ id: 'j', study: 's', analysis: 'project', options: {}, state: 'running', ...more });

  test('tells share and time, and the stage where it is not the name of the job', () => {
    expect(progressText(job({ stage: 'project', done: 31, total: 100, etaSeconds: 12 }))).toBe('31 % · about 12 s left');
    expect(progressText(job({ stage: 'saving', done: 0, total: 1 }))).toBe('saving · 0 %');
  });

  test('says so while it waits and before it knows', () => {
    expect(progressText(job({ state: 'pending' }))).toBe('waiting for its turn');
    expect(progressText(job({}))).toBe('running');
  });
});
