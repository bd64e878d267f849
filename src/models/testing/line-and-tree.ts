/** Customers of whom a line and a tree see different things, for tests of models over models. */
import { createRandom } from '../../base/random.ts';
import { dataOf, tableOf } from './fit.ts';

/** One column works straight, another by its distance from 0: a line sees the first, a tree the second. */
function customers(count: number, seed: number) {
  const random = createRandom(seed);
  const rows = Array.from({ length: count }, () => [random.normal(), random.normal()]);
  return {
    rows,
    labels: rows.map(([a, b]) => (a! + 1.5 * Math.abs(b!) + random.normal() > 1.4 ? 1 : 0)),
  };
}

export const training = customers(500, 1);
export const data = dataOf(training.rows, training.labels);
export const fresh = customers(1500, 2);
export const table = tableOf(fresh.rows);
export const line = { id: 'logistic-regression', params: {} };
export const tree = { id: 'decision-tree', params: { maxDepth: 4 } };
