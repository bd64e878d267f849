/**
 * The winner, cross-validated once more on training and validation rows together.
 *
 * The search compared candidates, so the winner's figure there is the best of many and a little too good; and it knew the
 * training part alone. This one is of a single candidate, on new folds, over every row but the hold-out: how much the
 * model varies with the rows that it is given. Nothing is chosen by it. Preprocessing is fitted inside each fold. Where the
 * search ended on a share of the rows, so are these folds: all of them would take longer than the budget did.
 */
import { hasCode } from '../../base/errors.ts';
import type { Random } from '../../base/random.ts';
import type { Fold } from '../../data/splits/stratified-folds.ts';
import { searchMetric } from '../../evaluation/profit-metrics.ts';
import { prepareSample } from '../../evaluation/sample.ts';
import type { Context, Note } from '../../learn/context.ts';
import { type Combination, scoreTogether } from '../../selection/combination.ts';
import { type CandidateResult, crossValidate } from '../../selection/cross-validate.ts';
import type { FoldTask } from '../../selection/fold-fits.ts';
import { foldValues } from '../../selection/fold-values.ts';
import { deviationOf, meanOf } from '../../selection/one-standard-error.ts';
import type { Dataset } from '../../table/dataset.ts';
import { addNote, makeContext } from '../context.ts';
import type { WorkPorts } from '../ports.ts';
import { foldsOf, type SelectedModel } from './select-model.ts';
import type { TrainSpec } from './spec.ts';

/** How the winner does on rows that it was not chosen by alone. */
export interface Stability {
  /** What candidates were compared by. */
  readonly metric: string;
  /** Rows of training and validation. */
  readonly rows: number;
  /** Of the rows of a fold, that were learned from; not told where it is all. */
  readonly share?: number;
  readonly mean: number;
  /** Between folds, ddof 1. */
  readonly sd: number;
  readonly folds: readonly number[];
}

/**
 * `data`: training and validation rows (`development-data.ts`). Undefined, and told, where a fit diverges on these folds: the
 * model itself is fitted by then.
 */
export async function crossValidateWinner(
  spec: TrainSpec,
  { recipe, share }: Pick<SelectedModel, 'recipe' | 'share'>,
  data: Dataset,
  random: Random,
  notes: Note[],
  ports: WorkPorts,
): Promise<Stability | undefined> {
  const { pipelines, combination } = recipe;
  const metric = searchMetric(spec.train.metric, spec.profit);
  const stream = random.fork('stability');
  const startedAt = ports.clock.now();
  const measure = (labels: Uint8Array, scores: Float64Array) =>
    metric.compute(prepareSample(labels, scores, 0.5));
  const parts = foldsOf(spec, data, stream);
  const ctx = makeContext(ports, stream, notes);
  const results = await crossValidate(
    {
      // Each member draws its own numbers, as when it is fitted: two of the same are two.
      candidates: pipelines.map((one, i) => (i === 0 ? one : { ...one, repeat: i })),
      wrap: ({ id, params }) => ({ id, params }),
      data,
      folds: parts,
      measure,
      rowShare: share,
      onFit: (done, total) => {
        const secondsLeft = ((ports.clock.now() - startedAt) / 1000 / done) * (total - done);
        ports.progress.tick('fits of the winner', done, total, secondsLeft);
      },
    },
    ctx,
  ).catch((error: unknown) => {
    if (hasCode(error, 'learn.diverged')) return undefined;
    throw error;
  });
  if (!results) {
    addNote(notes, {
      code: 'stability.diverged',
      message:
        'the chosen model grew beyond all bounds when it was cross-validated once more, so nothing tells how much it varies; bring the columns to one scale or lower learningRate',
    });
    return undefined;
  }
  const folds = combination
    ? await foldsTogether(combination, results, data.labels, parts, measure, ctx)
    : results[0]!.folds;
  return {
    metric: metric.id,
    rows: data.table.rowCount,
    ...(share < 1 && { share }),
    mean: meanOf(folds),
    sd: deviationOf(folds),
    folds,
  };
}

/** The folds of an ensemble: the members' scores of each, combined as no row of it was seen. */
async function foldsTogether(
  combination: Combination,
  results: readonly CandidateResult[],
  labels: Uint8Array,
  parts: readonly Fold[],
  measure: FoldTask['measure'],
  ctx: Context,
): Promise<number[]> {
  const known = { outOfFold: results.map(({ outOfFold }) => outOfFold), labels };
  const scores = await scoreTogether(combination, known, parts, ctx);
  return foldValues(scores, labels, parts, measure);
}
