/** The metrics as a table, by the titles that reports use. */
import type { MetricValue } from '../../evaluation/interval.ts';
import type { CoreMetrics, FurtherMetrics } from '../../evaluation/measure.ts';
import { coreMetrics } from '../../evaluation/metrics/all.ts';
import { furtherMeasures } from '../../report/further-measures.ts';
import { fixed, formatInterval, formatTable } from '../format.ts';

/** The nine, and beside them the further ones where they are given. */
export function metricTable(metrics: CoreMetrics, further?: FurtherMetrics): string {
  const measures: readonly (readonly [{ readonly title: string }, MetricValue])[] = [
    ...coreMetrics.map((metric) => [metric, metrics[metric.jsonKey]] as const),
    ...(further ? furtherMeasures({ further }) : []),
  ];
  return formatTable(
    ['metric', 'value', '95% interval'],
    measures.map(([{ title }, measured]) => [title, fixed(measured.value, 3), formatInterval(measured)]),
    [1],
  );
}
