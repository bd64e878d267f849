import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FieldProblem } from '../serving/customer-reader.ts';
import { cursorAt, readPage } from './page-query.ts';

const read = (query: { limit?: string; after?: string }) => {
  const problems: FieldProblem[] = [];
  return { ...readPage(query, problems), paths: problems.map(({ path }) => path) };
};

test('for any place the cursor of it leads back to it', () => {
  fc.assert(
    fc.property(
      fc.maxSafeNat().map((n) => n % 1e15),
      (place) => {
        assert.deepEqual(read({ after: cursorAt(place) }), { limit: 100, after: place, paths: [] });
      },
    ),
  );
});

test('for any text that is no cursor the field is named', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String()), (after) => {
      assert.deepEqual(read({ after }).paths, ['/after']);
    }),
  );
});

test('a limit is a whole number from 1 to 1,000', () => {
  assert.equal(read({}).limit, 100);
  assert.equal(read({ limit: '1000' }).limit, 1000);
  for (const limit of ['0', '1001', '-1', '1.5', 'ten', ''])
    assert.deepEqual(read({ limit }).paths, ['/limit']);
});
