/** What only the supervisor knows, in the form in which workers tell theirs. */
import type { MetricJson, MetricsJson } from '../metrics/metrics.ts';

export interface SupervisorFacts {
  /** Worker processes that live. */
  readonly workers: number;
  /** How often a worker was started again. */
  readonly restarts: number;
  /** The same of the process that writes the log; null where there is none. */
  readonly writerRestarts: number | null;
}

export function supervisorMetrics({ workers, restarts, writerRestarts }: SupervisorFacts): MetricsJson {
  const again: MetricJson['values'] = [
    { value: restarts, labels: { process: 'worker' } },
    ...(writerRestarts === null ? [] : [{ value: writerRestarts, labels: { process: 'writer' } }]),
  ];
  return [
    {
      ...{ name: 'holdfast_workers', help: 'Worker processes that live.', type: 'gauge', aggregator: 'sum' },
      values: [{ value: workers, labels: {} }],
    },
    {
      name: 'holdfast_process_restarts_total',
      help: 'How often a process that had ended was started again.',
      ...{ type: 'counter', aggregator: 'sum', values: again },
    },
  ];
}
