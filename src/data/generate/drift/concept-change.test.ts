import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainEqual } from '../../../base/plain.ts';
import { areaOf } from '../testing/areas.ts';
import { makeDrifted, meanAt } from '../testing/drifted.ts';
import { fitLogit } from '../testing/fit-logit.ts';

const { made, calm, after } = makeDrifted('concept-change', { rows: 10_000 });

test('concept-change: what is recorded stays as it was, in every row', () => {
  for (const [c, column] of made.table.columns.entries()) {
    if (column.name !== 'churned') assert.ok(plainEqual(column, calm.table.columns[c]), column.name);
  }
});

test('concept-change: the effects named change by what is stated, the others stay', () => {
  const { coefficients, standardErrors } = fitLogit(
    after.map((row) => made.persons[row]!.effects),
    after.map((row) => made.isChurned(row)),
  );
  // satisfaction, engagement, price sensitivity, recency, orders, late deliveries 0.3 + 0.8
  [-0.7, -0.6, 0.3, 0.7, -0.7, 1.1].forEach((stated, i) => {
    assert.ok(
      Math.abs(coefficients[i + 1]! - stated) < 4 * standardErrors[i + 1]!,
      `${i} ${coefficients[i + 1]}`,
    );
  });
  assert.ok(standardErrors[6]! < 0.1);
});

test('concept-change: as many leave as before, but the old risk ranks them worse', () => {
  const leaves = (from: typeof made): Float64Array =>
    Float64Array.from(after, (row) => Number(from.isChurned(row)));
  const old = calm.numbers('churnProbability', calm.truth);
  const rates = [calm, made].map((one) => meanAt(one.numbers('churnProbability', one.truth), after));
  assert.ok(Math.abs(rates[0]! - rates[1]!) < 0.01, `${rates}`);
  const oldRisk = Float64Array.from(after, (row) => old[row]!);
  assert.ok(areaOf(oldRisk, leaves(made)) < areaOf(oldRisk, leaves(calm)) - 0.02);
});
