/**
 * Runs a search: asks a method for trials, fits them fold by fold, ends the hopeless ones early, until the method is
 * done or the budget is used up.
 *
 * Each finished fit is handed to `record` before anything else happens; a search that is given what was recorded takes
 * it instead of fitting and so goes on where it was killed: the trials, their order and their ends are the same.
 * Cost: fits; besides them a method thinks for milliseconds.
 */
import { DataError } from '../base/errors.ts';
import { countOf, listNames } from '../base/text.ts';
import type { Context } from '../learn/context.ts';
import { earlyEnd } from './early-end.ts';
import { familiesFirst } from './families-first.ts';
import { cutFolds, type FoldFit, type FoldTask, fitFolds } from './fold-fits.ts';
import {
  closeTrial,
  foldsOf,
  type OpenTrial,
  openTrial,
  type RecordedFit,
  type SearchedTrial,
  settled,
  takeFold,
} from './open-trial.ts';
import {
  type Candidate,
  candidateKey,
  type EarlyEnd,
  isWhole,
  meritOf,
  type SearchAsk,
  type SearchMethod,
  type Trial,
} from './search-method.ts';

export interface SearchTask extends FoldTask {
  readonly method: SearchMethod;
  readonly ask: Omit<SearchAsk, 'rows' | 'endsEarly'>;
  /** What ends a trial early. */
  readonly endsBy: readonly EarlyEnd[];
  /** Milliseconds before the end of the budget that are kept for what follows the search, asked anew each round. */
  readonly reserve?: (trials: readonly SearchedTrial[]) => number;
  /** Out-of-fold scores of so many of the best trials are kept; by default of all that learned from all rows. */
  readonly keeps?: number;
  /** What was recorded by the same search before it was killed. */
  readonly recorded?: readonly RecordedFit[];
  readonly record?: (fit: RecordedFit) => void;
  /** Hears of each finished or spared fit. */
  readonly onFit?: (done: number, total: number) => void;
}

export interface SearchResult {
  /** In the order asked for. */
  readonly trials: readonly SearchedTrial[];
  /** Whether the budget ended it. */
  readonly isCut: boolean;
  /** Trials that would have been tried at most. */
  readonly most: number;
  /** Fits that were taken from the record. */
  readonly resumed: number;
}

/**
 * Trials are tried whole until one is: without any there is nothing to choose. A trial that diverges is given up, and the
 * search goes on; where all do it ends with `learn.diverged`.
 */
