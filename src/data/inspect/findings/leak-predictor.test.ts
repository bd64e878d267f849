import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn } from '../../../table/column.ts';
import { drawn, lookAt, quarterChurned, told } from '../testing/example.ts';
import { leakPredictor } from './leak-predictor.ts';

const rows = 2000;
const labels = quarterChurned(rows);
const shares = (gap: number) =>
  drawn(rows, 1, (random, row) =>
    Math.min(1, Math.max(0, 0.2 + gap * labels[row]! + 0.12 * random.normal())),
  );

test('leak.predictor: a column named and ranged like a score that ranks churners blocks', () => {
  assert.deepEqual(told(lookAt(leakPredictor, [numberColumn('churn_probability', shares(0.3))])), [
    ['block', 'churn_probability'],
  ]);
});

test('leak.predictor: a score that says little, or one on another scale, is none', () => {
  assert.deepEqual(lookAt(leakPredictor, [numberColumn('score', shares(0.02))]), []);
  const large = shares(0.3).map((value) => 850 * value);
  assert.deepEqual(lookAt(leakPredictor, [numberColumn('creditScore', large)]), []);
});

test('leak.predictor: values that equal churn rates are told under any name', () => {
  const risks = drawn(rows, 2, (random) => random.uniform() ** 4);
  const churned = Uint8Array.from(drawn(rows, 3, (random, row) => (random.uniform() < risks[row]! ? 1 : 0)));
  const [found] = lookAt(leakPredictor, [numberColumn('x7', risks)], { labels: churned });
  assert.equal(found?.column, 'x7');
});
