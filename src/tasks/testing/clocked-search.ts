/** A search of a model whose fits take a second each of a clock that only they move. */
import { sequentialMap } from '../../base/parallel.ts';
import { createRandom } from '../../base/random.ts';
import { foldRows, stratifiedFolds } from '../../data/splits/stratified-folds.ts';
import { type AnyClassifier, createCatalogue } from '../../learn/catalogue.ts';
import type { Context, FitAnswer, FitJob, Note } from '../../learn/context.ts';
import { runFitJob } from '../../learn/fit.ts';
import { logisticRegression } from '../../models/logistic-regression.ts';
import { softVoting } from '../../models/soft-voting.ts';
import { stacking } from '../../models/stacking.ts';
import type { RecordedFit } from '../../selection/open-trial.ts';
import { type TrainSection, trainSection } from '../../selection/section.ts';
import type { Dataset } from '../../table/dataset.ts';
import { silentProgress } from '../ports.ts';
import { unkeptSearch } from '../train/open-search.ts';
import { searchCandidates } from '../train/search-candidates.ts';

export interface ClockedSearch {
  readonly data: Dataset;
  /** The model; its `fit` calls `tick` once. */
  model(tick: () => void): AnyClassifier;
}

/** Three folds, the best is chosen. */
export function searchByClock(
  { data, model }: ClockedSearch,
  asked: Partial<TrainSection['search']>,
  recorded: readonly RecordedFit[] = [],
  spentMs = 0,
) {
  let seconds = 0;
  const written: RecordedFit[] = [];
  const notes: Note[] = [];
  const clock = { now: () => 1000 * seconds, cpuSeconds: () => seconds };
  const searched = model(() => {
    seconds++;
  });
  const catalogue = createCatalogue([searched, logisticRegression, softVoting, stacking], []);
  const run = (job: FitJob): Promise<FitAnswer> =>
    runFitJob(job, { clock, catalogue, map: sequentialMap(run) });
  const ctx: Context = { random: createRandom(7), clock, catalogue, map: sequentialMap(run), note: () => {} };
  const train = trainSection.parse({ candidates: { [searched.id]: {} }, search: asked, choose: 'best' });
  const kept = { ...unkeptSearch, recorded, spentMs, record: (fit: RecordedFit) => void written.push(fit) };
  const answer = searchCandidates(
    {
      spec: { train },
      wrap: (candidate) => candidate,
      data,
      folds: foldRows(stratifiedFolds(data.labels, 3, createRandom(2)), 3),
    },
    createRandom(9),
    ctx,
    notes,
    { catalogue, clock, progress: silentProgress },
    kept,
  );
  return { answer, written, notes, secondsNow: () => seconds };
}
