/**
 * The end of `auto`: an ensemble by greedy selection and a stack, made of out-of-fold scores that the trials left, so
 * that none of it takes a fit of theirs (but of those that a killed search took from its record, `score-again.ts`).
 *
 * Both are judged as the trials are, fold by fold: members and weights of a vote are chosen, and the last model of a stack
 * is fitted, on the rows outside of the fold that judges them. What they were judged by decides whether one of them is
 * taken. Weights are chosen by log loss, whatever trials are compared by: it hears of every row, where a rank does not, and
 * on five public tables votes chosen so were no worse by ROC-AUC. The library is the best of every family and the best of all. Of a large table evenly spaced rows decide.
 * Source: Caruana et al. 2004 (selection); Wolpert 1992, van der Laan et al. 2007 (stacking).
 */
import type { Fold } from '../data/splits/stratified-folds.ts';
import { thinRows } from '../data/splits/thin-rows.ts';
import { logLoss } from '../evaluation/metrics/log-loss.ts';
import { quickMeasure } from '../evaluation/quick-measure.ts';
import type { Catalogue } from '../learn/catalogue.ts';
import type { Context } from '../learn/context.ts';
import { type Combination, scoreTogether } from './combination.ts';
import { blendScores, selectEnsemble } from './ensemble-selection.ts';
import { familiesFirst } from './families-first.ts';
import { foldValues } from './fold-values.ts';
import type { Member } from './leaderboard.ts';
import { compareSimplicity } from './one-standard-error.ts';
import type { SearchedTrial } from './open-trial.ts';
import type { ScoredTrial } from './score-again.ts';
import { type Candidate, meritOf } from './search-method.ts';

/** Models in a library: more would take time and be near copies. */
const mostInLibrary = 24;
/** Models in an ensemble: each is fitted, kept, scored and explained. */
const mostModels = 8;
/** Rows that decide, of a larger table. */
const mostRows = 60_000;

export const meanLogLoss = quickMeasure(logLoss);

export interface CombineTask {
  readonly labels: Uint8Array;
  readonly folds: readonly Fold[];
  readonly measure: (labels: Uint8Array, scores: Float64Array) => number;
  readonly sign: 1 | -1;
  /** CPU seconds that the fits of an ensemble's models may take, from now on. */
  readonly affordable: () => number;
  /** The trials with their scores, where they have none; null where a fit does not repeat. */
  readonly scored: (trials: readonly SearchedTrial[]) => Promise<ScoredTrial[] | null>;
}

/** Several trials as one candidate. */
export interface CombinedTrials {
  readonly combination: Combination;
  readonly candidates: readonly Candidate[];
  readonly members: readonly Member[];
  /** The metric of each fold, from weights or a last model that did not see it. */
  readonly folds: readonly number[];
  /** The log loss of each fold, from the same. */
  readonly logLosses: readonly number[];
  readonly outOfFold: Float64Array;
  /** Out-of-fold scores of each member. */
  readonly memberScores: readonly Float64Array[];
  /** CPU seconds of the members' fits. */
  readonly seconds: number;
}

export interface Combined {
  /** The vote and the stack; none where one model alone is best. */
  readonly together: readonly CombinedTrials[];
  /** Whether the time left kept models out that would otherwise have been asked. */
  readonly isTrimmed: boolean;
}

