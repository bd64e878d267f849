/**
 * All metrics of a set of scores, each with its 95% interval.
 *
 * Metrics that need a bootstrap share its replicates. The same rows, seed and metrics give the same numbers, in
 * whatever order the rows stand. Cost: one sort, then O(rows x replicates) for the bootstrapped metrics.
 */
import type { Random } from '../base/random.ts';
import { bootstrap, percentileInterval } from './bootstrap.ts';
import type { Metric } from './definition.ts';
import { type MetricValue, withInterval } from './interval.ts';
import { coreMetrics, furtherMetrics } from './metrics/all.ts';
import { profitMetrics } from './profit-metrics.ts';
import { prepareSample, type Sample } from './sample.ts';
import type { ProfitSection } from './section.ts';

/** Metric values by the metric's key in JSON. */
export type Measures<Key extends string = string> = Readonly<Record<Key, MetricValue>>;

/** The keys of the frozen hold-out shape. */
export type CoreKey = (typeof coreMetrics)[number]['jsonKey'];
export type CoreMetrics = Measures<CoreKey>;

type FurtherKey = (typeof furtherMetrics)[number]['jsonKey'];
type ProfitKey = ReturnType<typeof profitMetrics>[number]['jsonKey'];
/** What is told beside the nine; the figures in money only with a profit section. */
export type FurtherMetrics = Measures<FurtherKey> & Partial<Measures<ProfitKey>>;

/** Measures scores against what happened. Throws `data.one-class` when all rows have the same outcome. */
export function measure(
  labels: Uint8Array,
  scores: Float64Array,
  threshold: number,
  random: Random,
): CoreMetrics;
export function measure<Key extends string>(
  labels: Uint8Array,
  scores: Float64Array,
  threshold: number,
  random: Random,
  metrics: readonly Metric<Key>[],
): Measures<Key>;
export function measure(
  labels: Uint8Array,
  scores: Float64Array,
  threshold: number,
  random: Random,
  metrics: readonly Metric[] = coreMetrics,
): Measures {
  return measureSample(prepareSample(labels, scores, threshold), random, metrics);
}

/** All there is to tell of a model: the nine, and the others beside them. */
export function measureAll(
  labels: Uint8Array,
  scores: Float64Array,
  threshold: number,
  random: Random,
  profit: ProfitSection | undefined,
): { readonly core: CoreMetrics; readonly further: FurtherMetrics } {
  const others: readonly Metric[] = [...furtherMetrics, ...(profit ? profitMetrics(profit) : [])];
  const measured = measure(labels, scores, threshold, random, [...coreMetrics, ...others]);
  const only = (metrics: readonly Metric[]): Measures =>
    Object.fromEntries(metrics.map(({ jsonKey }) => [jsonKey, measured[jsonKey]!]));
  return { core: only(coreMetrics) as CoreMetrics, further: only(others) as FurtherMetrics };
}

/** As `measure`, of a prepared sample (which may carry weights). */
export function measureSample<Key extends string>(
  sample: Sample,
  random: Random,
  metrics: readonly Metric<Key>[],
): Measures<Key> {
  const bootstrapped = metrics.filter((metric) => metric.interval.method === 'bootstrap');
  const replicates = bootstrap(sample, bootstrapped, random.fork('bootstrap'));
  const measured = metrics.map((metric): [Key, MetricValue] => {
    const { interval } = metric;
    const range =
      interval.method === 'bootstrap'
        ? percentileInterval(replicates[bootstrapped.indexOf(metric)]!)
        : interval.intervalOf(sample, random.fork(metric.id));
    return [metric.jsonKey, withInterval(metric.compute(sample), range)];
  });
  return Object.fromEntries(measured) as Record<Key, MetricValue>;
}
