/** The metrics beside the nine that a model has, with how they are called. */
import { expectedProfitInWords } from '../evaluation/expected-profit.ts';
import type { MetricValue } from '../evaluation/interval.ts';
import { furtherMetrics } from '../evaluation/metrics/all.ts';
import { profitAtThresholdInWords } from '../evaluation/profit-at-threshold.ts';
import type { MetricInWords } from '../evaluation/profit-metrics.ts';
import type { TrainingFacts } from './training-facts.ts';

const metrics: readonly MetricInWords[] = [
  ...furtherMetrics,
  expectedProfitInWords,
  profitAtThresholdInWords,
];

/** In the order in which they are read; those that were not measured are left out. */
export function furtherMeasures({
  further,
}: Pick<TrainingFacts, 'further'>): (readonly [MetricInWords, MetricValue])[] {
  const measured = (further ?? {}) as Readonly<Record<string, MetricValue>>;
  return metrics.flatMap((metric) => {
    const value = measured[metric.jsonKey];
    return value === undefined ? [] : [[metric, value] as const];
  });
}
