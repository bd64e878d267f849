import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCatalogue } from '../learn/catalogue.ts';
import { describe, score } from '../learn/fit.ts';
import { prior } from './prior.ts';
import { dataOf, fitOn, tableOf } from './testing/fit.ts';

const catalogue = createCatalogue([prior], []);

test('prior: every customer gets the churn rate of the training rows', async () => {
  const { fitted } = await fitOn(prior, prior(), dataOf([[1], [2], [3], [Number.NaN]], [1, 0, 0, 0]));
  assert.deepEqual([...score(fitted, tableOf([[9], [Number.NaN]]), catalogue)], [0.25, 0.25]);
  assert.equal(
    describe(fitted, catalogue),
    'The churn rate of the training rows, 25.0%, for every customer.',
  );
});

test('prior: weights count rows', async () => {
  const { fitted } = await fitOn(prior, prior(), dataOf([[1], [2], [3]], [1, 0, 0], [3, 1, 0]));
  assert.equal(score(fitted, tableOf([[1]]), catalogue)[0], 0.75);
});
