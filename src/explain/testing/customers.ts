/** A small business with a known answer, for the tests of this room. */

import { stoppedClock } from '../../base/clock.ts';
import { sequentialMap } from '../../base/parallel.ts';
import { createRandom } from '../../base/random.ts';
import { allFeatures } from '../../features/all.ts';
import { preprocessing } from '../../features/preprocess.ts';
import { preprocessSection } from '../../features/section.ts';
import { allLearnClassifiers, allLearnTransformers } from '../../learn/all.ts';
import { createCatalogue } from '../../learn/catalogue.ts';
import type { Context } from '../../learn/context.ts';
import type { Estimator } from '../../learn/definition.ts';
import { runFitJob } from '../../learn/fit.ts';
import { pipeline } from '../../learn/pipeline.ts';
import { allModels } from '../../models/all.ts';
import { categoryColumn, numberColumn } from '../../table/column.ts';
import { createDataset, type Dataset } from '../../table/dataset.ts';
import { createTable } from '../../table/table.ts';

export const catalogue = createCatalogue(
  [...allModels, ...allLearnClassifiers],
  [...allFeatures, ...allLearnTransformers],
);
export const ctx: Context = {
  random: createRandom(1),
  clock: stoppedClock(),
  catalogue,
  map: sequentialMap((job) => runFitJob(job, ctx)),
  note: () => {},
};

/** Churn depends on usage and plan; `noise` says nothing. */
export function customers(rows: number): Dataset {
  const random = createRandom(5);
  const usage = Array.from({ length: rows }, () => random.normal());
  const plan = Array.from({ length: rows }, () => (random.uniform() < 0.5 ? 'monthly' : 'yearly'));
  const noise = Array.from({ length: rows }, () => random.normal());
  const labels = usage.map((value, i) =>
    random.normal() < -value + (plan[i] === 'monthly' ? 0.8 : -0.8) ? 1 : 0,
  );
  return createDataset(
    createTable([numberColumn('usage', usage), categoryColumn('plan', plan), numberColumn('noise', noise)]),
    labels,
  );
}

export const data = customers(400);
/** A model behind the standard preprocessing. */
export const behind = (model: Estimator): Estimator =>
  pipeline({
    steps: [preprocessing(preprocessSection.parse({}), data.table.columns).estimator],
    model,
  });

/** Typical values of each column of `customers`, on their own. */
export const typical = createTable([
  numberColumn('usage', [-1.5, -1.1, -0.8, -0.5, -0.2, 0.1, 0.4, 0.7, 1.1, 1.6]),
  categoryColumn(
    'plan',
    Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 'monthly' : 'yearly')),
  ),
  numberColumn('noise', [-1.6, -1, -0.7, -0.4, -0.1, 0.1, 0.4, 0.7, 1, 1.6]),
]);
