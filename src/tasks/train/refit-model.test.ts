import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sequentialMap } from '../../base/parallel.ts';
import { createRandom } from '../../base/random.ts';
import { splitSection } from '../../data/splits/section.ts';
import { createCatalogue } from '../../learn/catalogue.ts';
import type { FitAnswer, FitJob } from '../../learn/context.ts';
import type { FittedClassifier } from '../../learn/definition.ts';
import { runFitJob } from '../../learn/fit.ts';
import { type CalibratedState, calibrated, calibrateFitted } from '../../models/calibrated.ts';
import { type PriorState, prior } from '../../models/prior.ts';
import { trainSection } from '../../selection/section.ts';
import { numberColumn } from '../../table/column.ts';
import { createDataset } from '../../table/dataset.ts';
import { createTable } from '../../table/table.ts';
import { makeContext } from '../context.ts';
import type { WorkPorts } from '../ports.ts';
import { examplePorts } from '../testing/example-task.ts';
import type { CalibratedModel } from './calibrate-model.ts';
import { developmentData } from './development-data.ts';
import { fitRecipe } from './fit-recipe.ts';
import { refitModel } from './refit-model.ts';
import type { TrainSpec } from './spec.ts';

const catalogue = createCatalogue([prior, calibrated], []);
const fit = (job: FitJob): Promise<FitAnswer> =>
  runFitJob(job, { clock: examplePorts.clock, catalogue, map: sequentialMap(fit) });
const ports: WorkPorts = { ...examplePorts, catalogue, map: sequentialMap(fit) };
const random = createRandom(3);
const rows = 400;
const draws = random.fork('labels');
const all = createDataset(
  createTable([
    numberColumn(
      'tenure',
      Array.from({ length: rows }, (_, i) => i),
    ),
  ]),
  Uint8Array.from({ length: rows }, () => (draws.uniform() < 0.3 ? 1 : 0)),
);
const specOf = (method: 'auto' | 'random') =>
  ({ train: trainSection.parse({ search: { method } }), split: splitSection.parse({}) }) as TrainSpec;
const development = developmentData(
  specOf('auto'),
  all,
  { inputs: [{ name: 'tenure', kind: 'number' }] } as unknown as FittedClassifier,
  random,
);
const recipe = { pipelines: [prior()], combination: null };
const known = { outOfFold: [], labels: all.labels, folds: 5 };
const rateOf = (fitted: { readonly state: unknown }): number => (fitted.state as PriorState).churnRate;

/** Learned from four rows alone, and, where asked, calibrated by a map of its own. */
async function learned(isCalibrated: boolean): Promise<CalibratedModel> {
  const few = createDataset(createTable([numberColumn('tenure', [1, 2, 3, 4])]), Uint8Array.of(1, 1, 1, 0));
  const uncalibrated = await fitRecipe(recipe, few, known, makeContext(ports, random, []), []);
  const fitted = isCalibrated
    ? calibrateFitted(uncalibrated, 'sigmoid', Float64Array.of(0.2, 0.4, 0.6, 0.8), Uint8Array.of(0, 1, 0, 1))
    : uncalibrated;
  return {
    ...{ fitted, uncalibrated, recipe, known, search: { method: 'auto' } },
    calibration: isCalibrated ? { method: 'sigmoid' } : null,
  } as unknown as CalibratedModel;
}

test('refit model: a search that looks by itself ends in a fit on all rows that are not held out', async () => {
  const before = await learned(false);
  const after = await refitModel(specOf('auto'), before, development, random, [], ports);
  const { labels } = development;
  assert.equal(labels.length, 340);
  assert.equal(after.search.refitRows, 340);
  assert.equal(rateOf(before.fitted), 0.75);
  assert.equal(rateOf(after.fitted), labels.reduce((sum, label) => sum + label, 0) / 340);
  assert.equal(after.fitted, after.uncalibrated);
});

test('refit model: the map of calibration stays what it was', async () => {
  const before = await learned(true);
  const after = await refitModel(specOf('auto'), before, development, random, [], ports);
  const [then, now] = [before, after].map(({ fitted }) => fitted.state as CalibratedState);
  assert.deepEqual(now!.map, then!.map);
  assert.deepEqual(now!.model, after.uncalibrated);
  assert.notDeepEqual(now!.model, then!.model);
});

test('refit model: other methods keep the fit that the validation part was asked about', async () => {
  const before = await learned(true);
  assert.equal(await refitModel(specOf('random'), before, development, random, [], ports), before);
});
