import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { HoldfastError } from '../../base/errors.ts';
import { numberColumn } from '../../table/column.ts';
import { medianOf, momentsOf, mostFrequentOf, presentNumbers, quartilesOf } from './statistics.ts';

const floats = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), {
  minLength: 1,
  maxLength: 60,
});
const few = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 60 });
const samples = fc.oneof(floats, few);

/** The definition, on a sorted copy. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)]!;
  const high = sorted[Math.min(Math.floor(place) + 1, sorted.length - 1)]!;
  const part = place - Math.floor(place);
  return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part);
}

test('quartiles: for any sample they equal the definition on the sorted sample', () => {
  fc.assert(
    fc.property(samples, (values) => {
      const { q1, q3 } = quartilesOf(Float64Array.from(values));
      assert.equal(q1, quantile(values, 0.25) + 0);
      assert.equal(q3, quantile(values, 0.75) + 0);
    }),
  );
});

test('median: for any sample it is the middle of the sorted sample', () => {
  fc.assert(
    fc.property(samples, (values) => {
      assert.equal(medianOf(Float64Array.from(values)), quantile(values, 0.5) + 0);
    }),
  );
});

test('median: two middle values whose distance overflows have a middle all the same', () => {
  assert.equal(medianOf(Float64Array.of(-1.7e308, 1.7e308)), 0);
  assert.equal(medianOf(Float64Array.of(1.7e308, 1.7e308)), 1.7e308);
});

test('moments: a constant column has its value as mean and counts as constant', () => {
  const { mean, sd, isConstant } = momentsOf(new Float64Array(1000).fill(0.1));
  assert.equal(mean, 0.1);
  assert.ok(sd < 1e-15);
  assert.equal(isConstant, true);
});

test('moments: numbers whose squares overflow or vanish keep a sound deviation', () => {
  for (const size of [1e300, 1e-300, 1]) {
    const { mean, sd, isConstant } = momentsOf(Float64Array.of(-size, size, -size, size));
    assert.equal(mean, 0);
    assert.equal(sd, size);
    assert.equal(isConstant, false);
  }
  assert.ok(Number.isFinite(momentsOf(Float64Array.of(Number.MAX_VALUE, Number.MAX_VALUE)).mean));
});

test('moments: a small spread on a large offset is measured', () => {
  const { mean, sd, isConstant } = momentsOf(Float64Array.of(1e9 - 1, 1e9 + 1, 1e9 - 1, 1e9 + 1));
  assert.deepEqual({ mean, sd, isConstant }, { mean: 1e9, sd: 1, isConstant: false });
});

test('most frequent number: of equally frequent ones the smallest wins', () => {
  assert.equal(mostFrequentOf(Float64Array.of(5, 2, 5, 2, 9)), 2);
  assert.equal(mostFrequentOf(Float64Array.of(5, 2, 5)), 5);
});

test('statistics: -0 never comes out, because JSON would turn it into 0', () => {
  const zeros = () => Float64Array.of(-0, -0, -0);
  for (const value of [
    medianOf(zeros()),
    mostFrequentOf(zeros()),
    momentsOf(zeros()).mean,
    quartilesOf(zeros()).q1,
  ])
    assert.ok(Object.is(value, 0));
});

test('present numbers: missing ones are left out, the source stays as it was, infinite ones are refused by name', () => {
  const column = numberColumn('charge', [1, null, 3]);
  assert.deepEqual([...presentNumbers('step', column)], [1, 3]);
  assert.ok(Number.isNaN(column.values[1]));
  assert.throws(
    () => presentNumbers('step', numberColumn('charge', [1, Number.POSITIVE_INFINITY])),
    (error) =>
      error instanceof HoldfastError &&
      error.code === 'column.not-finite' &&
      error.fields.column === 'charge' &&
      error.fields.rows === 1,
  );
});
