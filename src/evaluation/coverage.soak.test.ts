/** The full count: do the 95% intervals hold the truth in 95% of cases? */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { falselyProvenGaps, percent, simulateCoverage } from './testing/coverage.ts';

test('intervals: of 2,000 samples of 1,000 rows 93.5 to 97% hold the truth, in every metric', (t) => {
  for (const { metric, truth, held, above, below } of simulateCoverage(2000, 1000, 1)) {
    t.diagnostic(
      `${metric} ${truth.toFixed(4)}: ${percent(held)}, ${percent(above)} above, ${percent(below)} below`,
    );
    assert.ok(held >= 0.935, `${metric}: ${percent(held)}`);
    // The truth of ECE is 0 here, the low end of its scale: an interval can only miss it on one side.
    if (metric !== 'ece') assert.ok(held <= 0.97, `${metric}: ${percent(held)}`);
  }
});

test('fairness: without a gap one is proven in at most 7% of 2,000 samples, of two, four and eight groups', (t) => {
  for (const shares of [
    [0.5, 0.5],
    [0.1, 0.2, 0.3, 0.4],
    [0.06, 0.08, 0.1, 0.12, 0.14, 0.15, 0.17, 0.18],
  ]) {
    for (const [measure, share] of Object.entries(falselyProvenGaps(2000, 1500, shares, 2))) {
      t.diagnostic(`${shares.length} groups, ${measure}: ${percent(share)}`);
      assert.ok(share <= 0.07, `${shares.length} groups, ${measure}: ${percent(share)}`);
    }
  }
});
