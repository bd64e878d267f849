/** What a run knows beside its judgement, for tests of pages: the table looked over, contributions, dependence, money. */
import { createRandom } from '../../base/random.ts';
import { inspectTable } from '../../data/inspect/inspect-table.ts';
import { prepareInspection } from '../../data/inspect/prepare.ts';
import { type TableOverview, tableOverview } from '../../data/inspect/table-overview.ts';
import { fitConformal, measureConformal } from '../../evaluation/conformal.ts';
import { profitCurve } from '../../evaluation/curves.ts';
import { measureAll } from '../../evaluation/measure.ts';
import type { Sample } from '../../evaluation/sample.ts';
import { profitSection } from '../../evaluation/section.ts';
import { sigmoid } from '../../math/sigmoid.ts';
import { booleanColumn, categoryColumn, numberColumn, timeColumn } from '../../table/column.ts';
import type { SwarmFacts } from '../charts/beeswarm.ts';
import type { TrainingFacts } from '../training-facts.ts';

const profit = profitSection.parse({ offer: 10, contact: 1, lifetimeValue: 200 });

/** `sample`: of the same labels, scores and threshold. */
export function syntheticMoney(
  sample: Sample,
  labels: Uint8Array,
  scores: Float64Array,
  threshold: number,
): Pick<TrainingFacts, 'further' | 'certainty' | 'profit'> & {
  readonly profitCurve: ReturnType<typeof profitCurve>;
} {
  const limits = fitConformal(labels, scores, 0.9);
  return {
    further: measureAll(labels, scores, threshold, createRandom(5), profit).further,
    certainty: { limits, measured: measureConformal(labels, scores, limits) },
    profit,
    profitCurve: profitCurve(sample, profit),
  };
}

/** Customers of a telephone company: short contracts and few months of tenure leave. */
export function syntheticOverview(rows = 900): TableOverview {
  const random = createRandom(11);
  const draw = <T>(of: (i: number) => T): T[] => Array.from({ length: rows }, (_, i) => of(i));
  const tenure = draw((i) => (i % 60 === 0 ? null : Math.floor(72 * random.uniform())));
  const contract = draw(() => ['Month-to-month', 'One year', 'Two year'][Math.floor(3 * random.uniform())]!);
  const risk = (i: number): number =>
    (contract[i] === 'Month-to-month' ? 0.4 : -1.6) - ((tenure[i] ?? 36) - 36) / 15;
  const labels = Uint8Array.from({ length: rows }, (_, i) => (random.uniform() < sigmoid(risk(i)) ? 1 : 0));
  const inspection = prepareInspection({
    target: 'Churn',
    labels,
    columns: [
      numberColumn('tenure', tenure),
      categoryColumn('Contract', contract),
      numberColumn(
        'MonthlyCharges',
        draw(() => Math.round(2000 + 9000 * random.uniform()) / 100),
      ),
      timeColumn(
        'since',
        draw(() => Date.UTC(2015, 0, 1) + Math.floor(1500 * random.uniform()) * 86_400_000),
      ),
      booleanColumn(
        'Paperless',
        draw(() => random.uniform() < 0.6),
      ),
      categoryColumn(
        'InternetService',
        draw(() => ['DSL', 'Fiber optic', 'No'][Math.floor(3 * random.uniform())]!),
      ),
      numberColumn(
        'Constant',
        draw(() => 1),
      ),
    ],
    useOf: (name) => (name === 'Paperless' ? 'segment' : 'feature'),
  });
  return tableOverview(inspection, inspectTable(inspection));
}

/** Two columns' dots, and the curves of four. */
export function syntheticEffects(): Required<Pick<TrainingFacts, 'contributions' | 'dependence' | 'units'>> {
  const random = createRandom(13);
  const swarm = (column: string, hasOrder: boolean): SwarmFacts['columns'][number] => {
    const values = Array.from({ length: 200 }, () => random.normal()).sort((a, b) => a - b);
    return { column, values, places: values.map((_, i) => (hasOrder ? 1 - i / 200 : null)) };
  };
  const point = (value: string | number | boolean | null, mean: number) => ({
    value,
    mean,
    low: mean / 2,
    high: Math.min(1, 1.5 * mean),
  });
  return {
    units: { tenure: 'months' },
    contributions: {
      link: 'logit',
      rows: 200,
      columns: [swarm('Contract', false), swarm('tenure', true)],
    },
    dependence: [
      {
        column: 'Contract',
        kind: 'category',
        rows: 300,
        points: [point('Month-to-month', 0.4), point('One year', 0.2), point('Two year', 0.1)],
      },
      {
        column: 'tenure',
        kind: 'number',
        rows: 300,
        points: [0, 6, 12, 24, 48, 72].map((value, i) => point(value, 0.5 - i / 12)),
      },
      { column: 'Paperless', kind: 'boolean', rows: 300, points: [point(false, 0.25), point(true, 0.254)] },
      {
        column: 'since',
        kind: 'time',
        rows: 300,
        points: [2015, 2016, 2018].map((year, i) => point(`${year}-07-02T00:00:00.000Z`, 0.2 + i / 20)),
      },
    ],
  };
}
