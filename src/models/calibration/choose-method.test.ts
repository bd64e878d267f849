import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { log } from '../../math/exp-log.ts';
import { sigmoid } from '../../math/sigmoid.ts';
import { compareLoss, helpfulMethod } from './choose-method.ts';

/** Scores stretched by `stretch` in log-odds over the truth, and outcomes drawn from the truth. */
function customers(rows: number, stretch: number, seed: number) {
  const random = createRandom(seed);
  const margins = Float64Array.from({ length: rows }, () => 1.3 * random.normal() - 1);
  const labels = Uint8Array.from(margins, (z) => (random.uniform() < sigmoid(z) ? 1 : 0));
  return { scores: margins.map((z) => sigmoid(stretch * z)), labels };
}
const decide = ({ scores, labels }: ReturnType<typeof customers>): boolean =>
  helpfulMethod(['sigmoid'], scores, labels, createRandom(1)) === 'sigmoid';

test('choose-method: scores that are too sure or too shy are helped', () => {
  assert.equal(decide(customers(1000, 2, 1)), true);
  assert.equal(decide(customers(1000, 0.4, 2)), true);
});

test('choose-method: scores that hold already are seldom touched', () => {
  const touched = Array.from({ length: 60 }, (_, seed) => decide(customers(600, 1, 100 + seed))).filter(
    Boolean,
  );
  // A fall beyond one standard error by chance alone; a map costs what it learns wrongly, so less than one in six.
  assert.ok(touched.length <= 12, `${touched.length} of 60`);
});

test('choose-method: a model that ranks the wrong way round is left alone', () => {
  const { scores, labels } = customers(1000, 2, 3);
  assert.equal(decide({ scores: scores.map((p) => 1 - p), labels }), false);
});

test('choose-method: the losses are means over the rows, none mapped by what it taught', () => {
  const { scores, labels } = customers(400, 2, 4);
  const { before, after, standardError } = compareLoss('sigmoid', scores, labels, createRandom(1))!;
  const due = scores.reduce((sum, p, row) => sum - log(labels[row] === 1 ? p : 1 - p), 0) / 400;
  assert.ok(Math.abs(before - due) < 1e-12);
  assert.ok(after < before && standardError > 0 && standardError < 0.1);
});

test('choose-method: too few rows of an outcome give no comparison and no map', () => {
  const scores = new Float64Array(40).fill(0.9);
  const labels = Uint8Array.from({ length: 40 }, (_, row) => (row < 4 ? 1 : 0));
  assert.equal(compareLoss('sigmoid', scores, labels, createRandom(1)), undefined);
  assert.equal(helpfulMethod(['sigmoid'], scores, labels, createRandom(1)), undefined);
});
