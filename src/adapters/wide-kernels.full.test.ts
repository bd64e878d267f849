/** Wide kernels in worker threads. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stoppedClock } from '../base/clock.ts';
import { createRandom } from '../base/random.ts';
import { catalogue } from '../catalogue.ts';
import { trainingBuild, useWideKernels } from '../kernels/kernel-module.ts';
import { mlp } from '../models/mlp.ts';
import { numberColumn } from '../table/column.ts';
import { createDataset } from '../table/dataset.ts';
import { createTable } from '../table/table.ts';
import { createThreadMap } from './threads/thread-map.ts';
import { openWideKernels } from './wide-kernels.ts';

const isPossible = trainingBuild() === 'relaxed' && process.versions.node.startsWith('26.');

test('wide-kernels: fits give the same bytes without them, with them, and in workers', {
  skip: !isPossible && 'no fused products, or a Node that it was not tried with',
}, async () => {
  const random = createRandom(3);
  const draw = (name: string) =>
    numberColumn(
      name,
      Float64Array.from({ length: 400 }, () => random.normal()),
    );
  const columns = Array.from({ length: 9 }, (_, c) => draw(`x${c}`));
  const labels = Uint8Array.from(columns[0]!.values, (value) => (value + random.normal() > 0 ? 1 : 0));
  const data = createDataset(createTable(columns), labels);
  const job = (i: number) => ({ ...mlp({ hidden: [40, 32], maxEpochs: 2 }), data, stream: `1/${i}` });
  const fit = async (threads: number) => {
    let seconds = 0;
    // Says that every fit takes ten seconds, so that all but the first go to workers.
    const clock = { ...stoppedClock(), cpuSeconds: () => (seconds += 10) };
    const pool = createThreadMap({ threads, clock, catalogue });
    try {
      return (await pool.map([job(1), job(2), job(3)])).map(({ fitted }) => fitted.state);
    } finally {
      await pool.close();
    }
  };
  const due = await fit(1);
  try {
    openWideKernels();
    assert.deepEqual(await fit(1), due);
    assert.deepEqual(await fit(2), due);
  } finally {
    // Tests share their process.
    useWideKernels(undefined);
  }
});
