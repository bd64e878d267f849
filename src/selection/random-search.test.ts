import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson } from '../base/plain.ts';
import { createRandom } from '../base/random.ts';
import { createCatalogue } from '../learn/catalogue.ts';
import { allModels } from '../models/all.ts';
import { drawCandidates } from './random-search.ts';

const catalogue = createCatalogue(allModels, []);
const draw = (grids: Record<string, Record<string, unknown>>, trials: number, seed = 1) =>
  drawCandidates(grids, trials, catalogue, createRandom(seed));

test('random search: models take turns, no candidate comes twice, the seed decides', () => {
  const made = draw({ 'logistic-regression': {}, 'random-forest': {} }, 20);
  assert.deepEqual(
    made.map(({ id }) => id),
    Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 'logistic-regression' : 'random-forest')),
  );
  assert.equal(new Set(made.map((candidate) => canonicalJson(candidate))).size, 20);
  assert.deepEqual(draw({ 'logistic-regression': {}, 'random-forest': {} }, 20), made);
  assert.notDeepEqual(draw({ 'logistic-regression': {}, 'random-forest': {} }, 20, 2), made);
});

test('random search: more trials add to fewer', () => {
  const grids = { 'gradient-boosting': {}, mlp: {} };
  assert.deepEqual(draw(grids, 30).slice(0, 8), draw(grids, 8));
});

test('random search: a list is drawn from, a single value stays, a parameter left out comes from its range', () => {
  const made = draw({ 'logistic-regression': { classWeight: ['none', 'balanced'], maxIterations: 50 } }, 40);
  const params = made.map(
    (candidate) => candidate.params as { l2: number; classWeight: string; maxIterations: number },
  );
  assert.deepEqual([...new Set(params.map(({ classWeight }) => classWeight))].sort(), ['balanced', 'none']);
  assert.ok(params.every(({ maxIterations }) => maxIterations === 50));
  assert.ok(new Set(params.map(({ l2 }) => l2)).size > 30, 'l2 is drawn from a continuous range');
});

test('random search: a model without anything to draw is one candidate', () => {
  const made = draw({ prior: {}, 'logistic-regression': { l2: [1, 2] } }, 10);
  assert.deepEqual(made.map(({ id }) => id).sort(), ['logistic-regression', 'logistic-regression', 'prior']);
});

test('random search: a wrong name or value is refused though it might never be drawn', () => {
  assert.throws(() => draw({ 'logistic-regression': { l2: [1, -1] } }, 1), { code: 'param.value' });
  assert.throws(() => draw({ forest: {} }, 1), { code: 'catalogue.unknown' });
});
