/** The core metrics as a table, by the titles that reports use. */
import type { CoreMetrics } from '../../evaluation/measure.ts';
import { coreMetrics } from '../../evaluation/metrics/all.ts';
import { fixed, formatInterval, formatTable } from '../format.ts';

export function metricTable(metrics: CoreMetrics): string {
  return formatTable(
    ['metric', 'value', '95% interval'],
    coreMetrics.map(({ title, jsonKey }) => [
      title,
      fixed(metrics[jsonKey].value, 3),
      formatInterval(metrics[jsonKey]),
    ]),
    [1],
  );
}