/** Null where fits did not repeat. */
export async function combineTrials(
  trials: readonly SearchedTrial[],
  task: CombineTask,
  ctx: Context,
): Promise<Combined | null> {
  const most = task.affordable();
  const payable = trials.filter(({ seconds }) => seconds <= most);
  const library = await task.scored(chooseLibrary(payable, task.sign, ctx.catalogue));
  if (library === null) return null;
  // Asked anew: scores that had to be made again took their time.
  const affordable = task.affordable();
  let isTrimmed = payable.length < trials.length;
  const alone = (): Combined => ({ together: [], isTrimmed });
  if (library.length < 2) return alone();
  const scores = library.map(({ outOfFold }) => outOfFold);
  // Trials on a share of the rows are judged on some of a fold, and a split by time leaves rows out.
  const folds = task.folds.map((fold) => ({
    ...fold,
    validation: fold.validation.filter((row) => scores.every((own) => !Number.isNaN(own[row]!))),
  }));
  const deciding = folds.map((fold) => thinned(fold, folds, task.labels));
  const weigh = (on: readonly Fold[]): readonly number[] => {
    const found = affordableWeights(library, task, on, affordable);
    isTrimmed ||= found.isTrimmed;
    return found.weights;
  };
  const weights = weigh(deciding);
  const chosen = library.filter((_, i) => weights[i]! > 0);
  if (chosen.length < 2) return alone();
  // As if each fold had had no part in it, not in the choice of the members either.
  const outside = folds.map((_, held) => weigh(deciding.filter((_, fold) => fold !== held)));
  const made = {
    candidates: chosen.map(({ candidate }) => candidate),
    memberScores: chosen.map(({ outOfFold }) => outOfFold),
    seconds: chosen.reduce((total, { seconds }) => total + seconds, 0),
  };
  const vote: Combination = { by: 'soft-voting', weights: weights.filter((weight) => weight > 0) };
  const stack: Combination = { by: 'stacking' };
  const stacked = new Float64Array(task.labels.length).fill(Number.NaN);
  const voted = stacked.slice();
  for (const [k, fold] of folds.entries()) {
    const members = scores.filter((_, i) => outside[k]![i]! > 0);
    const known = { outOfFold: members, labels: task.labels };
    copyRows(blendScores(scores, outside[k]!), voted, fold.validation);
    copyRows(await scoreTogether(stack, known, [fold], ctx), stacked, fold.validation);
  }
  const judged = (from: Float64Array) => ({
    folds: foldValues(from, task.labels, folds, task.measure),
    logLosses: foldValues(from, task.labels, folds, meanLogLoss),
  });
  const together = [
    {
      ...made,
      combination: vote,
      members: membersOf(chosen, vote),
      ...judged(voted),
      outOfFold: blendScores(made.memberScores, vote.weights),
    },
    {
      ...made,
      combination: stack,
      members: membersOf(chosen, stack),
      ...judged(stacked),
      outOfFold: stacked,
    },
  ];
  return { together, isTrimmed };
}

function copyRows(from: Float64Array, to: Float64Array, rows: Int32Array): void {
  for (const row of rows) to[row] = from[row]!;
}

const membersOf = (chosen: readonly SearchedTrial[], combination: Combination): Member[] =>
  chosen.map(({ number, candidate }, i) => ({
    trial: number,
    model: candidate.id,
    weight: combination.by === 'soft-voting' ? combination.weights[i]! : null,
  }));

/** Simpler ones first: they win ties. */
export function chooseLibrary(
  trials: readonly SearchedTrial[],
  sign: 1 | -1,
  catalogue: Catalogue,
): SearchedTrial[] {
  const ranked = [...trials].sort((a, b) => meritOf(b, sign) - meritOf(a, sign) || a.number - b.number);
  return familiesFirst(ranked)
    .slice(0, mostInLibrary)
    .sort((a, b) =>
      compareSimplicity(
        catalogue.classifier(a.candidate.id).simplicity(a.candidate.params),
        catalogue.classifier(b.candidate.id).simplicity(b.candidate.params),
      ),
    );
}

/** Weights of the largest ensemble whose models may all be fitted. */
function affordableWeights(
  library: readonly ScoredTrial[],
  task: Pick<CombineTask, 'labels'>,
  folds: readonly Pick<Fold, 'validation'>[],
  affordable: number,
): { readonly weights: readonly number[]; readonly isTrimmed: boolean } {
  for (let models = mostModels; ; models = Math.floor(models / 2)) {
    const { weights } = selectEnsemble({
      library: library.map(({ outOfFold }) => outOfFold),
      labels: task.labels,
      folds: folds.map(({ validation }) => validation),
      measure: meanLogLoss,
      sign: -1,
      models,
    });
    const needed = library.reduce((total, { seconds }, i) => total + (weights[i]! > 0 ? seconds : 0), 0);
    if (needed <= affordable || models === 1) return { weights, isTrimmed: models < mostModels };
  }
}

/** A fold with so many of its rows that all folds together have about as many as decide. */
function thinned(fold: Fold, folds: readonly Fold[], labels: Uint8Array): Fold {
  const rows = folds.reduce((total, { validation }) => total + validation.length, 0);
  if (rows <= mostRows) return fold;
  const { validation } = fold;
  const places = thinRows(
    Uint8Array.from(validation, (row) => labels[row]!),
    Math.ceil((mostRows * validation.length) / rows),
  );
  return { ...fold, validation: places.map((place) => validation[place]!) };
}
