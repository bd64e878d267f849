import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../base/random.ts';
import { allMetrics } from './metrics/all.ts';
import { prAuc } from './metrics/pr-auc.ts';
import { rocAuc } from './metrics/roc-auc.ts';
import { quickMeasure } from './quick-measure.ts';
import { prepareSample } from './sample.ts';

/** Rows of both outcomes, with ties and certain scores among them. */
const rows = fc
  .array(
    fc.record({
      label: fc.nat({ max: 1 }),
      score: fc.oneof(
        fc.nat({ max: 4 }).map((n) => n / 4),
        fc.double({ min: 0, max: 1, noNaN: true }),
      ),
    }),
    { minLength: 2, maxLength: 40 },
  )
  .filter((all) => all.some(({ label }) => label === 1) && all.some(({ label }) => label === 0));

for (const metric of allMetrics) {
  test(`quick-measure: for any rows ${metric.id} is what the metric computes`, () => {
    const quick = quickMeasure(metric);
    fc.assert(
      fc.property(rows, (all) => {
        const labels = Uint8Array.from(all, ({ label }) => label);
        const scores = Float64Array.from(all, ({ score }) => score);
        const due = metric.compute(prepareSample(labels, scores, 0.5));
        const found = quick(labels, scores);
        // The log loss adds up in another order.
        if (metric.id === 'log-loss') assert.ok(Math.abs(found - due) <= 1e-14 * (1 + due));
        else assert.equal(found, due);
        assert.deepEqual([...scores], [...all.map(({ score }) => score)], 'scores stay in order');
      }),
    );
  });

  test(`quick-measure: rows of one outcome have no ${metric.id}`, () => {
    const quick = quickMeasure(metric);
    for (const label of [0, 1])
      assert.throws(() => quick(Uint8Array.of(label, label), Float64Array.of(0.2, 0.4)), {
        code: 'data.one-class',
      });
  });
}

test('quick-measure: thousands of scores, spread, crowded at an end or mostly alike, are ranked as the metric ranks them', () => {
  const random = createRandom(5);
  const labels = Uint8Array.from({ length: 3000 }, () => random.integer(3) >> 1);
  const kinds: readonly (() => number)[] = [
    () => random.uniform(),
    () => random.uniform() ** 9,
    () => 1 - random.uniform() ** 9,
    () => random.integer(7) / 6,
    () => 0.5 + 1e-13 * random.uniform(),
  ];
  for (const metric of [rocAuc, prAuc])
    for (const draw of kinds) {
      const scores = Float64Array.from(labels, draw);
      const due = metric.compute(prepareSample(labels, scores, 0.5));
      assert.equal(quickMeasure(metric)(labels, scores), due);
    }
});
