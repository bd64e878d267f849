import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UnavailableError } from '../base/errors.ts';
import { type ParallelMap, sequentialMap } from '../base/parallel.ts';
import { createCatalogue } from '../learn/catalogue.ts';
import type { FitAnswer, FitJob, Stopper } from '../learn/context.ts';
import { defineClassifier } from '../learn/definition.ts';
import { runFitJob } from '../learn/fit.ts';
import { logisticRegression } from '../models/logistic-regression.ts';
import { numberColumn } from '../table/column.ts';
import { createDataset } from '../table/dataset.ts';
import { createTable } from '../table/table.ts';

const data = createDataset(createTable([numberColumn('x', [1, 2, 3, 4, 5, 6])]), [0, 1, 0, 1, 0, 1]);
let now = 0;
const clock = { now: () => now, cpuSeconds: () => 0 };
/** Takes ten milliseconds, then fits another job inside itself. */
const outer = defineClassifier({
  ...logisticRegression,
  id: 'outer',
  async fit(given, params, ctx) {
    now += 10;
    await ctx.map([{ id: 'logistic-regression', params: {}, data: given, stream: '1/inner' }]);
    return logisticRegression.fit(given, params, ctx);
  },
});
const catalogue = createCatalogue([logisticRegression, outer], []);
const map: ParallelMap<FitJob, FitAnswer> = sequentialMap((job) => runFitJob(job, { clock, catalogue, map }));
const run = (endsAt: number | undefined, signal?: Stopper) => {
  now = 0;
  const job: FitJob = { id: 'outer', params: {}, data, stream: '1', ...(endsAt !== undefined && { endsAt }) };
  return runFitJob(job, { clock, catalogue, map, ...(signal && { signal }) });
};

test('fit end: a job whose moment has come is not begun', async () => {
  await assert.rejects(run(0), { code: 'search.over' });
  assert.equal(now, 0);
});

test('fit end: a job inside a job ends with it', async () => {
  await assert.rejects(run(10), { code: 'search.over' });
  assert.equal(now, 10);
  const [late, never] = [await run(11), await run(undefined)];
  assert.deepEqual(late, never);
});

test('fit end: a stop from outside is heard as what it is', async () => {
  const stop = {
    throwIfAborted: () => {
      throw new UnavailableError('work.stopped', 'stopped');
    },
  };
  await assert.rejects(run(0, stop), { code: 'work.stopped' });
});
