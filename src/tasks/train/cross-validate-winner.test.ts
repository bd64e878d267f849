import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { DataError } from '../../base/errors.ts';
import { sequentialMap } from '../../base/parallel.ts';
import { createRandom } from '../../base/random.ts';
import { splitSection } from '../../data/splits/section.ts';
import { createCatalogue } from '../../learn/catalogue.ts';
import type { FitAnswer, FitJob, Note } from '../../learn/context.ts';
import { defineClassifier } from '../../learn/definition.ts';
import { runFitJob } from '../../learn/fit.ts';
import { trainSection } from '../../selection/section.ts';
import { numberColumn } from '../../table/column.ts';
import { createDataset } from '../../table/dataset.ts';
import { createTable } from '../../table/table.ts';
import type { WorkPorts } from '../ports.ts';
import { examplePorts } from '../testing/example-task.ts';
import { crossValidateWinner } from './cross-validate-winner.ts';
import type { TrainSpec } from './spec.ts';

const draws: number[] = [];
/** Says for everybody what it draws. */
const oracle = defineClassifier({
  id: 'oracle',
  version: 1,
  title: 'Oracle',
  params: z.strictObject({ diverges: z.boolean().default(false) }),
  tags: { kinds: ['number'], acceptsMissing: true, acceptsWeights: true, isRandom: true },
  examples: [],
  async fit(_data, { diverges }, ctx) {
    if (diverges) throw new DataError('learn.diverged', 'oracle: out of bounds', { who: 'oracle' });
    const says = ctx.random.uniform();
    draws.push(says);
    return { says };
  },
  predictProba: ({ says }, table) => new Float64Array(table.rowCount).fill(says),
  describe: () => 'A made-up model.',
  simplicity: () => [1],
});
const catalogue = createCatalogue([oracle], []);
const fit = (job: FitJob): Promise<FitAnswer> =>
  runFitJob(job, { clock: examplePorts.clock, catalogue, map: sequentialMap(fit) });
const ports: WorkPorts = { ...examplePorts, catalogue, map: sequentialMap(fit) };
const spec = { train: trainSection.parse({ folds: 4 }), split: splitSection.parse({}) } as TrainSpec;
const data = createDataset(
  createTable([
    numberColumn(
      'tenure',
      Array.from({ length: 80 }, (_, row) => row),
    ),
  ]),
  Array.from({ length: 80 }, (_, row) => Number(row % 4 === 0)),
);

test('cross-validate winner: members that are the same but for their draws draw numbers of their own', async () => {
  draws.length = 0;
  const recipe = {
    pipelines: [oracle(), oracle()],
    combination: { by: 'soft-voting', weights: [0.5, 0.5] } as const,
  };
  const told = await crossValidateWinner(spec, { recipe, share: 1 }, data, createRandom(1), [], ports);
  assert.equal(new Set(draws).size, 8, 'two members, four folds');
  assert.deepEqual([told!.rows, told!.folds.length], [80, 4]);
  assert.deepEqual(told!.folds, [0.5, 0.5, 0.5, 0.5], 'everybody is told the same: no better than chance');
});

test('cross-validate winner: one that diverges is told, not thrown: nothing is chosen by it', async () => {
  const notes: Note[] = [];
  const recipe = { pipelines: [oracle({ diverges: true })], combination: null };
  const told = await crossValidateWinner(spec, { recipe, share: 1 }, data, createRandom(1), notes, ports);
  assert.equal(told, undefined);
  assert.deepEqual(
    notes.map(({ code }) => code),
    ['stability.diverged'],
  );
});
