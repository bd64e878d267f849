import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { createCatalogue } from '../../learn/catalogue.ts';
import { allModels } from '../../models/all.ts';
import type { Trial } from '../search-method.ts';
import { knownAsk, runMethod } from '../testing/known-functions.ts';
import { auto, isStalled, rowShares } from './auto.ts';

const families = { branin: {}, recipe: {} };
const ways = [{ categorical: { encode: 'target' } }];

test('auto: each family by its defaults first, by themselves; then earlier ones and draws, then guesses', () => {
  const ask = knownAsk(families, 40, createRandom(1));
  const earlier = [ask.catalogue.classifier('recipe')({ kind: 'b', rate: 0.01, depth: 5 })];
  const first = auto.next([], { ...ask, earlier });
  assert.deepEqual(
    first.map(({ origin, share }) => [origin, share]),
    [
      ['defaults', 1],
      ['defaults', 1],
    ],
  );
  const trials = runMethod(auto, { ...ask, earlier }, () => 1);
  // Few at a time, so that a budget cuts few.
  assert.equal(auto.next(trials.slice(0, 2), { ...ask, earlier }).length, 4);
  assert.deepEqual(trials[2]!.candidate, earlier[0]);
  assert.ok(trials.slice(3, 14).every(({ origin }) => origin === 'drawn'));
  assert.ok(trials.slice(14).every(({ origin }) => origin === 'guessed'));
});

test('auto: the way to prepare columns is one more thing to find, for the models that it is offered to', () => {
  const ask = {
    ...knownAsk(families, 60, createRandom(3)),
    preparations: (model: string) => (model === 'recipe' ? ways : []),
  };
  // Less is better: the other preparation is worth a lot, to one family.
  const trials = runMethod(auto, ask, ({ id, preparation }) =>
    id === 'recipe' && preparation !== undefined ? 1 : 3,
  );
  const recipes = trials.filter(({ candidate }) => candidate.id === 'recipe');
  assert.equal(recipes[0]!.candidate.preparation, undefined, 'the project file’s own way comes first');
  assert.ok(
    trials.every(({ candidate: { id, preparation } }) => id === 'recipe' || preparation === undefined),
  );
  const guessed = recipes.filter(({ origin }) => origin === 'guessed');
  const prepared = guessed.filter(({ candidate }) => candidate.preparation !== undefined);
  assert.ok(
    guessed.length > 20 && prepared.length > 0.7 * guessed.length,
    `${prepared.length} of ${guessed.length}`,
  );
});

test('auto: stops when forty trials in a row gained nothing, and not before', () => {
  const ask = knownAsk(families, 70, createRandom(2));
  const flat = runMethod(auto, ask, () => 1);
  assert.equal(flat.length, 42, 'a round of four begins while the last trial still counts');
  let better = 100;
  assert.equal(runMethod(auto, ask, () => better--).length, 61, 'all but the places for repeats');
});

test('auto: in the end the best candidates that draw at random are fitted three times more', () => {
  const catalogue = createCatalogue(allModels, []);
  const grids = { 'gradient-boosting': {}, 'logistic-regression': {} };
  const ask = { ...knownAsk(grids, 80, createRandom(6)), catalogue, sign: 1 as const };
  let value = 50;
  // The logistic regressions are best, and would be the same again.
  const trials = runMethod(auto, ask, ({ id, repeat }) =>
    id === 'logistic-regression' ? 90 : repeat === undefined ? value-- : 0,
  );
  const repeats = trials.slice(-9);
  assert.ok(trials.slice(0, -9).every(({ candidate: { repeat } }) => repeat === undefined));
  const best = trials.filter(({ candidate: { id } }) => id === 'gradient-boosting').slice(0, 3);
  assert.deepEqual(
    repeats.map(({ candidate, origin }) => [candidate, origin]),
    best.flatMap(({ candidate }) => [1, 2, 3].map((repeat) => [{ ...candidate, repeat }, 'repeated'])),
  );
});

test('auto: a gain within the spread of the folds is none', () => {
  const trial = (number: number, mean: number): Trial => ({
    candidate: { id: 'x', params: {} },
    origin: 'drawn',
    share: 1,
    number,
    folds: [mean - 0.01, mean, mean + 0.01],
    outcome: 'whole',
    seconds: 1,
  });
  const after = (gain: number) => [
    trial(1, 0.8),
    ...Array.from({ length: 40 }, (_, i) => trial(i + 2, 0.8 + gain)),
  ];
  assert.equal(isStalled(after(0.0005), 1), true);
  assert.equal(isStalled(after(0.0007), 1), false);
  assert.equal(isStalled(after(0.5).slice(0, 40), 1), false, 'patience is not over yet');
  assert.equal(isStalled(after(-0.5), -1), false, 'less may be better');
});

test('auto: on many rows it looks on few of them first and tries the best on more, the best of those on all', () => {
  assert.deepEqual(rowShares(50_000), [1]);
  assert.deepEqual(rowShares(80_000), [0.25, 1]);
  assert.deepEqual(rowShares(800_000), [0.025, 0.125, 1]);
  const ask = { ...knownAsk(families, 30, createRandom(4)), rows: 800_000 };
  let called = 0;
  const trials = runMethod(auto, ask, () => 100 - (called++ % 17));
  const at = (share: number) => trials.filter((trial) => trial.share === share);
  assert.deepEqual([at(0.025).length, at(0.125).length, at(1).length], [19, 8, 3]);
  const means = (some: readonly Trial[]) => some.map(({ folds }) => folds[0]!);
  const best = [...means(at(0.025))].sort((a, b) => a - b).slice(0, 8);
  const promoted = at(0.125).map(({ candidate }) => candidate);
  const from = at(0.025).filter(({ candidate }) => promoted.includes(candidate));
  assert.deepEqual(
    means(from).sort((a, b) => a - b),
    best,
  );
});
