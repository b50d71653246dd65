import { describe, expect, test } from 'vitest';
import { random } from '../mock/data.ts';
import { Bitmask } from '../src/state/bitmask.ts';
import { countValues, passing, toggled } from '../src/state/filter.ts';
import { begin, MOST_STEPS, record, redo, undo } from '../src/state/history.ts';
import { attentionBlock, defaultSpec } from '../src/state/spec.ts';
import { summarize } from '../src/state/summary.ts';
import { packSelection, readHash, unpackSelection, writeHash } from '../src/state/url.ts';

function members(size: number, seed: number): Set<number> {
  const next = random(seed);
  return new Set(Array.from({ length: 40 }, () => Math.floor(next() * size)));
}

describe('a set of patches', () => {
  test('agrees with a plain set in every operation, whatever its size', () => {
    for (const size of [1, 31, 32, 33, 100, 1000]) {
      const [a, b] = [members(size, size), members(size, size + 7)];
      const [x, y] = [Bitmask.of(size, a), Bitmask.of(size, b)];
      const sorted = (set: Set<number>) => [...set].sort((p, q) => p - q);
      expect([...x.indices()]).toEqual(sorted(a));
      expect(x.count).toBe(a.size);
      expect([...x.or(y).indices()]).toEqual(sorted(new Set([...a, ...b])));
      expect([...x.and(y).indices()]).toEqual(sorted(a).filter((index) => b.has(index)));
      expect([...x.without(y).indices()]).toEqual(sorted(a).filter((index) => !b.has(index)));
      expect(x.inverse().count).toBe(size - a.size);
      expect(x.inverse().inverse().equals(x)).toBe(true);
      expect(x.countBetween(3, size - 2)).toBe([...a].filter((index) => index >= 3 && index < size - 2).length);
    }
  });

  test('counts per image', () => {
    expect([...Bitmask.of(30, [0, 1, 10, 29]).perImage(10)]).toEqual([2, 1, 1]);
  });

  test('leaves out what lies outside', () => {
    expect([...Bitmask.of(10, [-1, 3, 10]).indices()]).toEqual([3]);
  });
});

describe('undo and redo', () => {
  test('return to what was, and a new step forgets what was undone', () => {
    const three = record(record(begin(1), 2), 3);
    expect(undo(undo(three)).present).toBe(1);
    expect(redo(undo(three)).present).toBe(3);
    expect(redo(record(undo(three), 4)).present).toBe(4);
    expect(undo(begin(1)).present).toBe(1);
  });

  test('keep a bounded past', () => {
    let history = begin(0);
    for (let i = 1; i < 200; i++) history = record(history, i);
    expect(history.past.length).toBe(MOST_STEPS);
  });
});

