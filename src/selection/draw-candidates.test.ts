import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { createCatalogue } from '../learn/catalogue.ts';
import { allModels } from '../models/all.ts';
import { drawCandidates, openingCandidates } from './draw-candidates.ts';
import { candidateKey } from './search-method.ts';
import { defaultCandidate, searchSpace, startCandidates } from './search-space.ts';

const catalogue = createCatalogue(allModels, []);
const draw = (grids: Record<string, Record<string, unknown>>, trials: number, seed = 1) =>
  drawCandidates(searchSpace(grids, catalogue), trials, createRandom(seed));

test('draw candidates: models take turns, no candidate comes twice, the seed decides', () => {
  const made = draw({ 'logistic-regression': {}, 'random-forest': {} }, 20);
  assert.deepEqual(
    made.map(({ id }) => id),
    Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 'logistic-regression' : 'random-forest')),
  );
  assert.equal(new Set(made.map(candidateKey)).size, 20);
  assert.deepEqual(draw({ 'logistic-regression': {}, 'random-forest': {} }, 20), made);
  assert.notDeepEqual(draw({ 'logistic-regression': {}, 'random-forest': {} }, 20, 2), made);
});

test('draw candidates: more trials add to fewer', () => {
  const grids = { 'gradient-boosting': {}, mlp: {} };
  assert.deepEqual(draw(grids, 30).slice(0, 8), draw(grids, 8));
});

test('draw candidates: a model without anything to draw is one candidate', () => {
  const made = draw({ prior: {}, 'logistic-regression': { l2: [1, 2] } }, 10);
  assert.ok(made.filter(({ id }) => id === 'prior').length === 1);
});

test('draw candidates: what is known already is not drawn again', () => {
  const space = searchSpace({ 'logistic-regression': { l2: [1, 2, 3], classWeight: 'none' } }, catalogue);
  const [first] = drawCandidates(space, 1, createRandom(1));
  const others = drawCandidates(space, 10, createRandom(1), [first!]);
  assert.ok(others.length < 3 * 4 && !others.some((one) => candidateKey(one) === candidateKey(first!)));
});

test('opening: the best of earlier runs that lie in the space, then defaults, then drawn ones', () => {
  const space = searchSpace({ 'logistic-regression': { classWeight: 'none' }, prior: {} }, catalogue);
  const inside = catalogue.classifier('logistic-regression')({ l2: 7 });
  const outside = catalogue.classifier('logistic-regression')({ l2: 1e6 });
  const opening = openingCandidates(space, 5, createRandom(2), [outside, inside]);
  assert.deepEqual(
    opening.map(({ origin }) => origin),
    ['earlier', 'defaults', 'defaults', 'drawn', 'drawn'],
  );
  assert.deepEqual(opening[0]!.candidate, inside);
  assert.deepEqual(opening[1]!.candidate, defaultCandidate(space[0]!));
  assert.equal(openingCandidates(space, 1, createRandom(2), [inside]).length, 1);
  const again = openingCandidates(space, 5, createRandom(2), [inside, defaultCandidate(space[0]!)]);
  assert.deepEqual(
    again.map(({ origin }) => origin),
    ['earlier', 'defaults', 'defaults', 'drawn', 'drawn'],
    'defaults that an earlier run found are defaults',
  );
});

test('opening: what a model is known to be good with follows the defaults, where the project file leaves it open', () => {
  const named = allModels.filter(({ starts }) => starts !== undefined);
  assert.ok(named.length > 0);
  for (const { id, starts } of named) {
    const [family] = searchSpace({ [id]: {} }, catalogue);
    const found = startCandidates(family!);
    assert.equal(found.length, starts!.length, `${id}: a start lies outside of its own ranges`);
    const opening = openingCandidates([family!], 9, createRandom(2));
    assert.deepEqual(
      opening.slice(0, 1 + found.length).map(({ candidate }) => candidate),
      [defaultCandidate(family!), ...found],
    );
  }
  const [fixed] = searchSpace({ 'gradient-boosting': { growth: 'depth', trees: 30 } }, catalogue);
  assert.deepEqual(startCandidates(fixed!), []);
});
