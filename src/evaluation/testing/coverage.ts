/**
 * How often do the 95% intervals hold the truth? Samples drawn from customers whose truth is known exactly.
 *
 * The customers: 20,000 scores on a logistic curve, each right: who has score p leaves with probability p; 26.1% leave. Each
 * metric of all of them is worked out with weights, p for the leaver and 1 - p for the stayer of each score.
 */
import { createRandom, type Random } from '../../base/random.ts';
import { normalQuantile } from '../../math/normal.ts';
import { sigmoid } from '../../math/sigmoid.ts';
import { categoryColumn } from '../../table/column.ts';
import { createTable } from '../../table/table.ts';
import type { Metric } from '../definition.ts';
import { type FairnessMeasure, fairnessMeasures, measureFairness } from '../fairness.ts';
import { measure } from '../measure.ts';
import { allMetrics } from '../metrics/all.ts';
import { profitMetrics } from '../profit-metrics.ts';
import { prepareSample } from '../sample.ts';
import { profitSection } from '../section.ts';

export const campaign = profitSection.parse({ offer: 10, contact: 1, lifetimeValue: 200 });
export const simulatedMetrics: readonly Metric[] = [...allMetrics, ...profitMetrics(campaign)];

const population = 20_000;
const threshold = 0.35;
/** Mean and spread of the log-odds: 26.1% leave, ROC-AUC 0.829. */
const logOdds = { mean: -1.5, spread: 1.6 };

export interface Coverage {
  readonly metric: string;
  readonly truth: number;
  /** Share of samples whose interval held the truth, lay above it, lay below it. */
  readonly held: number;
  readonly above: number;
  readonly below: number;
}

/** Measures `samples` samples of `rows` customers each. */
export function simulateCoverage(samples: number, rows: number, seed: number): Coverage[] {
  const scores = curve();
  const truths = truthsOf(scores);
  const tallies = simulatedMetrics.map(() => ({ held: 0, above: 0, below: 0 }));
  for (let sample = 0; sample < samples; sample++) {
    const random = createRandom(seed).fork('sample', sample);
    const { labels, drawn } = draw(scores, rows, random);
    const measured = measure(labels, drawn, threshold, random.fork('measure'), simulatedMetrics);
    simulatedMetrics.forEach(({ jsonKey }, m) => {
      const { low, high } = measured[jsonKey]!;
      if (low > truths[m]!) tallies[m]!.above++;
      else if (high < truths[m]!) tallies[m]!.below++;
      else tallies[m]!.held++;
    });
  }
  return simulatedMetrics.map(({ id }, m) => {
    const { held, above, below } = tallies[m]!;
    return {
      metric: id,
      truth: truths[m]!,
      held: held / samples,
      above: above / samples,
      below: below / samples,
    };
  });
}

const curve = (): Float64Array =>
  Float64Array.from({ length: population }, (_, i) =>
    sigmoid(logOdds.mean + logOdds.spread * normalQuantile((i + 0.5) / population)),
  );

function truthsOf(scores: Float64Array): number[] {
  const twice = Float64Array.from({ length: 2 * population }, (_, i) => scores[i >> 1]!);
  const labels = Uint8Array.from(twice, (_, i) => i & 1);
  const weights = twice.map((score, i) => ((i & 1) === 1 ? score : 1 - score));
  const sample = prepareSample(labels, twice, threshold, weights);
  return simulatedMetrics.map((metric) => metric.compute(sample));
}

function draw(scores: Float64Array, rows: number, random: Random) {
  const drawn = new Float64Array(rows).map(() => scores[random.integer(population)]!);
  return { drawn, labels: Uint8Array.from(drawn, (score) => (random.uniform() < score ? 1 : 0)) };
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

/** How often a gap is called proven although chance alone puts customers into the groups, by measure. */
export function falselyProvenGaps(
  samples: number,
  rows: number,
  shares: readonly number[],
  seed: number,
): Record<FairnessMeasure, number> {
  const scores = curve();
  const levels = shares.map((_, group) => `group ${group}`);
  const proven = { selectionRate: 0, recall: 0, falsePositiveRate: 0, calibration: 0 };
  for (let sample = 0; sample < samples; sample++) {
    const random = createRandom(seed).fork('gaps', sample);
    const { labels, drawn } = draw(scores, rows, random);
    const groups = Array.from(labels, () => {
      let rest = random.uniform();
      const group = shares.findIndex((share) => {
        rest -= share;
        return rest < 0;
      });
      return levels.at(group)!;
    });
    const table = createTable([categoryColumn('group', groups, levels)]);
    const [judged] = measureFairness(table, labels, drawn, threshold, random.fork('fairness'), ['group']);
    for (const measure of fairnessMeasures) if (judged!.gaps[measure]?.proven) proven[measure] += 1 / samples;
  }
  return proven;
}
