/**
 * What workers counted that are no more. Without it a total would fall when one of them ends, and Prometheus would
 * take everything that the others ever counted for new.
 */
import type { MetricsJson } from '../metrics/metrics.ts';

type Metric = MetricsJson[number];

/** Counters and histograms of `last` added to `kept`. What belongs to one process alone ends with it. */
export function addRetired(kept: MetricsJson, last: MetricsJson): MetricsJson {
  const sums = new Map(kept.map((metric) => [metric.name, metric]));
  for (const metric of last) {
    if (!addsUp(metric)) continue;
    const before = sums.get(metric.name);
    sums.set(metric.name, before ? { ...metric, values: addValues(before.values, metric.values) } : metric);
  }
  return [...sums.values()];
}

const addsUp = ({ type, values }: Metric): boolean =>
  ['counter', 'histogram'].includes(String(type)) && !values.some(({ labels }) => 'worker' in labels);

function addValues(before: Metric['values'], more: Metric['values']): Metric['values'] {
  const sums = new Map(before.map((one) => [keyOf(one), one]));
  for (const one of more) {
    const known = sums.get(keyOf(one));
    sums.set(keyOf(one), known ? { ...one, value: known.value + one.value } : one);
  }
  return [...sums.values()];
}

const keyOf = ({ metricName, labels }: Metric['values'][number]): string =>
  JSON.stringify([metricName, Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))]);
