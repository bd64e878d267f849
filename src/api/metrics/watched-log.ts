/** Counts what goes through the prediction log: scores, decisions, how long it takes and how far it is behind. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { LogEntry, LogWriter } from '../../serving/log/log-writer.ts';
import { quickHistogram } from './quick-histogram.ts';

const slots = ['live', 'canary', 'shadow'] as const;
const decisions = ['churn', 'stay'] as const;
const scoreBuckets = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1];
const writeBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

export function watchedLog(log: LogWriter, registers: Registry[]): LogWriter {
  const scores = quickHistogram<string>({
    name: 'holdfast_prediction_score',
    help: 'Churn probabilities that were written, by slot.',
    labelName: 'slot',
    labels: slots,
    buckets: scoreBuckets,
    registers,
  });
  const made = new Counter({
    name: 'holdfast_predictions_total',
    help: "Predictions that were written, by slot and decision at the model's threshold.",
    labelNames: ['slot', 'decision'],
    registers,
  });
  const writes = new Histogram({
    name: 'holdfast_prediction_log_write_seconds',
    help: 'How long a transaction of the prediction log takes.',
    buckets: writeBuckets,
    registers,
  });
  const failures = new Counter({
    name: 'holdfast_prediction_log_failures_total',
    help: 'Transactions of the prediction log that failed; their customers were not answered.',
    registers,
  });
  for (const slot of slots) for (const decision of decisions) made.inc({ slot, decision }, 0);
  /** When each write that has not ended began, in that order. */
  const begun = new Set<{ readonly at: number }>();
  new Gauge({
    name: 'holdfast_prediction_log_lag_seconds',
    help: 'Age of the oldest write that has not ended; 0 when nothing is being written.',
    aggregator: 'max',
    registers,
    collect() {
      const [oldest] = begun;
      this.set(oldest ? (performance.now() - oldest.at) / 1000 : 0);
    },
  });
  const count = ({ slot, score, churn }: LogEntry): void => {
    if (score === null) return;
    scores.observe(slot, score);
    made.inc({ slot, decision: churn ? 'churn' : 'stay' });
  };
  return {
    async write(entries) {
      const write = { at: performance.now() };
      begun.add(write);
      try {
        const outcome = await log.write(entries);
        writes.observe((performance.now() - write.at) / 1000);
        const { repeated } = outcome;
        for (const entry of entries) if (!entry.once || !repeated.has(entry.requestId)) count(entry);
        return outcome;
      } catch (error) {
        failures.inc();
        throw error;
      } finally {
        begun.delete(write);
      }
    },
    close: () => log.close(),
  };
}
