import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { fitClassifier } from '../learn/fit.ts';
import { permutationImportance } from './importance.ts';
import { behind, catalogue, ctx, customers, data } from './testing/customers.ts';

test('importance: columns that carry the outcome stand above noise, and the same seed gives the same numbers', async () => {
  const fitted = await fitClassifier(behind(catalogue.classifier('logistic-regression')()), data, ctx);
  const accuracy = (labels: Uint8Array, scores: Float64Array): number =>
    labels.reduce((right, label, i) => right + ((scores[i]! >= 0.5 ? 1 : 0) === label ? 1 : 0), 0) /
    labels.length;
  const run = () => permutationImportance(fitted, customers(400), accuracy, createRandom(3), catalogue);
  const importance = run();
  assert.deepEqual(
    importance
      .map(({ column }) => column)
      .slice(0, 2)
      .sort(),
    ['plan', 'usage'],
  );
  assert.ok(importance[1]!.value > 0.05 && Math.abs(importance[2]!.value) < 0.03);
  assert.deepEqual(run(), importance);
});

test('importance: of a wide table the columns are measured that move scores most, as they would be among all', async () => {
  const fitted = await fitClassifier(behind(catalogue.classifier('logistic-regression')()), data, ctx);
  const accuracy = (labels: Uint8Array, scores: Float64Array): number =>
    labels.reduce((right, label, i) => right + ((scores[i]! >= 0.5 ? 1 : 0) === label ? 1 : 0), 0) /
    labels.length;
  const run = (mostColumns: number) =>
    permutationImportance(fitted, customers(400), accuracy, createRandom(3), catalogue, { mostColumns });
  assert.ok(fitted.inputs.length > 2);
  assert.deepEqual(run(2), run(100).slice(0, 2));
});
