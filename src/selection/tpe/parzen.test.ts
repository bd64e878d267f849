import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, readGolden } from '../../../golden/compare.ts';
import { createRandom } from '../../base/random.ts';
import { exp } from '../../math/exp-log.ts';
import { choiceParzen, numberParzen } from './parzen.ts';

interface Case {
  observed: number[];
  asked: number[];
  expected: number[];
}
const { parzen } = readGolden('tpe') as {
  parzen: {
    linear: { low: number; high: number; cases: Case[] };
    whole: { low: number; high: number; cases: Case[] };
    choice: { choices: number; cases: Case[] };
  };
};
const tolerance = { absolute: 1e-10, reason: 'the same sums in another order, another normal distribution' };

test('parzen: densities of numbers, whole numbers and choices are those of Optuna, for none to 40 observations', () => {
  for (const kind of ['linear', 'whole'] as const) {
    const { low, high, cases } = parzen[kind];
    for (const { observed, asked, expected } of cases) {
      const estimator = numberParzen(observed, { low, high, isWhole: kind === 'whole' });
      assertClose(asked.map(estimator.logDensity), expected, tolerance);
    }
  }
  for (const { observed, asked, expected } of parzen.choice.cases)
    assertClose(asked.map(choiceParzen(observed, parzen.choice.choices).logDensity), expected, tolerance);
});

test('parzen: what is drawn lies in the range and has the density that is told', () => {
  const random = createRandom(5);
  const observed = [4, 4, 30, 12, 31];
  const estimator = numberParzen(observed, { low: 4, high: 31, isWhole: true });
  const draws = 20_000;
  const counts = new Map<number, number>();
  for (let i = 0; i < draws; i++) {
    const drawn = estimator.draw(random);
    counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
  }
  let mass = 0;
  for (let x = 4; x <= 31; x++) {
    const share = exp(estimator.logDensity(x));
    mass += share;
    // Four standard errors of a share.
    const error = 4 * Math.sqrt((share * (1 - share)) / draws);
    assert.ok(Math.abs((counts.get(x) ?? 0) / draws - share) <= error, `${x}`);
  }
  assertClose(mass, 1, { absolute: 1e-12, reason: '28 shares are added' });
  assert.ok([...counts.keys()].every((x) => Number.isInteger(x) && x >= 4 && x <= 31));
});

test('parzen: a choice that was seen often is drawn often, one that was not is drawn too', () => {
  const random = createRandom(6);
  const estimator = choiceParzen([2, 2, 2, 1], 4);
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < 4000; i++) counts[estimator.draw(random)]!++;
  counts.forEach((count, choice) => {
    const share = exp(estimator.logDensity(choice));
    assert.ok(Math.abs(count / 4000 - share) < 4 * Math.sqrt((share * (1 - share)) / 4000), `${choice}`);
  });
  assert.ok(counts[2]! > counts[1]! && counts[1]! > counts[0]! && counts[0]! > 0);
});
