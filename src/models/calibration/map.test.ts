import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../base/random.ts';
import { sigmoid } from '../../math/sigmoid.ts';
import { applyMap, calibrationMethods, fitMap } from './map.ts';

const random = createRandom(8);
const truth = Float64Array.from({ length: 3000 }, () => sigmoid(1.2 * random.normal() - 1));
const labels = Array.from(truth, (p) => (random.uniform() < p ? 1 : 0));
/** Twice too sure of itself. */
const tooSure = truth.map((p) => (p * p) / (p * p + (1 - p) * (1 - p)));
const ones = new Float64Array(3000).fill(1);
const meanSquare = (scores: Float64Array): number =>
  scores.reduce((sum, p, row) => sum + (p - truth[row]!) * (p - truth[row]!), 0) / scores.length;

for (const method of calibrationMethods) {
  test(`calibration map: ${method} brings scores that are too sure near the truth`, () => {
    const map = fitMap(method, tooSure, labels, ones);
    assert.ok(meanSquare(tooSure) > 0.01);
    assert.ok(meanSquare(applyMap(map, tooSure)) < 0.0015, `${meanSquare(applyMap(map, tooSure))}`);
  });

  test(`calibration map: ${method} never answers 0 or 1, not even for scores of 0 and 1`, () => {
    const scores = Float64Array.of(0, 0, 0, 1, 1, 1);
    const map = fitMap(method, scores, [0, 0, 0, 1, 1, 1], new Float64Array(6).fill(1));
    for (const p of applyMap(map, Float64Array.of(0, 0.5, 1))) assert.ok(p > 0 && p < 1, `${p}`);
  });

  test(`calibration map: for any two scores ${method} never turns their order around`, () => {
    const map = fitMap(method, tooSure, labels, ones);
    const score = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(score, score, (a, b) => {
        const [low, high] = applyMap(map, Float64Array.of(Math.min(a, b), Math.max(a, b)));
        assert.ok(low! <= high!);
      }),
    );
  });
}

test('calibration map: a sigmoid makes no ties among scores that a model gives', () => {
  const map = fitMap('sigmoid', tooSure, labels, ones);
  assert.equal(new Set(applyMap(map, tooSure)).size, new Set(tooSure).size);
  assert.ok(new Set(applyMap(fitMap('isotonic', tooSure, labels, ones), tooSure)).size < 2500);
});
