import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readGolden } from '../../../golden/compare.ts';
import { createRandom } from '../../base/random.ts';
import { churnedCount } from '../../table/dataset.ts';
import { stratifiedSplit } from './stratified.ts';

interface Golden {
  splits: {
    rows: number;
    churned: number;
    test: number;
    validation: number;
    trainValidationTest: number[][][];
  }[];
}

const labelsOf = (rows: number, churned: number): Uint8Array =>
  Uint8Array.from({ length: rows }, (_, row) => (row < churned ? 1 : 0));

const countsOf = (labels: Uint8Array, rows: Int32Array): [number, number] => {
  const churned = churnedCount(Uint8Array.from(rows, (row) => labels[row]!));
  return [rows.length - churned, churned];
};

const anyLabels = fc
  .tuple(fc.integer({ min: 20, max: 200 }), fc.integer({ min: 20, max: 200 }), fc.nat(9999))
  .map(([stayed, churned, seed]) =>
    Uint8Array.from(createRandom(seed).shuffle([...labelsOf(stayed + churned, churned)])),
  );
const anyShare = fc.constantFrom(0, 0.1, 0.15, 0.2, 0.33);

test("stratified: class counts of every part equal scikit-learn's, telco's and bank's sizes included", () => {
  const { splits } = readGolden<Golden>('splits');
  assert.ok(splits.length >= 70 && splits.some(({ rows, churned }) => rows === 7043 && churned === 1869));
  for (const { trainValidationTest, ...one } of splits) {
    const labels = labelsOf(one.rows, one.churned);
    const parts = stratifiedSplit(labels, one, createRandom(42));
    const counts = [parts.train, parts.validation, parts.test].map((rows) => countsOf(labels, rows));
    if (trainValidationTest.length === 1)
      assert.deepEqual(counts, trainValidationTest[0], JSON.stringify(one));
    else {
      const text = JSON.stringify(counts);
      assert.ok(
        trainValidationTest.some((seen) => JSON.stringify(seen) === text),
        JSON.stringify(one),
      );
    }
  }
});

test('stratified: for any labels the parts are ascending, disjoint, cover all rows and have the stated sizes', () => {
  fc.assert(
    fc.property(anyLabels, anyShare, anyShare, fc.nat(999), (labels, testShare, validation, seed) => {
      const parts = stratifiedSplit(labels, { test: testShare, validation }, createRandom(seed));
      const all = [...parts.train, ...parts.validation, ...parts.test];
      assert.deepEqual(
        all.toSorted((a, b) => a - b),
        Array.from(labels.keys()),
      );
      for (const rows of Object.values(parts)) assert.deepEqual(rows, rows.toSorted());
      assert.equal(parts.test.length, Math.ceil(testShare * labels.length));
      assert.equal(parts.validation.length, Math.ceil(validation * labels.length));
    }),
  );
});

test('stratified: for any labels each part holds within one row of its share of the churned', () => {
  fc.assert(
    fc.property(anyLabels, (labels) => {
      const parts = stratifiedSplit(labels, { test: 0.2, validation: 0.15 }, createRandom(1));
      for (const rows of [parts.test, parts.train]) {
        const expected = (churnedCount(labels) * rows.length) / labels.length;
        // The training part is rounded twice.
        assert.ok(Math.abs(countsOf(labels, rows)[1] - expected) < 2);
      }
    }),
  );
});

test('stratified: the same seed gives the same rows, another seed other rows with the same class counts', () => {
  const labels = labelsOf(400, 100);
  const shares = { test: 0.15, validation: 0.15 };
  const first = stratifiedSplit(labels, shares, createRandom(42));
  assert.deepEqual(stratifiedSplit(labels, shares, createRandom(42)), first);
  const other = stratifiedSplit(labels, shares, createRandom(43));
  for (const part of ['train', 'validation', 'test'] as const) {
    assert.notDeepEqual(other[part], first[part]);
    assert.deepEqual(countsOf(labels, other[part]), countsOf(labels, first[part]));
  }
});

test('stratified: for any validation share the test part stays the same', () => {
  fc.assert(
    fc.property(anyLabels, anyShare, fc.nat(999), (labels, validation, seed) => {
      const random = createRandom(seed);
      const alone = stratifiedSplit(labels, { test: 0.2, validation: 0 }, random);
      random.uint32(); // what else was drawn from the stream must not matter
      const both = stratifiedSplit(labels, { test: 0.2, validation }, random);
      assert.deepEqual(both.test, alone.test);
    }),
  );
});

test('stratified: over many seeds every row is set aside about equally often', () => {
  const labels = labelsOf(40, 12);
  const times = new Float64Array(40);
  for (let seed = 0; seed < 2000; seed++) {
    for (const row of stratifiedSplit(labels, { test: 0.25, validation: 0 }, createRandom(seed)).test)
      times[row]!++;
  }
  // Expected 500 each (standard deviation 19.4); five of them.
  for (const count of times) assert.ok(Math.abs(count - 500) < 97, `${count}`);
});

test('stratified: when the remainders tie the kept row goes to those who stayed, whatever the seed', () => {
  const labels = labelsOf(20, 10);
  for (let seed = 0; seed < 10; seed++) {
    const parts = stratifiedSplit(labels, { test: 0.25, validation: 0 }, createRandom(seed));
    assert.deepEqual(countsOf(labels, parts.test), [2, 3]);
  }
});

test('stratified: a part with fewer than 2 rows of an outcome is refused with the counts', () => {
  const refused = (labels: Uint8Array, testShare: number, validation: number, part: string): void =>
    assert.throws(
      () => stratifiedSplit(labels, { test: testShare, validation }, createRandom(1)),
      (error: Error & { code: string; fields: { part: string; churned: number } }) => {
        assert.equal(error.code, 'data.too-few');
        assert.equal(error.fields.part, part);
        assert.equal(error.fields.churned, churnedCount(labels));
        return true;
      },
    );
  refused(labelsOf(100, 5), 0.1, 0, 'test');
  refused(labelsOf(100, 12), 0.2, 0.1, 'validation');
  refused(labelsOf(100, 10), 0.45, 0.44, 'train');
  refused(labelsOf(100, 1), 0, 0, 'train');
  refused(labelsOf(100, 100), 0.2, 0.2, 'test');
  refused(labelsOf(0, 0), 0.2, 0.2, 'train');
  refused(labelsOf(50, 25), 0.9, 0.9, 'train');
});

test('stratified: a share outside [0, 1) is refused by name', () => {
  const labels = labelsOf(100, 50);
  for (const share of [-0.1, 1, Number.NaN]) {
    const expected = { code: 'param.value', message: new RegExp(`^split: test must be .*, got ${share}$`) };
    assert.throws(() => stratifiedSplit(labels, { test: share, validation: 0 }, createRandom(1)), expected);
  }
});
