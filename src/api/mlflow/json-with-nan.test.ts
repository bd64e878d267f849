import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseWithNaN } from './json-with-nan.ts';

const parsed = (text: string) => parseWithNaN(text, JSON.parse);

test('for any value with NaN in it the answer is that of the same value with null', () => {
  const cell = fc.oneof(fc.double(), fc.string(), fc.constant('NaN'), fc.constant('"NaN\\'), fc.boolean());
  fc.assert(
    fc.property(fc.array(fc.array(cell)), (rows) => {
      const withNull = JSON.stringify(rows);
      const python = `[${rows
        .map((row) => `[${row.map((one) => (Number.isNaN(one) ? 'NaN' : JSON.stringify(one))).join(', ')}]`)
        .join(', ')}]`;
      assert.deepEqual(parsed(python), JSON.parse(withNull));
    }),
  );
});

test('what is no JSON besides is refused', () => {
  for (const text of ['[NaN', 'NaNNaN', '[Infinity, NaN]', '[NaN, -Infinity]', '[-NaN]', '"NaN', '[nan]'])
    assert.throws(() => parsed(text), SyntaxError, text);
});
