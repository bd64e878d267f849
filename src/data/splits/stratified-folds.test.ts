import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readGolden } from '../../../golden/compare.ts';
import { createRandom } from '../../base/random.ts';
import { foldRows, stratifiedFolds } from './stratified-folds.ts';

interface Golden {
  folds: { rows: number; churned: number; first: number; k: number; stayedChurned: number[][] }[];
}

const labelsOf = (rows: number, churned: number, first: number): Uint8Array =>
  Uint8Array.from({ length: rows }, (_, row) =>
    first === 1 ? (row < churned ? 1 : 0) : row < rows - churned ? 0 : 1,
  );

const countsOf = (labels: Uint8Array, foldOfRow: Int32Array, k: number): [number, number][] => {
  const counts = Array.from({ length: k }, (): [number, number] => [0, 0]);
  labels.forEach((label, row) => {
    counts[foldOfRow[row]!]![label as 0 | 1]++;
  });
  return counts;
};

const anyLabels = fc
  .tuple(fc.integer({ min: 5, max: 90 }), fc.integer({ min: 5, max: 90 }), fc.nat(9999))
  .map(([stayed, churned, seed]) =>
    Uint8Array.from(createRandom(seed).shuffle([...labelsOf(stayed + churned, churned, 1)])),
  );

test("stratified-folds: class counts of every fold equal scikit-learn's, telco's and bank's sizes included", () => {
  const { folds } = readGolden<Golden>('splits');
  assert.ok(folds.length >= 45 && folds.some(({ rows, churned }) => rows === 10000 && churned === 2037));
  for (const { rows, churned, first, k, stayedChurned } of folds) {
    const labels = labelsOf(rows, churned, first);
    const counts = countsOf(labels, stratifiedFolds(labels, k, createRandom(42)), k);
    assert.deepEqual(counts, stayedChurned, `${rows} rows, ${churned} churned, first ${first}, ${k} folds`);
  }
});

test('stratified-folds: for any labels the folds differ by at most one row, in all and of each outcome', () => {
  fc.assert(
    fc.property(anyLabels, fc.integer({ min: 2, max: 5 }), fc.nat(999), (labels, k, seed) => {
      const counts = countsOf(labels, stratifiedFolds(labels, k, createRandom(seed)), k);
      for (const size of [
        counts.map(([stayed, churned]) => stayed + churned),
        counts.map(([stayed]) => stayed),
        counts.map(([, churned]) => churned),
      ]) {
        assert.ok(Math.max(...size) - Math.min(...size) <= 1);
      }
    }),
  );
});

test('stratified-folds: the same seed gives the same folds whatever else was drawn, another seed others', () => {
  const labels = labelsOf(300, 80, 0);
  const random = createRandom(42);
  const first = stratifiedFolds(labels, 5, random);
  random.uint32();
  assert.deepEqual(stratifiedFolds(labels, 5, random), first);
  assert.notDeepEqual(stratifiedFolds(labels, 5, createRandom(43)), first);
});

test('stratified-folds: over many seeds two rows of an outcome share a fold as often as chance has it', () => {
  const labels = labelsOf(40, 20, 1);
  let together = 0;
  for (let seed = 0; seed < 2000; seed++) {
    const folds = stratifiedFolds(labels, 5, createRandom(seed));
    if (folds[0] === folds[1]) together++;
  }
  // 3 of the other 19 churned rows share the fold: 315.8 of 2000 (standard deviation 16.3); five of them.
  assert.ok(Math.abs(together - 315.8) < 82, `${together}`);
});

test('stratified-folds: for any labels each row is validated exactly once and trained on in every other round', () => {
  fc.assert(
    fc.property(anyLabels, fc.integer({ min: 2, max: 5 }), (labels, k) => {
      const rounds = foldRows(stratifiedFolds(labels, k, createRandom(7)), k);
      assert.equal(rounds.length, k);
      const validated = rounds.flatMap(({ validation }) => [...validation]);
      assert.deepEqual(
        validated.toSorted((a, b) => a - b),
        Array.from(labels.keys()),
      );
      for (const { train, validation } of rounds) {
        assert.equal(train.length + validation.length, labels.length);
        assert.equal(new Set([...train, ...validation]).size, labels.length);
      }
    }),
  );
});

test('stratified-folds: fewer rows of an outcome than folds are refused with the counts', () => {
  assert.throws(() => stratifiedFolds(labelsOf(30, 4, 0), 5, createRandom(1)), {
    code: 'data.too-few',
    fields: { folds: 5, churned: 4, stayed: 26 },
  });
  assert.throws(() => stratifiedFolds(new Uint8Array(0), 2, createRandom(1)), { code: 'data.too-few' });
});

test('stratified-folds: a number of folds that is not whole or below 2 is refused', () => {
  for (const k of [1, 0, 2.5, Number.NaN]) {
    assert.throws(() => stratifiedFolds(labelsOf(30, 15, 0), k, createRandom(1)), {
      code: 'param.value',
      fields: { who: 'folds', param: 'folds' },
    });
  }
});
