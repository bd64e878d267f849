/**
 * What every metric must do: the common checks, run over every definition in `metrics/all.ts`.
 *
 * A check that can't hold for a metric is named in its `skips` with a reason; a skipped check that passes fails.
 */
import assert from 'node:assert/strict';
import { createRandom, type Random } from '../base/random.ts';
import type { JudgedRow, Metric } from './definition.ts';
import { measure, measureSample } from './measure.ts';
import { prepareSample } from './sample.ts';

export interface MetricCheck {
  readonly name: string;
  run(metric: Metric): void;
}

/** The same number in another order of additions. */
const rounding = 1e-12;

interface Case {
  readonly labels: Uint8Array;
  readonly scores: Float64Array;
  readonly threshold: number;
}

export const metricChecks: readonly MetricCheck[] = [
  {
    name: 'described',
    run(metric) {
      assert.match(metric.id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      assert.equal(
        metric.jsonKey,
        metric.id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
      );
      assert.match(metric.about, /^[A-Z].{20,}\.$/);
      assert.equal(metric.best > metric.worst, metric.higherIsBetter);
    },
  },
  {
    name: 'perfect',
    run(metric) {
      const { labels } = randomCase(1, { rows: 60 });
      near(computed(metric, { labels, scores: Float64Array.from(labels), threshold: 0.5 }), metric.best);
    },
  },
  {
    name: 'worst',
    run(metric) {
      const { labels } = randomCase(2, { rows: 60 });
      near(computed(metric, { labels, scores: inverted(labels), threshold: 0.5 }), metric.worst);
    },
  },
  {
    name: 'constant scores',
    run(metric) {
      const { labels } = randomCase(3, { rows: 40 });
      for (const score of [0, 0.3, 1]) {
        const rows: Case = { labels, scores: new Float64Array(40).fill(score), threshold: 0.3 };
        const value = computed(metric, rows);
        assert.ok(isWithin(metric, value), `${value} for everybody at ${score}`);
        near(value, metric.textbook(judgedRows(rows)));
      }
    },
  },
  {
    name: 'agrees with the textbook',
    run(metric) {
      for (let seed = 0; seed < 60; seed++) {
        const rows = randomCase(seed, { rows: 2 + seed, levels: seed % 3 === 0 ? 0 : 2 + (seed % 7) });
        const value = computed(metric, rows);
        assert.ok(isWithin(metric, value), `${value} at seed ${seed}`);
        near(value, metric.textbook(judgedRows(rows)));
      }
    },
  },
  {
    name: 'order of rows does not matter',
    run(metric) {
      for (const levels of [0, 4]) {
        const rows = randomCase(5, { rows: 80, levels });
        const order = createRandom(6).shuffle(Uint32Array.from(rows.labels.keys()));
        const shuffled: Case = {
          labels: Uint8Array.from(order, (row) => rows.labels[row]!),
          scores: Float64Array.from(order, (row) => rows.scores[row]!),
          threshold: rows.threshold,
        };
        assert.deepEqual(measured(metric, shuffled), measured(metric, rows));
      }
    },
  },
  {
    name: 'weight 2 is the row twice, weight 0 is no row',
    run(metric) {
      const { labels, scores, threshold } = randomCase(7, { rows: 60, levels: 9 });
      const weights = Float64Array.from(labels, (_, row) => row % 3);
      const repeated = [...labels.keys()].flatMap((row) => new Array<number>(row % 3).fill(row));
      const sample = prepareSample(labels, scores, threshold, weights);
      near(
        metric.compute(sample),
        computed(metric, {
          labels: Uint8Array.from(repeated, (row) => labels[row]!),
          scores: Float64Array.from(repeated, (row) => scores[row]!),
          threshold,
        }),
      );
      assert.ok(isInterval(metric, measureSample(sample, createRandom(8), [metric])[metric.jsonKey]!));
    },
  },
  {
    name: 'the interval holds the value and stays in range',
    run(metric) {
      for (let seed = 0; seed < 12; seed++) {
        const rows = randomCase(seed, { rows: 10 + 10 * seed, levels: seed % 2 === 0 ? 0 : 5 });
        assert.ok(isInterval(metric, measured(metric, rows)), `seed ${seed}`);
      }
      const labels = Uint8Array.of(1, 0, 0, 0, 0, 0);
      for (const scores of [Float64Array.from(labels), inverted(labels), new Float64Array(6).fill(0.5)])
        assert.ok(isInterval(metric, measured(metric, { labels, scores, threshold: 0.5 })));
    },
  },
  {
    name: 'the interval narrows with more rows',
    run(metric) {
      const few = measured(metric, randomCase(9, { rows: 100 }));
      const many = measured(metric, randomCase(9, { rows: 2500 }));
      assert.ok(many.high - many.low < 0.5 * (few.high - few.low), JSON.stringify({ few, many }));
    },
  },
  {
    name: 'same seed, same interval',
    run(metric) {
      const rows = randomCase(10, { rows: 120 });
      assert.deepEqual(measured(metric, rows), measured(metric, rows));
    },
  },
  {
    name: 'inputs untouched',
    run(metric) {
      const rows = randomCase(11, { rows: 70, levels: 6 });
      const before = structuredClone(rows);
      measured(metric, rows);
      assert.deepEqual(rows, before);
      const sample = prepareSample(rows.labels, rows.scores, rows.threshold);
      const sampleBefore = structuredClone(sample);
      metric.compute(sample);
      measureSample(sample, createRandom(1), [metric]);
      assert.deepEqual(sample, sampleBefore);
    },
  },
  {
    name: 'one outcome is refused',
    run(metric) {
      for (const labels of [new Uint8Array(5), new Uint8Array(5).fill(1), new Uint8Array(0)]) {
        const rows: Case = { labels, scores: new Float64Array(labels.length).fill(0.4), threshold: 0.5 };
        assert.throws(() => measured(metric, rows), { code: 'data.one-class' });
      }
    },
  },
];

/** Runs one check; a skip must be needed. Returns the reason when it was skipped. */
export function runMetricCheck(check: MetricCheck, metric: Metric): string | undefined {
  const skip = metric.skips?.find((entry) => entry.check === check.name);
  if (!skip) {
    check.run(metric);
    return undefined;
  }
  assert.throws(
    () => check.run(metric),
    assert.AssertionError,
    `${metric.id}: the check "${check.name}" passes, delete its skip`,
  );
  return skip.reason;
}

/** Labels that follow the scores; `levels` distinct scores make ties, 0 none. Both outcomes are always there. */
export function randomCase(seed: number, { rows = 50, levels = 0 } = {}): Case {
  const random: Random = createRandom(seed).fork('case');
  const scores = new Float64Array(rows).map(() => {
    const score = random.uniform();
    return levels > 0 ? Math.floor(score * levels) / levels : score;
  });
  const labels = Uint8Array.from(scores, (score) => (random.uniform() < 0.1 + 0.7 * score ? 1 : 0));
  labels[0] = 1;
  labels[1] = 0;
  // A threshold that is itself a score: "at or above" must hold.
  return { labels, scores, threshold: scores[random.integer(rows)]! };
}

export const judgedRows = ({ labels, scores, threshold }: Case): JudgedRow[] =>
  Array.from(labels, (label, row) => ({ label, score: scores[row]!, called: scores[row]! >= threshold }));

const computed = (metric: Metric, { labels, scores, threshold }: Case): number =>
  metric.compute(prepareSample(labels, scores, threshold));

const measured = (metric: Metric, { labels, scores, threshold }: Case) =>
  measure(labels, scores, threshold, createRandom(12), [metric])[metric.jsonKey]!;

const inverted = (labels: Uint8Array): Float64Array => Float64Array.from(labels, (label) => 1 - label);

const isWithin = (metric: Metric, value: number): boolean =>
  value >= Math.min(metric.best, metric.worst) - rounding &&
  value <= Math.max(metric.best, metric.worst) + rounding;

const isInterval = (
  metric: Metric,
  { value, low, high }: { value: number; low: number; high: number },
): boolean => low <= value && value <= high && isWithin(metric, low) && isWithin(metric, high);

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= rounding, `${actual}, expected ${expected}`);
}
