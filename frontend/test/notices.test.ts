import { expect, test } from 'vitest';
import { packageOf, written } from '../notices.ts';

test('a module belongs to the innermost package', () => {
  expect(packageOf('/p/node_modules/svelte/src/index.js')).toBe('/p/node_modules/svelte');
  expect(packageOf('/p/node_modules/@a/b/index.js')).toBe('/p/node_modules/@a/b');
  expect(packageOf('/p/node_modules/a/node_modules/b/x.js')).toBe('/p/node_modules/a/node_modules/b');
  expect(packageOf('/p/src/main.ts')).toBeNull();
});

test('every licence is written out', () => {
  expect(written([{ name: 'a', version: '1.0.0', license: 'MIT', text: 'Do as you like.' }]))
    .toMatch(/\n-{80}\n\na 1\.0\.0 \(MIT\)\n\nDo as you like\.\n$/);
});
