/** From the training part to one fitted pipeline: every candidate cross-validated, the winner refitted. */

import { DataError } from '../../base/errors.ts';
import type { Random } from '../../base/random.ts';
import { splitterOf } from '../../data/splits/all.ts';
import { featureSteps } from '../../features/made-columns/feature-steps.ts';
import { preprocessing, selection } from '../../features/preprocess.ts';
import type { Note } from '../../learn/context.ts';
import type { Estimator, FittedClassifier, Preparation } from '../../learn/definition.ts';
import { preparationOf } from '../../learn/fit.ts';
import { pipeline } from '../../learn/pipeline.ts';
import type { LeaderboardRow } from '../../selection/leaderboard.ts';
import type { SearchFacts } from '../../selection/search-history.ts';
import type { Dataset } from '../../table/dataset.ts';
import { createTable } from '../../table/table.ts';
import { addNote, makeContext } from '../context.ts';
import type { WorkPorts } from '../ports.ts';
import { type OpenSearch, unkeptSearch } from './open-search.ts';
import { searchCandidates } from './search-candidates.ts';
import type { TrainSpec } from './spec.ts';

export interface SelectedModel {
  readonly fitted: FittedClassifier;
  readonly winner: Estimator;
  /** The winner behind its preprocessing, not fitted. */
  readonly pipeline: Estimator;
  readonly leaderboard: readonly LeaderboardRow[];
  readonly search: SearchFacts;
  /** P(churn) of the training rows from fits that did not see them; NaN for rows that no fold validates. */
  readonly outOfFold: Float64Array;
  readonly leftOut: readonly { readonly column: string; readonly kind: string; readonly reason: string }[];
}

export async function selectModel(
  spec: TrainSpec,
  training: Dataset,
  random: Random,
  notes: Note[],
  ports: WorkPorts,
  kept: OpenSearch = unkeptSearch,
): Promise<SelectedModel> {
  const { stepsFor, data: learned, leftOut } = preprocessed(spec, training);
  const wrap = (model: Estimator): Estimator =>
    pipeline({ steps: stepsFor(preparationOf(model, ports.catalogue)), model });
  const ctx = makeContext(ports, random.fork('search'), notes);
  const { winner, leaderboard, search } = await searchCandidates(
    { spec, wrap, data: learned, folds: foldsOf(spec, learned, random.fork('folds')) },
    random.fork('candidates'),
    ctx,
    notes,
    ports,
    kept,
  );
  const chosen = wrap(winner.candidate);
  const [final] = await ctx.map([
    {
      id: chosen.id,
      params: chosen.params,
      data: { ...learned, ids: null, groups: null, times: null },
      stream: random.fork('final').path,
    },
  ]);
  for (const note of final!.notes) addNote(notes, note);
  return {
    fitted: final!.fitted,
    winner: winner.candidate,
    pipeline: chosen,
    leaderboard,
    search,
    outOfFold: winner.outOfFold,
    leftOut,
  };
}

/** The rounds of cross-validation that keep apart what the parts keep apart. */
export const foldsOf = (
  { split, train }: Pick<TrainSpec, 'split' | 'train'>,
  data: Dataset,
  random: Random,
) => splitterOf(split.by).folds(data, train.folds, random, split);

/** The steps from the columns of the contract to those a model sees, and the data set of just the columns they need. */
function preprocessed(spec: TrainSpec, training: Dataset) {
  const features = featuresOf(spec, training);
  const made = featureSteps(spec.features, features.table.columns);
  const router = (preparation: Preparation) =>
    preprocessing(
      spec.preprocess,
      made.columns,
      { ...spec.data.columns, ...made.methods },
      made.used,
      preparation,
    );
  const { leftOut } = router('full');
  const following = selection(spec.preprocess);
  const left = new Set(leftOut.map(({ column }) => column));
  const columns = features.table.columns.filter(({ name }) => !left.has(name));
  if (columns.length === 0) {
    throw new DataError(
      'data.no-features',
      `${spec.project}: no column is left to learn from; set use: feature for at least one number, category or boolean column`,
    );
  }
  return {
    // What chooses or mixes columns needs them all as numbers, so it decides for every model.
    stepsFor: (preparation: Preparation): Estimator[] => [
      ...made.steps,
      router(following.length > 0 ? 'full' : preparation).estimator,
      ...following,
    ],
    leftOut,
    data: { ...features, table: createTable(columns, features.table.rowCount) },
  };
}

/** The data set without columns that only judge groups. */
export function featuresOf(spec: Pick<TrainSpec, 'data'>, data: Dataset): Dataset {
  const columns = data.table.columns.filter((column) => spec.data.columns[column.name]?.use === 'feature');
  return { ...data, table: createTable(columns, data.table.rowCount) };
}
