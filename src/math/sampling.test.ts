import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../base/random.ts';
import { chiSquareSurvival } from './gamma.ts';
import { bootstrapCounts, sampleWithoutReplacement } from './sampling.ts';

test('for any size and count: a sample holds different positions in ascending order', () => {
  const sizes = fc
    .integer({ min: 0, max: 400 })
    .chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n })));
  fc.assert(
    fc.property(sizes, fc.integer(), ([size, count], seed) => {
      const sample = sampleWithoutReplacement(createRandom(seed), size, count);
      assert.equal(sample.length, count);
      sample.forEach((position, i) => {
        assert.ok(position < size && (i === 0 || position > sample[i - 1]!));
      });
    }),
  );
});

test('sampleWithoutReplacement: every position is equally likely, in small and in large samples', () => {
  for (const count of [2, 20]) {
    const random = createRandom(8).fork('uniform', count);
    const hits = new Float64Array(40);
    const draws = 20_000;
    for (let i = 0; i < draws; i++)
      for (const position of sampleWithoutReplacement(random, 40, count)) hits[position]!++;
    const expected = (draws * count) / 40;
    // Without repeats hits spread less than a multinomial's; the factor restores the chi-square scale.
    const statistic =
      hits.reduce((total, hit) => total + (hit - expected) ** 2 / expected, 0) * (39 / (40 - count));
    const p = chiSquareSurvival(statistic, 39);
    assert.ok(p > 0.001 && p < 0.999, `p-value ${p}`);
  }
});

test('sampleWithoutReplacement: the same stream gives the same rows, all rows are all rows', () => {
  const draw = () => sampleWithoutReplacement(createRandom(3).fork('rows'), 1000, 10);
  assert.deepEqual(draw(), draw());
  assert.deepEqual([...sampleWithoutReplacement(createRandom(1), 4, 4)], [0, 1, 2, 3]);
});

test('sampleWithoutReplacement: more rows than there are, or a part of one, are refused', () => {
  for (const count of [5, -1, 1.5, Number.NaN])
    assert.throws(() => sampleWithoutReplacement(createRandom(1), 4, count), { code: 'param.value' });
});

test('bootstrapCounts: counts add up, and about 1 / e of the rows are left out', () => {
  const counts = bootstrapCounts(createRandom(6), 100_000);
  assert.equal(
    counts.reduce((a, b) => a + b, 0),
    100_000,
  );
  const leftOut = counts.filter((count) => count === 0).length / 100_000;
  // Standard deviation of the share: 0.001.
  assert.ok(Math.abs(leftOut - 1 / Math.E) < 0.004, `${leftOut}`);
  assert.deepEqual(bootstrapCounts(createRandom(6), 0), new Int32Array(0));
});
