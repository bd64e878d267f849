/** Model files that somebody damaged, or made to do harm: each is refused in a sentence, or is a sound model. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runMutants } from './testing/mutated-models/run-mutants.ts';

test('300 mutated model files: refused with a code, or loaded and scoring soundly', async (t) => {
  const { verdicts, wrong, peakMb } = await runMutants(Number(process.env.HOLDFAST_SEED ?? 1), 300);
  assert.deepEqual(wrong, []);
  assert.equal(verdicts.length, 300);
  const counts = Object.groupBy(verdicts, ({ outcome }) => outcome);
  t.diagnostic(
    `${counts.refused?.length} refused, ${counts.same?.length} as the original, ${counts.other?.length} other models; ${Math.round(peakMb)} MB`,
  );
  // Were all refused, the test would not know whether the rest holds; were few, mutants would be no mutants.
  assert.ok((counts.refused?.length ?? 0) > 150);
  assert.ok((counts.same?.length ?? 0) > 5);
});
