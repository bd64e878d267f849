import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCatalogue } from '../learn/catalogue.ts';
import { allModels } from '../models/all.ts';
import { atShareOfIterations } from './at-share.ts';

const catalogue = createCatalogue(allModels, []);
const of = (id: string, params: Record<string, unknown> = {}) => catalogue.classifier(id)(params);

test('at share: trees and epochs are cut, at least one is left, the rest stays', () => {
  const forest = of('random-forest', { trees: 100, minLeaf: 7 });
  assert.deepEqual(atShareOfIterations(forest, 1 / 3), of('random-forest', { trees: 33, minLeaf: 7 }));
  assert.deepEqual(atShareOfIterations(of('mlp', { maxEpochs: 90 }), 1 / 9), of('mlp', { maxEpochs: 10 }));
  assert.deepEqual(
    atShareOfIterations(of('random-forest', { trees: 2 }), 0.01),
    of('random-forest', { trees: 1 }),
  );
});

test('at share: all of it, or a model without trees or epochs, stays what it is', () => {
  for (const candidate of [of('random-forest'), of('mlp')])
    assert.equal(atShareOfIterations(candidate, 1), candidate);
  for (const candidate of [of('prior'), of('logistic-regression')])
    assert.equal(atShareOfIterations(candidate, 0.1), candidate);
});
