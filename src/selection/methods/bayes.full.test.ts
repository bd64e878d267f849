/** Bayesian search on functions whose best is known, beside random search and beside Optuna. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readGolden } from '../../../golden/compare.ts';
import { deviationOf, meanOf } from '../one-standard-error.ts';
import type { SearchMethod } from '../search-method.ts';
import { bestFound, knownFunctions } from '../testing/known-functions.ts';
import { bayes } from './bayes.ts';
import { random } from './random.ts';

interface Found {
  readonly mean: number;
  readonly standardError: number;
}
const golden = readGolden('tpe') as {
  trials: number;
  seeds: number;
  functions: Record<string, { tpe: Found; random: Found }>;
};

for (const [name, known] of Object.entries(knownFunctions)) {
  const found = (method: SearchMethod, seeds: number): Found => {
    const values = Array.from({ length: seeds }, (_, seed) => bestFound(method, known, golden.trials, seed));
    return { mean: meanOf(values), standardError: deviationOf(values) / Math.sqrt(seeds) };
  };
  const told = ({ mean, standardError }: Found): string => `${mean.toFixed(4)} ± ${standardError.toFixed(4)}`;

  test(`bayes: on ${name} it finds better than random on the mean of 20 seeds at 40 trials`, (t) => {
    const [guessed, drawn] = [found(bayes, 20), found(random, 20)];
    t.diagnostic(`bayes ${told(guessed)}, random ${told(drawn)}`);
    assert.ok(guessed.mean < drawn.mean);
  });

  test(`bayes: on ${name} the mean of 100 seeds is within three standard errors of Optuna's; so is random's`, (t) => {
    for (const [method, theirs] of [
      [bayes, golden.functions[name]!.tpe],
      [random, golden.functions[name]!.random],
    ] as const) {
      const ours = found(method, golden.seeds);
      t.diagnostic(`${method.id} ${told(ours)}, Optuna ${told(theirs)}`);
      const error = Math.sqrt(ours.standardError ** 2 + theirs.standardError ** 2);
      assert.ok(Math.abs(ours.mean - theirs.mean) <= 3 * error, method.id);
    }
  });
}
