/**
 * From the trials of a search to the one that is taken, alone or together: ranked by their folds, chosen by the rule of the
 * project file. Where trials are combined, their vote and their stack stand among them.
 */
import type { Metric } from '../../evaluation/definition.ts';
import { quickMeasure } from '../../evaluation/quick-measure.ts';
import type { Context } from '../../learn/context.ts';
import type { Estimator } from '../../learn/definition.ts';
import { type Combination, ensembleCandidate } from '../../selection/combination.ts';
import { combineTrials, meanLogLoss } from '../../selection/combine-trials.ts';
import { crossValidate } from '../../selection/cross-validate.ts';
import { foldValues } from '../../selection/fold-values.ts';
import {
  type ChoiceRule,
  type LeaderboardRow,
  rankCandidates,
  type Tried,
} from '../../selection/leaderboard.ts';
import { leastLoss } from '../../selection/least-loss.ts';
import type { SearchedTrial } from '../../selection/open-trial.ts';
import type { SearchResult, SearchTask } from '../../selection/run-search.ts';
import { type ScoredTrial, scoreAgain } from '../../selection/score-again.ts';
import { type Candidate, meritOf } from '../../selection/search-method.ts';

/** What is fitted in the end. */
export interface Winner {
  /** As the leaderboard tells it. */
  readonly candidate: Estimator;
  /** The candidate itself, or the models of an ensemble. */
  readonly candidates: readonly Candidate[];
  /** What makes one model of the members; null where there is one. */
  readonly combination: Combination | null;
  /** P(churn) of each row from fits that did not see it; NaN for rows that no fold validates. */
  readonly outOfFold: Float64Array;
  /** The same of each member. */
  readonly memberScores: readonly Float64Array[];
}

export interface Choice {
  readonly metric: Metric;
  readonly rule: ChoiceRule;
  /** CPU seconds that the folds of an ensemble's models may have taken. */
  affordable(trials: readonly SearchedTrial[]): number;
}

export interface Chosen {
  readonly winner: Winner;
  readonly leaderboard: readonly LeaderboardRow[];
  /** Of the rows of each fold, that those learned from that stood to choose. */
  readonly share: number;
  /** Whether the budget left no time for a larger ensemble. */
  readonly isTrimmed: boolean;
}

/** A trial, or some that are combined. */
type Standing = Tried & {
  readonly trial: SearchedTrial | null;
  readonly together: Omit<Winner, 'candidate'> | null;
  /** The log loss of each fold, of those that are combined. */
  readonly logLosses: readonly number[] | null;
};

/** Null where fits that were taken from a record did not repeat. */
export async function chooseWinner(
  result: SearchResult,
  task: SearchTask,
  { metric, rule, affordable }: Choice,
  ctx: Context,
): Promise<Chosen | null> {
  const trials = await standing(result, task, ctx);
  const { share } = trials[0]!;
  // The same once more is there for votes and stacks; alone it is no other candidate.
  const all: Standing[] = trials
    .filter(({ candidate: { repeat } }) => repeat === undefined)
    .map((trial) => ({ ...trial, trial, together: null, logLosses: null }));
  let isTrimmed = false;
  if (task.method.combines) {
    const combined = await combineTrials(
      trials,
      {
        labels: task.data.labels,
        folds: task.folds,
        measure: quickMeasure(metric),
        sign: task.ask.sign,
        affordable: () => affordable(result.trials),
        scored: (chosen) => scoreAgain(task, chosen, ctx),
      },
      ctx,
    );
    if (combined === null) return null;
    isTrimmed = combined.isTrimmed;
    for (const { folds, seconds, members, logLosses, ...together } of combined.together)
      all.push({
        candidate: ensembleCandidate(together, folds.length),
        folds,
        seconds,
        members,
        trial: null,
        together,
        logLosses,
      });
  }
  const isLevelled = rule === 'best' && all.some(({ together }) => together);
  const levelled = isLevelled ? await steadiest(all, task, { metric, rule }, ctx) : undefined;
  if (levelled === null) return null;
  const { winner, leaderboard } = rankCandidates(all, metric, rule, ctx.catalogue, levelled?.taken);
  const { candidate, trial, together } = winner;
  if (together) return { winner: { candidate, ...together }, leaderboard, share, isTrimmed };
  const scored = levelled ? [levelled.single] : await scoreAgain(task, [trial!], ctx);
  if (scored === null) return null;
  const [{ outOfFold }] = scored as [ScoredTrial];
  return {
    winner: { candidate, candidates: [candidate], combination: null, outOfFold, memberScores: [outOfFold] },
    leaderboard,
    share,
    isTrimmed,
  };
}

/** The best single one, scored, and what is taken: it, or what is made of several, if that is as good and has the smaller log loss. */
async function steadiest(
  all: readonly Standing[],
  task: SearchTask,
  { metric, rule }: Pick<Choice, 'metric' | 'rule'>,
  ctx: Context,
): Promise<{ readonly single: ScoredTrial; readonly taken: Standing } | null> {
  const best = rankCandidates(
    all.filter(({ trial }) => trial),
    metric,
    rule,
    ctx.catalogue,
  ).winner;
  const scored = await scoreAgain(task, [best.trial!], ctx);
  if (scored === null) return null;
  const [single] = scored as [ScoredTrial];
  const contenders = [best, ...all.filter(({ together }) => together)];
  const own = foldValues(single.outOfFold, task.data.labels, task.folds, meanLogLoss);
  const { sign } = task.ask;
  const place = leastLoss(
    contenders.map(({ folds, logLosses }) => ({
      folds: folds.map((value) => sign * value),
      logLosses: logLosses ?? own,
    })),
  );
  return { single, taken: contenders[place]! };
}

/**
 * The trials among which the winner is: those on every fold and all rows. Where the budget ended before there was one,
 * those that learned from most rows, where trials are combined; else the best of them, which is tried whole all the same.
 */
async function standing(
  { trials }: SearchResult,
  task: SearchTask,
  ctx: Context,
): Promise<readonly SearchedTrial[]> {
  const tried = trials.filter(({ outcome }) => outcome === 'whole');
  const furthest = Math.max(...tried.map(({ share }) => share));
  const there = tried.filter(({ share }) => share === furthest);
  if (furthest === 1 || task.method.combines) return there;
  const { sign } = task.ask;
  const best = there.reduce((a, b) => (meritOf(b, sign) > meritOf(a, sign) ? b : a));
  const { wrap, data, folds, measure } = task;
  const [again] = await crossValidate({ wrap, data, folds, measure, candidates: [best.candidate] }, ctx);
  return [{ ...best, ...again!, share: 1 }];
}
