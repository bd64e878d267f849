import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitLogit } from './fit-logit.ts';

test('fitLogit: with one two-valued column the coefficients are the log-odds of a two by two table', () => {
  // 10 of 40 and 30 of 50: log-odds log(1/3) and log(3/2); variances are sums of reciprocal counts.
  const cells = [
    [0, true, 10],
    [0, false, 30],
    [1, true, 30],
    [1, false, 20],
  ] as const;
  const all = cells.flatMap(([value, outcome, count]) =>
    Array.from({ length: count }, () => ({ value, outcome })),
  );
  const { coefficients, standardErrors } = fitLogit(
    all.map(({ value }) => [value]),
    all.map(({ outcome }) => outcome),
  );
  const close = (actual: number | undefined, expected: number): void =>
    assert.ok(Math.abs(actual! - expected) < 1e-9, `${actual}, expected ${expected}`);
  close(coefficients[0], Math.log(1 / 3));
  close(coefficients[1], Math.log(3 / 2) - Math.log(1 / 3));
  close(standardErrors[1], Math.sqrt(1 / 10 + 1 / 30 + 1 / 30 + 1 / 20));
});
