/**
 * The search of a training run: trials by the method of the project file, the ranking of those that were tried whole, and
 * what is told of it.
 */

import { plainEqual } from '../../base/plain.ts';
import type { Random } from '../../base/random.ts';
import { searchMetric } from '../../evaluation/profit-metrics.ts';
import { prepareSample } from '../../evaluation/sample.ts';
import type { Context, Note } from '../../learn/context.ts';
import type { Estimator } from '../../learn/definition.ts';
import { crossValidate } from '../../selection/cross-validate.ts';
import type { FoldTask } from '../../selection/fold-fits.ts';
import { type LeaderboardRow, rankCandidates } from '../../selection/leaderboard.ts';
import { searchMethodById } from '../../selection/methods/all.ts';
import {
  runSearch,
  type SearchedTrial,
  type SearchResult,
  type SearchTask,
} from '../../selection/run-search.ts';
import { type SearchFacts, searchFacts } from '../../selection/search-history.ts';
import { meritOf } from '../../selection/search-method.ts';
import { budgetSeconds } from '../../selection/section.ts';
import { addNote } from '../context.ts';
import type { WorkPorts } from '../ports.ts';
import type { OpenSearch } from './open-search.ts';
import type { TrainSpec } from './spec.ts';

export interface Searched {
  readonly winner: { readonly candidate: Estimator; readonly outOfFold: Float64Array };
  readonly leaderboard: readonly LeaderboardRow[];
  readonly search: SearchFacts;
}

export async function searchCandidates(
  {
    spec,
    ...shared
  }: Pick<FoldTask, 'wrap' | 'data' | 'folds'> & {
    readonly spec: Pick<TrainSpec, 'train' | 'profit'>;
  },
  random: Random,
  ctx: Context,
  notes: Note[],
  ports: Pick<WorkPorts, 'catalogue' | 'clock' | 'progress'>,
  kept: OpenSearch,
): Promise<Searched> {
  const { train } = spec;
  const { search: asked } = train;
  const metric = searchMetric(train.metric, spec.profit);
  const method = searchMethodById(asked.method);
  const { clock } = ports;
  // The time of an interrupted run counts too.
  const startedAt = clock.now() - kept.spentMs;
  const endsAt = asked.budget === undefined ? undefined : startedAt + 1000 * budgetSeconds(asked.budget);
  const task: SearchTask = {
    ...shared,
    method,
    ask: {
      grids: train.candidates,
      catalogue: ports.catalogue,
      trials: asked.trials,
      random,
      sign: metric.higherIsBetter ? 1 : -1,
      resource: asked.resource,
      earlier: kept.earlier,
    },
    endsBy: method.endsBy(asked.earlyStop),
    measure: (labels, scores) => metric.compute(prepareSample(labels, scores, 0.5)),
    endsAt,
    recorded: kept.recorded,
    record: (fit) => kept.record(fit, clock.now() - startedAt),
    onFit(done, total) {
      const now = clock.now();
      const needed = ((now - startedAt) / 1000 / done) * (total - done);
      const allowed = endsAt === undefined ? needed : Math.max(0, (endsAt - now) / 1000);
      ports.progress.tick('fits', done, total, Math.min(needed, allowed));
    },
  };
  const rank = (trials: readonly SearchedTrial[]) =>
    rankCandidates(trials, metric, train.choose, ports.catalogue);
  let result = await runSearch(task, ctx);
  let ranked = rank(await winnable(result, task, ctx));
  let outOfFold = ranked.winner.outOfFold ?? (await refit(task, ranked.winner, ctx));
  if (outOfFold === null) {
    addNote(notes, {
      code: 'search.not-repeated',
      message: 'the fits of an interrupted search did not repeat on this machine, so the search began anew',
    });
    result = await runSearch({ ...task, recorded: [] }, ctx);
    ranked = rank(await winnable(result, task, ctx));
    outOfFold = ranked.winner.outOfFold!;
  }
  noteEnd(result, asked.budget, notes);
  const { warmStart, resource } = asked;
  return {
    winner: { candidate: ranked.winner.candidate, outOfFold },
    leaderboard: ranked.leaderboard,
    search: searchFacts(result, { method: method.id, metric, warmStart, resource }),
  };
}

/**
 * Trials on every fold and all rows. Where the budget ended before there was one, the best of those that got furthest is
 * tried whole all the same: something must be chosen.
 */
async function winnable({ trials }: SearchResult, task: SearchTask, ctx: Context): Promise<SearchedTrial[]> {
  const tried = trials.filter(({ outcome }) => outcome === 'whole');
  const whole = tried.filter(({ share }) => share === 1);
  if (whole.length > 0) return whole;
  const furthest = Math.max(...tried.map(({ share }) => share));
  const { sign } = task.ask;
  const best = tried
    .filter(({ share }) => share === furthest)
    .reduce((a, b) => (meritOf(b, sign) > meritOf(a, sign) ? b : a));
  const [again] = await crossValidate({ ...unbounded(task), candidates: [best.candidate] }, ctx);
  return [{ ...best, ...again!, share: 1 }];
}

/** The same fits without an end and untold. */
function unbounded(task: SearchTask): FoldTask {
  const { wrap, data, folds, measure } = task;
  return { wrap, data, folds, measure };
}

/** The out-of-fold scores of a trial that was read from the record; null where its folds come out otherwise. */
async function refit(
  task: SearchTask,
  { candidate, folds }: { readonly candidate: Estimator; readonly folds: readonly number[] },
  ctx: Context,
): Promise<Float64Array | null> {
  const [again] = await crossValidate({ ...unbounded(task), candidates: [candidate] }, ctx);
  return plainEqual(again!.folds, folds) ? again!.outOfFold : null;
}

function noteEnd({ trials, isCut, most }: SearchResult, budget: string | undefined, notes: Note[]): void {
  const whole = trials.filter(({ outcome }) => outcome === 'whole').length;
  const early = trials.filter(({ outcome }) => outcome === 'behind' || outcome === 'median').length;
  if (isCut) {
    const besides = early > 0 ? `, and ${early} that ended early` : '';
    addNote(notes, {
      code: 'search.cut',
      message: `the search stopped at its budget of ${budget} after ${whole} of ${most} candidates${besides}`,
    });
  }
}
