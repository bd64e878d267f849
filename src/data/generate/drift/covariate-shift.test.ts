import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeDrifted, meanAt } from '../testing/drifted.ts';
import { fitLogit } from '../testing/fit-logit.ts';

const { made, calm, after, told } = makeDrifted('covariate-shift', { rows: 10_000 });

test('covariate-shift: the column falls as the truth says, to the mean of the smaller of two', () => {
  const visits = made.numbers('visits30d');
  assert.equal(meanAt(visits, after), told.after);
  assert.equal(meanAt(calm.numbers('visits30d'), after), told.afterWithoutDrift);
  assert.ok(told.after < 0.65 * told.afterWithoutDrift, `${told.after}`);
});

test('covariate-shift: the reasons for leaving stay: the effects are found again among the new customers', () => {
  const { coefficients, standardErrors } = fitLogit(
    after.map((row) => made.persons[row]!.effects),
    after.map((row) => made.isChurned(row)),
  );
  // satisfaction, engagement, price sensitivity, recency, orders
  [-0.7, -0.6, 0.3, 0.7, -0.7].forEach((stated, i) => {
    assert.ok(
      Math.abs(coefficients[i + 1]! - stated) < 4 * standardErrors[i + 1]!,
      `${i} ${coefficients[i + 1]}`,
    );
  });
});

test('covariate-shift: half the size moves the column about half as far', () => {
  const half = makeDrifted('covariate-shift', { rows: 10_000, driftSize: 0.5 }).told;
  const share = (half.after - half.afterWithoutDrift) / (told.after - told.afterWithoutDrift);
  assert.ok(share > 0.42 && share < 0.58, `${share}`);
});
