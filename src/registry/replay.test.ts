import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { score } from '../learn/fit.ts';
import { makeGoldenRows } from '../learn/golden-rows.ts';
import { exampleCatalogue, exampleParts } from '../store/testing/example-model.ts';
import { replayScores } from './replay.ts';

const { fitted } = exampleParts();
const rows = makeGoldenRows(
  fitted.inputs.map((input) => ({ ...input, min: 0 })),
  createRandom(4),
);

test('replay: the scores that were given come again to the last bit', () => {
  const recorded = score(fitted, rows, exampleCatalogue);
  assert.deepEqual(replayScores({ fitted }, rows, recorded, exampleCatalogue), {
    rows: rows.rowCount,
    equal: rows.rowCount,
    firstDifferent: null,
  });
});

test('replay: a score that differs in its last bit is found at its row', () => {
  const recorded = score(fitted, rows, exampleCatalogue);
  const bits = new BigInt64Array(recorded.buffer);
  bits[5]! ^= 1n;
  const { equal, firstDifferent } = replayScores({ fitted }, rows, recorded, exampleCatalogue);
  assert.deepEqual([equal, firstDifferent], [rows.rowCount - 1, 5]);
});

test('replay: another number of scores than rows is a defect of the caller', () => {
  assert.throws(() => replayScores({ fitted }, rows, new Float64Array(1), exampleCatalogue), TypeError);
});
