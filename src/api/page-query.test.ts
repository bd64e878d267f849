import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FieldProblem } from '../serving/customer-reader.ts';
import { cursorAt, type PagedList, readPage } from './page-query.ts';

const own: PagedList = { list: 'own', order: 'oldest', customer: null };
const read = (query: { limit?: string; after?: string }, list = own) => {
  const problems: FieldProblem[] = [];
  return { ...readPage(query, list, problems), paths: problems.map(({ path }) => path) };
};

test('for any place the cursor of it leads back to it', () => {
  fc.assert(
    fc.property(
      fc.maxSafeNat().map((n) => n % 1e15),
      (place) => {
        assert.deepEqual(read({ after: cursorAt(place, own) }), { limit: 100, after: place, paths: [] });
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

test('a cursor under another order, filter or list is refused; the order in which a query names them does not matter', () => {
  const after = cursorAt(7, own);
  assert.equal(read({ after }, { customer: null, order: 'oldest', list: 'own' }).after, 7);
  for (const other of [
    { ...own, order: 'newest' },
    { ...own, customer: 'c-1' },
    { ...own, list: 'other' },
    { ...own, model: null },
  ])
    assert.throws(() => read({ after }, other), { code: 'request.cursor' }, JSON.stringify(other));
  // A place that somebody counted on by hand.
  assert.deepEqual(read({ after: after.replace('p2.7', 'p2.8') }).after, 8);
  assert.deepEqual(read({ after, limit: '0' }, { ...own, order: 'newest' }).paths, ['/limit']);
});
