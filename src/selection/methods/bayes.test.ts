import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readGolden } from '../../../golden/compare.ts';
import { createRandom } from '../../base/random.ts';
import { braninValue, knownAsk, knownCatalogue, recipeValue, runMethod } from '../testing/known-functions.ts';
import { bayes } from './bayes.ts';

test('known functions: equal to those that Optuna was asked about', () => {
  const { functions } = readGolden('tpe') as {
    functions: {
      branin: { at: [number, number, number][] };
      recipe: { at: ['a', number, number, number][] };
    };
  };
  for (const [x, y, value] of functions.branin.at) assert.ok(Math.abs(braninValue(x, y) - value) < 1e-9);
  for (const [kind, rate, depth, value] of functions.recipe.at)
    assert.ok(Math.abs(recipeValue(kind, rate, depth) - value) < 1e-12);
});

test('bayes: begins with the best of earlier runs, defaults and draws, ten in all; then four guesses at a time', () => {
  const earlier = [knownCatalogue.classifier('recipe')({ kind: 'b', rate: 0.01, depth: 5 })];
  const ask = { ...knownAsk({ recipe: {} }, 17, createRandom(1)), earlier };
  const opening = bayes.next([], ask);
  assert.deepEqual(
    opening.map(({ origin }) => origin),
    ['earlier', 'defaults', ...Array<string>(8).fill('drawn')],
  );
  assert.deepEqual(opening[0]!.candidate, earlier[0]);
  const trials = runMethod(bayes, ask, () => 1);
  assert.equal(trials.length, 17);
  assert.ok(trials.slice(10).every(({ origin }) => origin === 'guessed'));
  assert.equal(bayes.next(trials.slice(0, 10), ask).length, 4);
  assert.equal(bayes.next(trials.slice(0, 14), ask).length, 3);
});

test('bayes: a family that is worse everywhere is asked less, and parameters of one are not those of another', () => {
  const grids = { branin: {}, recipe: {} };
  const trials = runMethod(bayes, knownAsk(grids, 50, createRandom(5)), ({ id }) =>
    id === 'branin' ? 1 : 2,
  );
  const guessed = trials.slice(10);
  assert.ok(guessed.filter(({ candidate }) => candidate.id === 'branin').length > 25);
  for (const { candidate } of trials)
    assert.deepEqual(
      Object.keys(candidate.params as object),
      candidate.id === 'branin' ? ['x', 'y'] : ['kind', 'rate', 'depth'],
    );
});

test('bayes: trials that ended early count as worse than any whole one, whatever their few folds were', () => {
  const ask = knownAsk({ recipe: { kind: 'b', depth: 6 } }, 60, createRandom(8));
  // Small rates look splendid on the first fold and are ended by the next.
  const past = runMethod(bayes, { ...ask, trials: 30 }, () => 1).map((trial) => {
    const isSmall = (trial.candidate.params as { rate: number }).rate < 1e-3;
    return {
      ...trial,
      folds: isSmall ? [-9] : [1, 1],
      outcome: isSmall ? ('behind' as const) : ('whole' as const),
    };
  });
  const rates = Array.from({ length: 20 }, (_, seed) =>
    bayes
      .next(past, { ...ask, random: createRandom(seed) })
      .map(({ candidate }) => (candidate.params as { rate: number }).rate),
  ).flat();
  assert.ok(rates.filter((rate) => rate < 1e-3).length < rates.length / 3);
});
