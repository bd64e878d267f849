/**
 * One value of one parameter, by the tree-structured Parzen estimator: 24 draws from where good trials lie; of them the
 * one that is most likely among the good ones and least among the others.
 *
 * `below` are the values of the good trials, `above` those of the others, in the order of time.
 * Reference: Bergstra et al. 2011; https://optuna.readthedocs.io/en/stable/reference/samplers/generated/optuna.samplers.TPESampler.html
 */
import type { Random } from '../../base/random.ts';
import type { SearchRange } from '../../base/schema.ts';
import { exp, log } from '../../math/exp-log.ts';
import { choiceIndex, within } from '../search-space.ts';
import { choiceParzen, numberParzen, type Parzen } from './parzen.ts';

const draws = 24;

/** How many of n trials count as good. */
export const goodCount = (n: number): number => Math.min(25, Math.ceil(0.1 * n));

export function suggestValue(
  range: SearchRange,
  below: readonly unknown[],
  above: readonly unknown[],
  random: Random,
): unknown {
  switch (range.type) {
    case 'choice': {
      const placesOf = (values: readonly unknown[]) => values.map((value) => choiceIndex(range, value));
      const count = range.values.length;
      return range.values[
        likeliest(choiceParzen(placesOf(below), count), choiceParzen(placesOf(above), count), random)
      ];
    }
    case 'log': {
      const ends = { low: log(range.low), high: log(range.high), isWhole: false };
      const logsOf = (values: readonly unknown[]) => values.map((value) => log(value as number));
      return within(
        range,
        exp(likeliest(numberParzen(logsOf(below), ends), numberParzen(logsOf(above), ends), random)),
      );
    }
    default: {
      const ends = { low: range.low, high: range.high, isWhole: range.type === 'integer' };
      const numbers = (values: readonly unknown[]) => values as readonly number[];
      return likeliest(numberParzen(numbers(below), ends), numberParzen(numbers(above), ends), random);
    }
  }
}

/** The place among `count` equals, such as models. */
export const suggestPlace = (
  count: number,
  below: readonly number[],
  above: readonly number[],
  random: Random,
): number => likeliest(choiceParzen(below, count), choiceParzen(above, count), random);

function likeliest(good: Parzen, other: Parzen, random: Random): number {
  let best = Number.NaN;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < draws; i++) {
    const drawn = good.draw(random);
    const gain = good.logDensity(drawn) - other.logDensity(drawn);
    if (!(gain > most)) continue;
    most = gain;
    best = drawn;
  }
  return best;
}
