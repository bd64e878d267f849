/**
 * Is one model better than another? On a table of customers both are judged on the same rows, those that neither
 * has learned from, and each difference has a paired interval; without one their manifests stand side by side.
 */
import { DataError } from '../base/errors.ts';
import { createRandom } from '../base/random.ts';
import { countOf } from '../base/text.ts';
import { comparePaired } from '../evaluation/compare-paired.ts';
import type { MetricValue } from '../evaluation/interval.ts';
import { measure } from '../evaluation/measure.ts';
import { coreMetrics } from '../evaluation/metrics/all.ts';
import { score } from '../learn/fit.ts';
import { churnedCount, type Dataset, takeDatasetRows } from '../table/dataset.ts';
import { type JudgedCustomers, readJudgedCustomers } from './judged-customers.ts';
import { rowName } from './labelled-customers.ts';
import type { JudgedBy } from './learned-keys.ts';
import type { LoadedModel, WorkPorts } from './ports.ts';
import { unseenRows } from './seen-customers.ts';

export interface ComparedModel {
  readonly id: string;
  readonly label: string;
  readonly name: string;
  readonly threshold: number;
}

export interface ComparedMetric {
  /** The key that `train` and `evaluate` use. */
  readonly metric: string;
  readonly title: string;
  readonly higherIsBetter: boolean;
  readonly first: MetricValue;
  readonly second: MetricValue;
  /** The second less the first, with a paired 95% interval; null where the rows differ. */
  readonly difference: MetricValue | null;
  /** Which is better, where the interval of the difference leaves 0 out; null where that isn't proven. */
  readonly better: 'first' | 'second' | null;
}

export interface ModelComparison {
  readonly first: ComparedModel;
  readonly second: ComparedModel;
  /** `rows`: the customers that both were judged on, of all that were given; null without a table. */
  readonly data: { readonly rows: number; readonly of: number; readonly hash: string } | null;
  readonly metrics: readonly ComparedMetric[];
  readonly remarks: readonly string[];
}

/** Fewer customers of an outcome than this prove nothing. */
const fewest = 10;

/** Compares by what the manifests say of each model's own hold-out. */
export function compareManifests(first: LoadedModel, second: LoadedModel): ModelComparison {
  const [one, two] = [first.manifest, second.manifest];
  const isSameSource = one.data.contentHash === two.data.contentHash && one.seed === two.seed;
  const sizes = [one, two].map(({ metrics }) => countOf(metrics.holdout.rows, 'customer'));
  return {
    first: comparedModel(first),
    second: comparedModel(second),
    data: null,
    metrics: coreMetrics.map(({ jsonKey, title, higherIsBetter }) => ({
      metric: jsonKey,
      title,
      higherIsBetter,
      first: one.metrics.holdout[jsonKey],
      second: two.metrics.holdout[jsonKey],
      difference: null,
      better: null,
    })),
    remarks: isSameModel(first, second)
      ? [sameModel]
      : [
          isSameSource
            ? `Each on the hold-out of its own training, ${sizes.join(' and ')} of one source and seed: intervals of the difference need the table (--data).`
            : `Each on the hold-out of its own training, ${sizes.join(' and ')}: the rows differ, so the figures alone prove nothing; give a table that neither has learned from (--data).`,
        ],
  };
}