export async function runSearch(task: SearchTask, ctx: Context): Promise<SearchResult> {
  const { method, endsBy, data } = task;
  const parts = cutFolds(task);
  const ask: SearchAsk = {
    ...task.ask,
    rows: Math.min(...parts.map(({ training }) => training.table.rowCount)),
    endsEarly: endsBy.length > 0,
  };
  const known = new Map(
    (task.recorded ?? []).map((fit) => [fitKey(fit.candidate, fit.share, fit.fold), fit]),
  );
  const most = method.most(ask);
  const trials: SearchedTrial[] = [];
  const everyFold = parts.map((_, fold) => fold);
  const size = { folds: parts.length, rows: data.table.rowCount, resource: ask.resource };
  let resumed = 0;
  let done = 0;
  const tell = (fits: number): void => {
    done += fits;
    if (fits > 0) task.onFit?.(done, most * parts.length);
  };

  /** Fits these folds of these trials; false where the end of the search came first. */
  async function fit(
    trialsNow: readonly OpenTrial[],
    folds: readonly number[],
    endsAt: number | undefined,
  ): Promise<boolean> {
    const wanted: (FoldFit & { readonly trial: OpenTrial })[] = [];
    for (const trial of trialsNow)
      for (const fold of folds) {
        if (trial.isDiverged || trial.values[fold] !== undefined) continue;
        const before = known.get(fitKey(trial.request.candidate, trial.request.share, fold));
        if (before) {
          accept(trial, before);
          trial.fromRecord++;
          resumed++;
        } else wanted.push({ trial, fold, candidate: trial.fitted, rowShare: trial.rowShare });
      }
    const take = (index: number, { value, seconds }: Pick<RecordedFit, 'value' | 'seconds'>): void => {
      const { trial, fold } = wanted[index]!;
      const { candidate, share } = trial.request;
      const recorded = { candidate, share, fold, value, seconds };
      task.record?.(recorded);
      accept(trial, recorded);
    };
    return fitFolds(
      { ...task, endsAt },
      parts,
      wanted,
      ctx,
      (index, score) => {
        take(index, score);
        score.rows.forEach((row, i) => {
          wanted[index]!.trial.outOfFold[row] = score.scores[i]!;
        });
      },
      (index) => take(index, { value: null, seconds: 0 }),
    );
  }

  function accept(trial: OpenTrial, recorded: RecordedFit): void {
    takeFold(trial, recorded);
    tell(1);
  }

  function judge(trial: OpenTrial): void {
    const early = () => earlyEnd(endsBy, { ...trial.request, folds: foldsOf(trial) }, trials, ask.sign);
    trial.outcome = settled(trial) ?? early() ?? null;
    if (trial.outcome !== null) tell(parts.length - trial.tried);
  }

  function ended(isCut: boolean): SearchResult {
    if (!trials.some(isWhole)) throw allDiverged(trials);
    return { trials, isCut, most, resumed };
  }

  for (let goesOn = true; goesOn; ) {
    const requests = method.next(trials, ask);
    if (requests.length === 0) return ended(false);
    const round = requests.map((request, i) => openTrial(request, trials.length + i + 1, size));
    if (task.endsAt !== undefined && !trials.some(isWhole))
      for (const trial of round) {
        await fit([trial], everyFold, undefined);
        if (!trial.isDiverged) break;
      }
    // A fold at a time where trials may end early, else trial by trial: then the budget cuts few of them short.
    const mayEnd = endsBy.length > 0 && trials.length > 0;
    const endsAt = endOf(task, trials);
    for (const folds of mayEnd ? everyFold.map((fold) => [fold]) : [everyFold]) {
      goesOn &&= await fit(
        round.filter(({ outcome }) => outcome === null),
        folds,
        endsAt,
      );
      if (!goesOn) break;
      for (const trial of round) if (trial.outcome === null) judge(trial);
    }
    trials.push(...round.map((trial) => closeTrial(trial, task.keeps !== undefined)));
    if (task.keeps !== undefined) forgetScores(trials, task.keeps, ask.sign);
  }
  return ended(true);
}

function allDiverged(trials: readonly Trial[]): Error {
  const models = [...new Set(trials.map(({ candidate }) => candidate.id))];
  return new DataError(
    'learn.diverged',
    `search: of ${countOf(trials.length, 'candidate')} (${listNames(models)}) none could be fitted on every fold, their weights grew beyond all bounds; bring the columns to one scale (preprocess.numeric.scale) or lower learningRate`,
    { who: 'search' },
  );
}

/** When fits are given up, so that there is time left for what follows. */
const endOf = ({ endsAt, reserve }: SearchTask, trials: readonly SearchedTrial[]): number | undefined =>
  endsAt === undefined || !reserve ? endsAt : endsAt - reserve(trials);

/** Keeps the scores of the best trials of each family and of all, those of the largest share first; a table of millions has large ones. */
function forgetScores(trials: SearchedTrial[], most: number, sign: 1 | -1): void {
  const kept = trials.filter(({ outOfFold }) => outOfFold !== null);
  if (kept.length <= most) return;
  const ranked = kept.sort(
    (a, b) => b.share - a.share || meritOf(b, sign) - meritOf(a, sign) || a.number - b.number,
  );
  const worst = new Set(familiesFirst(ranked).slice(most));
  trials.forEach((trial, i) => {
    if (worst.has(trial)) trials[i] = { ...trial, outOfFold: null };
  });
}

const fitKey = (candidate: Candidate, share: number, fold: number): string =>
  `${candidateKey(candidate)} ${share} ${fold}`;
