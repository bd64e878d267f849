import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { matrix, transposeMultiply } from '../../math/linear-algebra.ts';
import { weightedGram } from './weighted-gram.ts';

test('weighted-gram: for any shape the lower triangle is that of the product written out', () => {
  const shapes = fc.record({
    rows: fc.integer({ min: 0, max: 13 }),
    columns: fc.integer({ min: 1, max: 6 }),
  });
  const withValues = shapes.chain(({ rows, columns }) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      // Small whole numbers: every order of summing gives the same.
      values: fc.array(fc.integer({ min: -9, max: 9 }), {
        minLength: rows * columns,
        maxLength: rows * columns,
      }),
      weights: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: rows, maxLength: rows }),
    }),
  );
  fc.assert(
    fc.property(withValues, ({ rows, columns, values, weights }) => {
      const x = matrix(rows, columns, Float64Array.from(values));
      const w = Float64Array.from(weights);
      const gram = weightedGram(x, w);
      const due = transposeMultiply(x, w);
      for (let i = 0; i < columns; i++)
        for (let j = 0; j < columns; j++)
          assert.equal(
            gram.values[i * columns + j]! + 0,
            (j <= i ? due.values[i * columns + j]! : 0) + 0,
            `entry ${i}, ${j}`,
          );
    }),
  );
});
