import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCatalogue } from '../learn/catalogue.ts';
import { logisticRegression } from '../models/logistic-regression.ts';
import { prior } from '../models/prior.ts';
import { expandCandidates, expandGrid } from './grid.ts';

const catalogue = createCatalogue([prior, logisticRegression], []);

test('grid: a list gives one candidate an alternative, the last parameter varies fastest, the rest has defaults', () => {
  const made = expandGrid(logisticRegression, { l2: [0.1, 1], classWeight: ['none', 'balanced'] });
  const params = made.map((candidate) => candidate.params as { l2: number; classWeight: string });
  assert.deepEqual(
    params.map(({ l2, classWeight }) => [l2, classWeight]),
    [
      [0.1, 'none'],
      [0.1, 'balanced'],
      [1, 'none'],
      [1, 'balanced'],
    ],
  );
});

test('grid: a value that is no list is one alternative', () => {
  assert.deepEqual(expandGrid(logisticRegression, { l2: 7 }), expandGrid(logisticRegression, { l2: [7] }));
});

test('grid: candidates stand in the order written', () => {
  const made = expandCandidates({ 'logistic-regression': { l2: [1, 2] }, prior: {} }, catalogue);
  assert.deepEqual(
    made.map(({ id }) => id),
    ['logistic-regression', 'logistic-regression', 'prior'],
  );
});

test('grid: an unknown model is refused with the nearest name', () => {
  assert.throws(() => expandCandidates({ 'logistic-regresion': {} }, catalogue), {
    code: 'catalogue.unknown',
    message: /did you mean logistic-regression\?/,
  });
});

test('grid: an unknown parameter, a value out of range, an empty list and no model are refused by name', () => {
  const grids = [{ lambda: 1 }, { l2: [1, -1] }, { l2: [] }];
  const codes = ['param.unknown', 'param.value', 'param.value'];
  grids.forEach((grid, i) => {
    assert.throws(() => expandGrid(logisticRegression, grid), {
      code: codes[i],
      message: /^logistic-regression: /,
    });
  });
  assert.throws(() => expandCandidates({}, catalogue), { code: 'project.value' });
});

test('grid: more than ten thousand candidates are refused', () => {
  const many = Array.from({ length: 101 }, (_, i) => i);
  assert.throws(() => expandGrid(logisticRegression, { l2: many, maxIterations: many.map((i) => i + 1) }), {
    code: 'param.value',
    message: /more than 10000/,
  });
});
