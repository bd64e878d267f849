/** From the training part to one fitted pipeline: every candidate cross-validated, the winner refitted. */

import { DataError } from '../../base/errors.ts';
import type { Plain } from '../../base/plain.ts';
import type { Random } from '../../base/random.ts';
import { splitterOf } from '../../data/splits/all.ts';
import { featureSteps } from '../../features/made-columns/feature-steps.ts';
import { otherPreparations, withPreparation } from '../../features/preparation/other-preparations.ts';
import { preprocessing, selection } from '../../features/preprocess.ts';
import type { Note } from '../../learn/context.ts';
import type { Estimator, FittedClassifier, Preparation } from '../../learn/definition.ts';
import { preparationOf } from '../../learn/fit.ts';
import { pipeline } from '../../learn/pipeline.ts';
import type { KnownScores } from '../../selection/combination.ts';
import type { LeaderboardRow } from '../../selection/leaderboard.ts';
import type { SearchFacts } from '../../selection/search-history.ts';
import type { Candidate } from '../../selection/search-method.ts';
import type { Dataset } from '../../table/dataset.ts';
import { createTable } from '../../table/table.ts';
import { makeContext } from '../context.ts';
import type { WorkPorts } from '../ports.ts';
import { fitRecipe, type Recipe } from './fit-recipe.ts';
import { type OpenSearch, unkeptSearch } from './open-search.ts';
import { searchCandidates } from './search-candidates.ts';
import type { TrainSpec } from './spec.ts';

export interface SelectedModel {
  readonly fitted: FittedClassifier;
  readonly winner: Estimator;
  readonly recipe: Recipe;
  /** Out-of-fold scores of the training rows by the recipe's models: what the last model of a stack learned from. */
  readonly known: KnownScores & { readonly folds: number };
  /** Of the rows of a fold, that the candidates learned from among which the winner was chosen. */
  readonly share: number;
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
  const { stepsFor, preparations, data: learned, leftOut } = preprocessed(spec, training);
  const { catalogue } = ports;
  const wrap = ({ id, params, preparation }: Candidate): Estimator => {
    const model = { id, params };
    return pipeline({ steps: stepsFor(preparationOf(model, catalogue), preparation), model });
  };
  const ctx = makeContext(ports, random.fork('search'), notes);
  const folds = foldsOf(spec, learned, random.fork('folds'));
  const { winner, leaderboard, search, share } = await searchCandidates(
    {
      spec,
      wrap,
      preparations: (id) => preparations(preparationOf(catalogue.classifier(id)({}), catalogue)),
      data: learned,
      folds,
    },
    random.fork('candidates'),
    ctx,
    notes,
    ports,
    kept,
  );
  const recipe = { pipelines: winner.candidates.map(wrap), combination: winner.combination };
  const known = { outOfFold: winner.memberScores, labels: learned.labels, folds: folds.length };
  return {
    fitted: await fitRecipe(recipe, learned, known, { ...ctx, random: random.fork('final') }, notes),
    winner: winner.candidate,
    recipe,
    known,
    share,
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
  const rules = { ...spec.data.columns, ...made.methods };
  const router = (preparation: Preparation, other?: Plain) =>
    preprocessing(withPreparation(spec.preprocess, other), made.columns, rules, made.used, preparation);
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
  // What chooses or mixes columns needs them all as numbers, so it decides for every model.
  const needed = (preparation: Preparation): Preparation => (following.length > 0 ? 'full' : preparation);
  return {
    stepsFor: (preparation: Preparation, other?: Plain): Estimator[] => [
      ...made.steps,
      router(needed(preparation), other).estimator,
      ...following,
    ],
    /** Other ways to prepare columns for a model that wants this. */
    preparations: (preparation: Preparation) =>
      otherPreparations(spec.preprocess, made.columns, rules, needed(preparation)),
    leftOut,
    data: { ...features, table: createTable(columns, features.table.rowCount) },
  };
}

/** The data set without columns that only judge groups. */
export function featuresOf(spec: Pick<TrainSpec, 'data'>, data: Dataset): Dataset {
  const columns = data.table.columns.filter((column) => spec.data.columns[column.name]?.use === 'feature');
  return { ...data, table: createTable(columns, data.table.rowCount) };
}
