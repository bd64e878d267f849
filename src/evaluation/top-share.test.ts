import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomCase } from './checks.ts';
import { gainCurve } from './curves.ts';
import { prepareSample } from './sample.ts';
import { gainAt, liftAt, reachedAt } from './top-share.ts';

test('top share: calls inside a tie are by lot, inside a row in part', () => {
  // Ten customers: two of 0.9, four tied at 0.5 of whom three left, four at 0.1.
  const labels = Uint8Array.of(1, 0, 1, 1, 1, 0, 0, 0, 0, 0);
  const scores = Float64Array.of(0.9, 0.9, 0.5, 0.5, 0.5, 0.5, 0.1, 0.1, 0.1, 0.1);
  const sample = prepareSample(labels, scores, 0.5);
  assert.equal(reachedAt(sample, 20), 1 / 4);
  assert.equal(reachedAt(sample, 40), (1 + 3 / 2) / 4);
  assert.equal(reachedAt(sample, 5), 1 / 4 / 4);
  assert.equal(reachedAt(sample, 60), 1);
  assert.equal(reachedAt(sample, 100), 1);
});

test('top share: lies on the gain curve', () => {
  const { labels, scores } = randomCase(4, { rows: 200 });
  const sample = prepareSample(labels, scores, 0.5);
  for (const { contacted, reached } of gainCurve(sample))
    if (contacted > 0) assert.ok(Math.abs(reachedAt(sample, 100 * contacted) - reached) < 1e-12);
});

test('lift and gain: are of one another by the share called', () => {
  const { labels, scores } = randomCase(5, { rows: 90, levels: 6 });
  const sample = prepareSample(labels, scores, 0.5);
  assert.ok(Math.abs(liftAt(30).compute(sample) * 0.3 - gainAt(30).compute(sample)) < 1e-15);
  assert.deepEqual(
    [liftAt(30).id, liftAt(30).jsonKey, gainAt(5).jsonKey],
    ['lift-at-30', 'liftAt30', 'gainAt5'],
  );
});
