import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../base/random.ts';
import { createCatalogue } from '../learn/catalogue.ts';
import { allModels } from '../models/all.ts';
import { defaultCandidate, drawCandidate, familyOf, isWithin, searchSpace } from './search-space.ts';

const catalogue = createCatalogue(allModels, []);
const familyIn = (id: string, grid: Record<string, unknown>) => searchSpace({ [id]: grid }, catalogue)[0]!;

test('search space: a list restricts, a single value fixes, a parameter left out has the range of its schema', () => {
  const { fixed, dimensions } = familyIn('mlp', {
    hidden: [[32], [64, 32]],
    maxEpochs: 50,
    batchSize: [100],
  });
  assert.deepEqual(fixed, { maxEpochs: 50, batchSize: 100 });
  assert.deepEqual(dimensions.slice(0, 2), [
    { name: 'hidden', range: { type: 'choice', values: [[32], [64, 32]] } },
    { name: 'alpha', range: { type: 'log', low: 1e-5, high: 1 } },
  ]);
  assert.ok(!dimensions.some(({ name }) => name === 'maxEpochs' || name === 'batchSize'));
});

test('search space: alternatives that the schema reads as one are one', () => {
  const { dimensions, fixed } = familyIn('logistic-regression', { l2: [1, 1.0], classWeight: 'none' });
  assert.deepEqual(dimensions, []);
  assert.deepEqual(fixed, { l2: 1, classWeight: 'none' });
});

test('search space: more combinations than a grid may have are no matter', () => {
  const many = Array.from({ length: 101 }, (_, i) => i + 1);
  const { dimensions } = familyIn('logistic-regression', { l2: many, maxIterations: many });
  assert.deepEqual(
    dimensions.map(({ range }) => range.type === 'choice' && range.values.length),
    [101, 101],
  );
  assert.throws(() => familyIn('logistic-regression', { l2: [] }), { code: 'param.value' });
});

test('search space: for any stream a drawn candidate lies within its family, however its model is made', () => {
  const space = searchSpace(Object.fromEntries(allModels.map(({ id }) => [id, firstExample(id)])), catalogue);
  fc.assert(
    fc.property(fc.nat(), fc.nat(space.length - 1), (seed, place) => {
      const family = space[place]!;
      assert.equal(familyOf(space, drawCandidate(family, createRandom(seed))), family);
    }),
  );
  for (const family of space) assert.equal(familyOf(space, defaultCandidate(family)), family);
});

/** What a model needs to be told, such as the models it joins; a list of them is one alternative. */
function firstExample(id: string): Record<string, unknown> {
  const needed = catalogue.classifier(id).params.safeParse({}).success;
  const params = needed ? {} : catalogue.classifier(id).examples[0]!.params;
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, [value]]));
}

test('search space: defaults are the own ones of the model, brought into the ranges', () => {
  const forest = defaultCandidate(familyIn('random-forest', { minLeaf: [1, 3, 9] })).params as {
    trees: number;
    minLeaf: number;
  };
  assert.equal(forest.trees, 100);
  assert.equal(forest.minLeaf, 1, 'the default, 5, is not among the alternatives');
  assert.equal(
    (defaultCandidate(familyIn('random-forest', { minLeaf: [1, 5, 9] })).params as { minLeaf: number })
      .minLeaf,
    5,
  );
});

test('search space: what is outside of a range, fixed otherwise or of another model belongs to no family', () => {
  const space = searchSpace({ 'logistic-regression': { classWeight: 'none' } }, catalogue);
  const logistic = catalogue.classifier('logistic-regression');
  assert.equal(familyOf(space, logistic({ l2: 3 })), space[0]);
  for (const params of [{ l2: 1e6 }, { l2: 3, classWeight: 'balanced' }, { l2: 3, maxIterations: 7 }])
    assert.equal(familyOf(space, logistic(params)), undefined);
  assert.equal(familyOf(space, catalogue.classifier('prior')({})), undefined);
  assert.equal(isWithin({ type: 'integer', low: 1, high: 9 }, 10), false);
  assert.equal(isWithin({ type: 'integer', low: 1, high: 9 }, 2.5), false);
  assert.equal(isWithin({ type: 'choice', values: [[1], [2]] }, [2]), true);
});
