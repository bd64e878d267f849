import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { preprocessing } from '../../features/preprocess.ts';
import { preprocessSection } from '../../features/section.ts';
import { fitClassifier } from '../../learn/fit.ts';
import { pipeline } from '../../learn/pipeline.ts';
import { softVoting } from '../../models/soft-voting.ts';
import { categoryColumn, numberColumn } from '../../table/column.ts';
import { createDataset } from '../../table/dataset.ts';
import { createTable } from '../../table/table.ts';
import { makeContext } from '../context.ts';
import { workingPorts } from '../testing/working-ports.ts';

const ports = workingPorts();

import { learnedPreprocessing, stepsWithin } from './learned-preprocessing.ts';

const months = Array.from({ length: 60 }, (_, i) => (i === 7 ? Number.NaN : i === 9 ? 900 : i));
const data = createDataset(
  createTable([
    numberColumn('tenure', months),
    categoryColumn(
      'plan',
      months.map((_, i) => (i % 3 === 0 ? 'basic' : 'plus')),
    ),
  ]),
  months.map((_, i) => (i % 4 === 0 ? 1 : 0)),
);
const behind = (preparation: 'full' | 'native', model: string) =>
  pipeline({
    steps: [
      preprocessing(preprocessSection.parse({}), data.table.columns, {}, new Set(), preparation).estimator,
    ],
    model: { id: model, params: {} },
  });
const fit = (estimator: { id: string; params: never }) =>
  fitClassifier(estimator, data, makeContext(ports, createRandom(1), []));

test('learned preprocessing: of one pipeline what its router learned', async () => {
  const fitted = await fit(behind('full', 'prior') as never);
  const [tenure, plan] = learnedPreprocessing(fitted, ports.catalogue);
  assert.equal(tenure!.imputed, 31);
  assert.ok(tenure!.bounds!.upper! < 900);
  assert.deepEqual(plan!.levels, ['basic', 'plus']);
});

test('learned preprocessing: of an ensemble, what any of its models does to a column', async () => {
  const models = [behind('native', 'prior'), behind('full', 'prior')];
  const voted = await fit(softVoting({ models: models as never }) as never);
  assert.equal(stepsWithin(voted).length, 2);
  const alone = learnedPreprocessing(await fit(models[1] as never), ports.catalogue);
  assert.deepEqual(learnedPreprocessing(voted, ports.catalogue), alone);
  const native = learnedPreprocessing(await fit(models[0] as never), ports.catalogue);
  assert.ok(native.every(({ imputed, bounds }) => imputed === null && bounds === null));
});