describe('the address', () => {
  test('is empty for the defaults', () => {
    expect(writeHash(defaultSpec(), '')).toBe('');
  });

  test('restores every part of the view', () => {
    const spec = {
      ...defaultSpec(), study: 'abc', images: [3, 1, 4, 1], layer: '8', head: '2', block: 'rollout',
      overlay: {
        kind: 'attention' as const, shown: false, opacity: 0.3, smooth: true, scale: 'fixed' as const, low: -2, high: 3.5, reduce: 'whiten' as const,
        mass: 60, query: 'focus' as const, maskClass: 'lung left', result: 'cluster/a b:labels', hideHighNorm: true, contours: true,
      },
      window: { preset: 'lung', centre: -600, width: 1500, invert: true },
      focus: [1, 2, 3] as [number, number, number],
      query: [[1, 2, 3], [1, 2, 4]] as [number, number, number][],
      zoom: { factor: 2.5, x: 0.4, y: 0.6 },
      lines: [3, 1] as [number, number],
      result: 'norms/a b',
      map: { result: 'project/x', dimensions: 3 as const, camera: [0.25, -0.5, 0, 1.25, 0.6, -0.4], colorBy: 'column:a,b', hidden: ['a&b', 'c=d'], density: 'off' as const, thumbnails: false },
      tray: 'charts' as const,
      filters: [{ column: 'label', kind: 'values' as const, values: ['ä, "x"'] }, { column: 'age', kind: 'range' as const, low: 1, high: 2 }],
      gallery: { unit: 'patches' as const, sort: 'column:age', descending: true, least: 0, most: 64.5, selectedOnly: true },
    };
    expect(readHash('#' + writeHash(spec, 'xyz'))).toEqual({ spec, selection: 'xyz' });
  });

  test('leaves what it cannot read at its default', () => {
    const hash = '#images=1,2,3,4,5&opacity=7&overlay=magic&focus=1,a,2&filters=%7Bbroken&axes=9&window=x,1,-5&tray=none';
    expect(readHash(hash).spec).toEqual(defaultSpec());
  });

  test('keeps a selection of scattered and of neighbouring patches', () => {
    for (const size of [10, 1000, 1_000_000]) {
      const mask = Bitmask.of(size, [...members(size, 3), ...Array.from({ length: Math.min(size, 300) }, (_, i) => i)]);
      expect(unpackSelection(packSelection(mask), size).equals(mask)).toBe(true);
    }
  });

  test('says with an empty text that a selection is too large, and takes broken ones for none', () => {
    const every = Bitmask.of(400_000, Array.from({ length: 200_000 }, (_, i) => i * 2));
    expect(packSelection(every)).toBe('');
    expect(unpackSelection('%%%', 10).count).toBe(0);
    expect(unpackSelection(packSelection(Bitmask.of(1000, [999])), 10).count).toBe(0);
  });
});

describe('filters', () => {
  const columns = new Map([['label', ['a', 'b', 'a', null]], ['age', [10, 20, null, 40]]]);

  test('hold together', () => {
    expect([...passing(4, [{ column: 'label', kind: 'values', values: ['a', '(none)'] }], columns)]).toEqual([1, 0, 1, 1]);
    expect([...passing(4, [{ column: 'age', kind: 'range', low: 15, high: 40 }], columns)]).toEqual([0, 1, 0, 1]);
    expect([...passing(4, [{ column: 'age', kind: 'range', low: 15, high: 40 }, { column: 'label', kind: 'values', values: ['b'] }], columns)])
      .toEqual([0, 1, 0, 0]);
  });

  test('switch values on and off, and vanish with the last', () => {
    const one = toggled([], 'label', 'a');
    expect(toggled(toggled(one, 'label', 'b'), 'label', 'a')).toEqual([{ column: 'label', kind: 'values', values: ['b'] }]);
    expect(toggled(one, 'label', 'a')).toEqual([]);
  });

  test('count the most frequent first', () => {
    expect(countValues(['b', 'a', 'b', null])).toEqual([
      { value: 'b', count: 2 }, { value: '(none)', count: 1 }, { value: 'a', count: 1 }]);
  });
});

test('the selection in one line', () => {
  const columns = new Map([['patient', ['p', 'p', 'q']], ['label', ['covid', 'covid', 'normal']]]);
  expect(summarize(Bitmask.of(30, [0, 1, 11, 29]), 10, columns)).toBe('4 patches · 3 images · 2 patients · covid 75 %');
  expect(summarize(Bitmask.of(30, []), 10, columns)).toBe('');
  expect(summarize(Bitmask.of(30, [0]), 10, new Map([['patient', [null, null, null]]]))).toBe('1 patch · 1 image');
});

test('the attention of a layer is that of its block', () => {
  const spec = (layer: string, block = '') => ({ layer, block });
  expect(['0', '5', 'last'].map((layer) => attentionBlock(spec(layer), 12))).toEqual(['1', '5', '12']);
  expect(attentionBlock(spec('5', 'rollout'), 12)).toBe('rollout');
});