/** Compares on customers of a table. Throws `compare.no-rows` where too few are left that neither has learned from. */
export async function compareModels(
  first: LoadedModel,
  second: LoadedModel,
  path: string,
  ports: WorkPorts,
  cutoff?: string,
): Promise<ModelComparison> {
  const read = await readJudgedCustomers(first.manifest, path, ports, cutoff);
  const readAgain = await readJudgedCustomers(second.manifest, path, ports, cutoff);
  const [ours, theirs] = sameCustomers(read, readAgain);
  const rows = unseenByBoth([first, ours, read.judged], [second, theirs, readAgain.judged]);
  const [one, two] = [takeDatasetRows(ours, rows), takeDatasetRows(theirs, rows)];
  refuseTooFew(one, read.rows);
  ports.signal?.throwIfAborted();
  ports.progress.step(`Comparing on ${countOf(rows.length, 'customer')}`);
  const scores = [
    score(first.fitted, one.table, ports.catalogue),
    score(second.fitted, two.table, ports.catalogue),
  ] as const;
  const thresholds = [first.manifest.threshold.value, second.manifest.threshold.value] as const;
  // A seed of its own: which model is named first must not change an interval.
  const random = createRandom(1);
  const measured = [0, 1].map((i) =>
    measure(one.labels, scores[i]!, thresholds[i]!, random.fork('intervals')),
  );
  const metrics = coreMetrics.map((metric): ComparedMetric => {
    const { jsonKey, title, higherIsBetter } = metric;
    const { value, low, high } = comparePaired(
      one.labels,
      scores[1],
      scores[0],
      metric,
      random.fork('difference'),
      {
        thresholds: [thresholds[1], thresholds[0]],
      },
    );
    return {
      metric: jsonKey,
      title,
      higherIsBetter,
      first: measured[0]![jsonKey],
      second: measured[1]![jsonKey],
      difference: { value, low, high },
      better: low > 0 || high < 0 ? (low > 0 === higherIsBetter ? 'second' : 'first') : null,
    };
  });
  const leftOut = ours.table.rowCount - rows.length;
  return {
    first: comparedModel(first),
    second: comparedModel(second),
    data: { rows: rows.length, of: read.rows, hash: read.hash },
    metrics,
    remarks: [
      ...(isSameModel(first, second) ? [sameModel] : []),
      ...(leftOut > 0
        ? [
            `${countOf(leftOut, 'customer')} of ${ours.table.rowCount} left out: one of the models has learned from them, or (about 1% for each) seems to.`,
          ]
        : []),
      ...new Set([...read.notes, ...readAgain.notes]),
    ],
  };
}

/** The customers of both readings, row by row the same: by id where both have ids, else by their place. */
function sameCustomers(read: JudgedCustomers, readAgain: JudgedCustomers): [Dataset, Dataset] {
  const [one, two] = [read.customers, readAgain.customers];
  const [names, others] = [namesOf(read), namesOf(readAgain)];
  if (!names || !others) {
    if (one.table.rowCount === two.table.rowCount) return [one, two];
    throw notTheSame(
      'the two models repair the table in different ways, and without ids rows cannot be matched',
    );
  }
  const places = new Map(others.map((name, row) => [name, row]));
  const pairs = names.flatMap((name, row) => {
    const place = places.get(name);
    return place === undefined ? [] : [[row, place] as const];
  });
  const ours = takeDatasetRows(
    one,
    pairs.map(([row]) => row),
  );
  const theirs = takeDatasetRows(
    two,
    pairs.map(([, row]) => row),
  );
  if (ours.labels.some((label, row) => label !== theirs.labels[row]))
    throw notTheSame('the two models have another target or another idea of who left');
  return [ours, theirs];
}

/** Rows of one cutoff are named as those of a back-test, so that models of both kinds meet. */
function namesOf({ customers, judged }: JudgedCustomers): readonly string[] | null {
  const cutoff = judged.events?.cutoff;
  return customers.ids?.map((id) => (cutoff === undefined ? id : rowName(id, cutoff))) ?? null;
}

/** Rows that neither model has learned from. */
function unseenByBoth(...models: readonly (readonly [LoadedModel, Dataset, JudgedBy])[]): readonly number[] {
  const unseen = models.map(([model, data, judged]) => {
    const rows = unseenRows(model, data, judged);
    if (rows === null)
      throw notTheSame(`whom ${model.manifest.model.label} has learned from cannot be told without ids`);
    return new Set(rows);
  });
  return [...unseen[0]!].filter((row) => unseen[1]!.has(row));
}

function refuseTooFew({ labels, table }: Dataset, of: number): void {
  const churned = churnedCount(labels);
  const stayed = table.rowCount - churned;
  if (churned >= fewest && stayed >= fewest) return;
  throw new DataError(
    'compare.no-rows',
    `compare: of ${countOf(of, 'customer')} ${table.rowCount} are left that neither model has learned from (${churned} left, ${stayed} stayed), at least ${fewest} of each needed; use customers that both have not seen`,
    { rows: table.rowCount, of },
  );
}

const sameModel = 'Both are the same model: there is nothing to compare.';
const isSameModel = (first: LoadedModel, second: LoadedModel): boolean =>
  first.manifest.model.id === second.manifest.model.id;

const notTheSame = (why: string): Error =>
  new DataError('compare.no-rows', `compare: ${why}; compare them by evaluating each`, {});

const comparedModel = ({ manifest }: LoadedModel): ComparedModel => ({
  id: manifest.model.id,
  label: manifest.model.label,
  name: manifest.model.name,
  threshold: manifest.threshold.value,
});
