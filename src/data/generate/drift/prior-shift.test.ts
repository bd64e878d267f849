import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retail } from '../retail.ts';
import { makeDrifted, meanAt } from '../testing/drifted.ts';
import { fitLogit } from '../testing/fit-logit.ts';

const { made, before, after } = makeDrifted('prior-shift', { rows: 10_000 });
const leaves = Float64Array.from({ length: 10_000 }, (_, row) => Number(made.isChurned(row)));

test('prior-shift: the share that leaves rises from 24% to 46%', () => {
  assert.ok(Math.abs(meanAt(leaves, before) - 0.24) < 0.02, `${meanAt(leaves, before)}`);
  // 1 / (1 + exp(-(log(0.24 / 0.76) + 1))) = 0.4619; four standard deviations of 5,000 draws.
  assert.ok(Math.abs(meanAt(leaves, after) - 0.4619) < 0.028, `${meanAt(leaves, after)}`);
});

test('prior-shift: leavers look as leavers did, and stayers as stayers', () => {
  // A winter holds other months than a summer does, so columns of the season are not compared.
  for (const name of ['orders12m', 'visits30d', 'contacts12m', 'discountPercent', 'spend12m']) {
    const values = made.numbers(name);
    for (const outcome of [0, 1]) {
      const [old, now] = [before, after].map((rows) => rows.filter((row) => leaves[row] === outcome)) as [
        number[],
        number[],
      ];
      const mean = meanAt(values, old);
      const spread = Math.sqrt(
        meanAt(
          values.map((value) => (value - mean) ** 2),
          old,
        ),
      );
      const difference = Math.abs(meanAt(values, now) - mean) / spread;
      const error = Math.sqrt(1 / old.length + 1 / now.length);
      assert.ok(difference < 4 * error, `${name} ${outcome} ${difference / error}`);
    }
  }
});

test('prior-shift: every effect stays, those of seasons too: the log-odds rise by the same for all', () => {
  const { coefficients, standardErrors } = fitLogit(
    after.map((row) => made.persons[row]!.effects),
    after.map((row) => made.isChurned(row)),
  );
  retail.effects.forEach(({ name, coefficient }, i) => {
    const distance = Math.abs(coefficients[i + 1]! - coefficient) / standardErrors[i + 1]!;
    assert.ok(distance < 3.7, `${name} ${coefficients[i + 1]} ${distance}`);
  });
});

test('prior-shift: luck stays a uniform number, so offers have the effect that the truth says', () => {
  const some = after.map((row) => made.persons[row]!);
  for (const limit of [0.1, 0.3, 0.5, 0.8]) {
    const share = some.filter(({ luck }) => luck < limit).length / some.length;
    assert.ok(
      Math.abs(share - limit) < 4 * Math.sqrt((limit * (1 - limit)) / some.length),
      `${limit} ${share}`,
    );
  }
});

test('prior-shift: at the lowest rate it ends, and the rate is what it should be', () => {
  const rare = makeDrifted('prior-shift', { rows: 4000, churnRate: 0.01 });
  const share = rare.after.filter((row) => rare.made.isChurned(row)).length / rare.after.length;
  // 1% becomes 2.7%.
  assert.ok(share > 0.013 && share < 0.042, `${share}`);
});
