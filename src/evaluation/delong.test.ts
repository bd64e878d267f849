import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { randomCase } from './checks.ts';
import { compareRocAuc, rocAucInterval } from './delong.ts';
import { rocAuc } from './metrics/roc-auc.ts';
import { prepareSample } from './sample.ts';

test('delong: at AUC 1 the interval goes down as far as the rarer outcome leaves open', () => {
  const interval = (churned: number, stayed: number) => {
    const labels = new Uint8Array(churned + stayed).fill(1, 0, churned);
    return rocAucInterval(prepareSample(labels, Float64Array.from(labels), 0.5));
  };
  assert.equal(interval(10, 500).high, 1);
  assert.ok(Math.abs(interval(10, 500).low - 10 / (10 + 3.841458820694124)) < 1e-12);
  assert.ok(interval(200, 500).low > 0.98);
  assert.ok(interval(1, 500).low < 0.21);
});

test('delong: all scores tied leave 0.5 and a wide interval around it', () => {
  const labels = Uint8Array.from({ length: 40 }, (_, row) => (row < 20 ? 1 : 0));
  const { low, high } = rocAucInterval(prepareSample(labels, new Float64Array(40).fill(0.3), 0.5));
  assert.ok(low < 0.35 && high > 0.65 && Math.abs(low + high - 1) < 1e-12);
});

test('delong: the interval stays inside (0, 1) close to the ends', () => {
  const labels = Uint8Array.of(1, 1, 1, 0, 0, 0);
  const { low, high } = rocAucInterval(
    prepareSample(labels, Float64Array.of(0.9, 0.8, 0.5, 0.6, 0.2, 0.1), 0.5),
  );
  assert.ok(low > 0.2 && low < 0.6 && high > 0.95 && high < 1, `${low} ${high}`);
});

test('compare: a model against itself differs by nothing, surely', () => {
  const { labels, scores } = randomCase(1, { rows: 100 });
  const compared = compareRocAuc(labels, scores, scores);
  assert.deepEqual([compared.value, compared.low, compared.high, compared.standardError], [0, 0, 0, 0]);
});

test('compare: the pairing sees a small steady loss that separate intervals do not', () => {
  const { labels, scores } = randomCase(2, { rows: 2000 });
  const random = createRandom(3);
  const blurred = scores.map((score) => Math.min(1, Math.max(0, score + 0.12 * random.normal())));
  const compared = compareRocAuc(labels, scores, blurred);
  assert.ok(compared.low > 0, `${compared.low}`);
  const separate = [scores, blurred].map((one) => rocAucInterval(prepareSample(labels, one, 0.5)));
  assert.ok(separate[0]!.low < separate[1]!.high);
  const alone = rocAuc.compute(prepareSample(labels, scores, 0.5));
  assert.ok(Math.abs(compared.first - alone) < 1e-13);
});

test('compare: turned round it changes sign and swaps the ends', () => {
  const { labels, scores } = randomCase(4, { rows: 90, levels: 7 });
  const other = randomCase(5, { rows: 90 }).scores;
  const there = compareRocAuc(labels, scores, other);
  const back = compareRocAuc(labels, other, scores);
  assert.ok(Math.abs(there.value + back.value) < 1e-15);
  assert.ok(Math.abs(there.low + back.high) < 1e-15);
});

test('compare: a single churner leaves everything open', () => {
  const compared = compareRocAuc(
    Uint8Array.of(1, 0, 0),
    Float64Array.of(0.9, 0.1, 0),
    Float64Array.of(0.2, 0.3, 0),
  );
  assert.ok(compared.low <= -1 && compared.high >= 1);
});
