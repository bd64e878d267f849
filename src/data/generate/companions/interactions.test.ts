import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCustomers, rowsOf } from '../testing/people-of.ts';
import { interactions } from './interactions.ts';

const { people } = makeCustomers({ kind: 'retail', rows: 3000, seed: 2 });
const told = rowsOf(interactions.told, people);
const truth = new Map(rowsOf(interactions.truth!, people).map((row) => [row.id, row]));
const taste = (id: unknown): number[] => [1, 2, 3].map((d) => Number(truth.get(id)![`taste${d}`]));
const match = (row: Record<string, unknown>): number => {
  const product = taste(row.productId);
  return taste(row.customerId).reduce((sum, at, d) => sum + at * product[d]!, 0);
};
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

test('interactions: everybody comes by at least one product, each at most once, of the products that exist', () => {
  const seen = new Set<string>();
  for (const { customerId, productId, category } of told) {
    assert.equal(truth.get(productId)!.entity, 'product');
    assert.ok(people.productCategories.includes(String(category)));
    seen.add(`${customerId} ${productId}`);
  }
  assert.equal(seen.size, told.length);
  assert.equal(new Set(told.map(({ customerId }) => customerId)).size, people.rowCount);
  assert.equal([...truth.values()].filter(({ entity }) => entity === 'product').length, 48);
});

test('interactions: ratings are whole stars that follow base and taste as stated', () => {
  const rated = told.filter(({ rating }) => rating !== null);
  assert.ok(rated.length > 0.4 * told.length && rated.length < 0.8 * told.length);
  const expected = (row: Record<string, unknown>): number =>
    3.4 + Number(truth.get(row.customerId)!.base) + Number(truth.get(row.productId)!.base) + 0.5 * match(row);
  for (const { rating } of rated) assert.ok([1, 2, 3, 4, 5].includes(Number(rating)));
  // Away from the ends, where nothing is cut off, the mean rating is the expected one.
  for (const [low, high] of [
    [2.4, 2.8],
    [2.8, 3.2],
    [3.2, 3.6],
  ] as const) {
    const group = rated.filter((row) => expected(row) >= low && expected(row) < high);
    const difference = mean(group.map((row) => Number(row.rating) - expected(row)));
    // Noise of 0.6 and rounding: standard deviation 0.67.
    assert.ok(Math.abs(difference) < (4 * 0.7) / Math.sqrt(group.length) + 0.01, `${low} ${difference}`);
  }
});

test('interactions: customers come by what they like: the match of what they have is above that of what they have not', () => {
  const products = [...truth.values()].filter(({ entity }) => entity === 'product').map(({ id }) => id);
  const had = mean(told.map(match));
  const any = mean(
    told.slice(0, 4000).map((row, i) => match({ ...row, productId: products[i % products.length] })),
  );
  assert.ok(had > any + 0.5, `${had} ${any}`);
});
