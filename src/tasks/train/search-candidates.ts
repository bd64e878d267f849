/**
 * The search of a training run: trials by the method of the project file, the ranking of those that may be taken and of
 * what they make together, and what is told of it.
 */
import type { Random } from '../../base/random.ts';
import { searchMetric } from '../../evaluation/profit-metrics.ts';
import { prepareSample } from '../../evaluation/sample.ts';
import type { Context, Note } from '../../learn/context.ts';
import type { FoldTask } from '../../selection/fold-fits.ts';
import type { LeaderboardRow } from '../../selection/leaderboard.ts';
import { searchMethodById } from '../../selection/methods/all.ts';
import { runSearch, type SearchTask } from '../../selection/run-search.ts';
import { type SearchFacts, searchFacts } from '../../selection/search-history.ts';
import type { SearchAsk } from '../../selection/search-method.ts';
import { budgetSeconds, searchPlan } from '../../selection/section.ts';
import { timePlan } from '../../selection/time-plan.ts';
import { addNote } from '../context.ts';
import type { WorkPorts } from '../ports.ts';
import { chooseWinner, type Winner } from './choose-winner.ts';
import { noteEnd } from './note-search.ts';
import type { OpenSearch } from './open-search.ts';
import type { TrainSpec } from './spec.ts';

export interface Searched {
  readonly winner: Winner;
  readonly leaderboard: readonly LeaderboardRow[];
  readonly search: SearchFacts;
  /** Of the rows of a fold, that the candidates learned from among which the winner was chosen. */
  readonly share: number;
}

/** Of a search whose trials are combined; scores of a million rows are 8 MB. */
const scoresKept = 40;

export async function searchCandidates(
  {
    spec,
    preparations,
    ...shared
  }: Pick<FoldTask, 'wrap' | 'data' | 'folds'> &
    Pick<SearchAsk, 'preparations'> & { readonly spec: Pick<TrainSpec, 'train' | 'profit'> },
  random: Random,
  ctx: Context,
  notes: Note[],
  ports: Pick<WorkPorts, 'catalogue' | 'clock' | 'progress'>,
  kept: OpenSearch,
): Promise<Searched> {
  const { search: asked } = spec.train;
  const plan = searchPlan(spec.train);
  const metric = searchMetric(spec.train.metric, spec.profit);
  const method = searchMethodById(asked.method);
  const { clock } = ports;
  const sign = metric.higherIsBetter ? 1 : -1;
  // The time of an interrupted run counts too.
  const startedAt = clock.now() - kept.spentMs;
  const budgetMs = asked.budget === undefined ? undefined : 1000 * budgetSeconds(asked.budget);
  const endsAt = budgetMs === undefined ? undefined : startedAt + budgetMs;
  const time =
    method.combines && budgetMs !== undefined && endsAt !== undefined
      ? timePlan({
          ms: budgetMs,
          endsAt,
          folds: shared.folds.length,
          rows: shared.data.table.rowCount,
          sign,
          now: clock.now,
        })
      : undefined;
  const task: SearchTask = {
    ...shared,
    method,
    ask: {
      grids: plan.candidates,
      catalogue: ports.catalogue,
      trials: plan.trials,
      random,
      sign,
      resource: plan.resource,
      earlier: kept.earlier,
      ...(method.combines && preparations && { preparations }),
    },
    endsBy: method.endsBy(asked.earlyStop),
    measure: (labels, scores) => metric.compute(prepareSample(labels, scores, 0.5)),
    endsAt,
    ...(time && { reserve: time.reserve }),
    ...(method.combines && { keeps: scoresKept }),
    recorded: kept.recorded,
    record: (fit) => kept.record(fit, clock.now() - startedAt),
    onFit(done, total) {
      const now = clock.now();
      const needed = ((now - startedAt) / 1000 / done) * (total - done);
      const allowed = endsAt === undefined ? needed : Math.max(0, (endsAt - now) / 1000);
      ports.progress.tick('fits', done, total, Math.min(needed, allowed));
    },
  };
  const choice = { metric, rule: plan.choose, affordable: time?.affordable ?? (() => Infinity) };
  let result = await runSearch(task, ctx);
  let chosen = await chooseWinner(result, task, choice, ctx);
  if (chosen === null) {
    addNote(notes, {
      code: 'search.not-repeated',
      message: 'the fits of an interrupted search did not repeat on this machine, so the search began anew',
    });
    result = await runSearch({ ...task, recorded: [] }, ctx);
    chosen = (await chooseWinner(result, task, choice, ctx))!;
  }
  noteEnd(result, chosen, asked.budget, notes);
  return {
    ...chosen,
    search: searchFacts(
      { ...result, isCut: result.isCut || chosen.isTrimmed },
      { method: method.id, metric, warmStart: asked.warmStart, resource: plan.resource },
    ),
  };
}
