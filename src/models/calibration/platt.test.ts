import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, readGolden } from '../../../golden/compare.ts';
import { createRandom } from '../../base/random.ts';
import { sigmoid } from '../../math/sigmoid.ts';
import { fitPlatt } from './platt.ts';

const golden = readGolden<{
  asked: number[];
  sigmoid: {
    margins: number[];
    labels: number[];
    weights: number[] | null;
    a: number;
    b: number;
    answers: number[];
  }[];
}>('models-depth-calibration');

test("platt: slope, offset and answers equal scikit-learn's, with and without row weights", () => {
  assert.equal(golden.sigmoid.length, 16);
  for (const { margins, labels, weights, a, b, answers } of golden.sigmoid) {
    const { slope, offset } = fitPlatt(
      Float64Array.from(margins),
      labels,
      weights ? Float64Array.from(weights) : new Float64Array(labels.length).fill(1),
    );
    const tolerance = {
      absolute: 1e-6,
      relative: 1e-5,
      reason: 'scikit-learn stops its search early, at a gradient of 1e-6 or a fall of 1e-14',
    };
    assertClose([slope, offset], [-a, -b], tolerance);
    assertClose(
      golden.asked.map((margin) => sigmoid(slope * margin + offset)),
      answers,
      { absolute: 1e-6, reason: tolerance.reason },
    );
  }
});

test('platt: margins that are log-odds already are left nearly as they are', () => {
  const random = createRandom(3);
  const margins = Float64Array.from({ length: 20_000 }, () => 1.5 * random.normal() - 0.5);
  const labels = Array.from(margins, (margin) => (random.uniform() < sigmoid(margin) ? 1 : 0));
  const { slope, offset } = fitPlatt(margins, labels, new Float64Array(20_000).fill(1));
  // Standard errors here are about 0.02.
  assert.ok(Math.abs(slope - 1) < 0.06 && Math.abs(offset) < 0.06, `${slope}, ${offset}`);
});

test('platt: equal margins give everybody the softened churn rate; perfect ones a finite slope', () => {
  const weights = new Float64Array(4).fill(1);
  const flat = fitPlatt(new Float64Array(4).fill(0.3), [1, 0, 0, 0], weights);
  assert.equal(flat.slope, 0);
  assert.ok(Math.abs(sigmoid(flat.offset) - (2 / 3 + 3 / 5) / 4) < 1e-12);
  const perfect = fitPlatt(Float64Array.of(-2, -1, 1, 2), [0, 0, 1, 1], weights);
  assert.ok(perfect.slope > 0.5 && perfect.slope < 5);
});
