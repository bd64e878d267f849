/** Fits models over other models in this room's tests: with all models known and jobs done one after the other. */
import { stoppedClock } from '../../base/clock.ts';
import { sequentialMap } from '../../base/parallel.ts';
import { createRandom } from '../../base/random.ts';
import { allFeatures } from '../../features/all.ts';
import { allLearnClassifiers, allLearnTransformers } from '../../learn/all.ts';
import { createCatalogue } from '../../learn/catalogue.ts';
import type { Context, FitAnswer, FitJob, Note } from '../../learn/context.ts';
import type { Estimator, FittedClassifier } from '../../learn/definition.ts';
import { fitClassifier, runFitJob } from '../../learn/fit.ts';
import type { Dataset } from '../../table/dataset.ts';
import { allModels } from '../all.ts';

export const wholeCatalogue = createCatalogue(
  [...allModels, ...allLearnClassifiers],
  [...allFeatures, ...allLearnTransformers],
);

/** For what fits nothing through jobs. */
export const contextWithoutJobs = (): Context => ({
  clock: stoppedClock(),
  catalogue: wholeCatalogue,
  map: sequentialMap(() => Promise.reject(new Error('no job expected'))),
  random: createRandom(3),
  note: ({ code }) => {
    throw new Error(`no note expected, got ${code}`);
  },
});

export async function fitComposite(
  estimator: Estimator,
  data: Dataset,
  seed = 7,
): Promise<{ fitted: FittedClassifier; notes: Note[]; jobs: FitJob[] }> {
  const notes: Note[] = [];
  const jobs: FitJob[] = [];
  const bare = { clock: stoppedClock(), catalogue: wholeCatalogue };
  const map: Context['map'] = sequentialMap<FitJob, FitAnswer>((job) => {
    jobs.push(job);
    return runFitJob(job, { ...bare, map });
  });
  const ctx: Context = { ...bare, map, random: createRandom(seed), note: (note) => notes.push(note) };
  return { fitted: await fitClassifier(estimator, data, ctx), notes, jobs };
}
