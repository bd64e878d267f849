import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { bandOf, resolveBands } from './bands.ts';
import { gainCurve } from './curves.ts';
import { bestPoint, listFigures, listPercents } from './list-figures.ts';
import { measureAll } from './measure.ts';
import { profitPoints } from './profit.ts';
import { prepareSample } from './sample.ts';
import { profitSection } from './section.ts';

const profit = profitSection.parse({ offer: 10, contact: 1, lifetimeValue: 200 });
const threshold = 0.4;

/** Every score of its own, so that a curve has more points than are drawn. */
function drawn(rows: number) {
  const random = createRandom(3);
  const scores = Float64Array.from({ length: rows }, () => random.uniform());
  const labels = Uint8Array.from(scores, (score) => (random.uniform() < score * 0.7 ? 1 : 0));
  return { labels, scores, sample: prepareSample(labels, scores, threshold) };
}

test('list figures: of 450 rows lists, bands and metrics are one number each, though the curve is thinned', () => {
  const { labels, scores, sample } = drawn(450);
  assert.ok(gainCurve(sample).length < 400);
  const bands = resolveBands({}, threshold);
  const { core, further } = measureAll(labels, scores, threshold, createRandom(1), profit);
  const { lists, bands: above } = listFigures(sample, bands, profit);
  const of = (percent: number) => lists.find((list) => list.percent === percent)!;
  assert.equal(of(10).reached, further.gainAt10.value);
  assert.equal(of(20).reached, further.gainAt20.value);
  const churned = labels.filter((label) => label === 1).length;
  assert.ok(
    Math.abs((above.high.reached * churned) / (above.high.contacted * 450) - core.precision.value) < 1e-12,
  );
  assert.ok(Math.abs(above.high.reached - core.recall.value) < 1e-12);
  for (const word of ['high', 'medium'] as const) {
    const within = scores.filter((score) => {
      const band = bandOf(score, bands);
      return band === 'high' || band === word;
    });
    assert.ok(Math.abs(above[word].contacted - within.length / 450) < 1e-12);
  }
});

test('list figures: for any length the leavers reached are counted by hand, and the profit is theirs', () => {
  const { labels, scores, sample } = drawn(1000);
  const order = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!);
  const churned = labels.filter((label) => label === 1).length;
  const { lists } = listFigures(sample, resolveBands({}, threshold), profit);
  assert.deepEqual(
    lists.map(({ percent }) => percent),
    [...listPercents],
  );
  for (const list of lists) {
    const called = order.slice(0, 10 * list.percent);
    const leavers = called.filter((row) => labels[row] === 1).length;
    assert.ok(Math.abs(list.reached - leavers / churned) < 1e-12);
    // A call to a leaver brings 56 on average, one to a stayer -11.
    const earned = (56 * leavers - 11 * (called.length - leavers)) / 1000;
    assert.ok(Math.abs(list.profit! - earned) < 1e-9);
  }
});

test('list figures: the best list is the best of all points, nobody where every list loses; without money there is none', () => {
  const { sample } = drawn(450);
  const bands = resolveBands({}, threshold);
  const best = listFigures(sample, bands, profit).best!;
  assert.ok(profitPoints(sample, profit).every((point) => point.profit <= best.profit));
  const losing = [0, 0.5, 1].map((contacted) => ({ threshold: null, contacted, profit: 0 - 3 * contacted }));
  assert.equal(bestPoint(losing).contacted, 0);
  const plain = listFigures(sample, bands);
  assert.equal(plain.best, null);
  assert.ok(plain.lists.every((list) => list.profit === null));
});
