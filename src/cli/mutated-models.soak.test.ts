/** The full count of mutated model files. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runMutants } from './testing/mutated-models/run-mutants.ts';

test('10,000 mutated model files: refused with a code, or loaded and scoring soundly', async (t) => {
  const seed = Number(process.env.HOLDFAST_SEED ?? Date.now() % 2 ** 31);
  const { verdicts, wrong, peakMb } = await runMutants(seed, 10_000);
  assert.deepEqual(wrong, []);
  assert.equal(verdicts.length, 10_000);
  const counts = Object.groupBy(verdicts, ({ outcome }) => outcome);
  t.diagnostic(
    `seed ${seed}: ${counts.refused?.length} refused, ${counts.same?.length} as the original, ${counts.other?.length} other sound models; at most ${Math.round(peakMb)} MB`,
  );
  assert.ok((counts.other?.length ?? 0) > 100);
});
