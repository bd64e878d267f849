import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { duplicateIds } from './customers.ts';
import { type RepeatCounter, repeatCounter } from './repeat-counter.ts';

async function counted(counter: RepeatCounter, pieces: readonly (readonly string[])[]): Promise<number> {
  try {
    for (const ids of pieces) await counter.add(ids);
    return await counter.count();
  } finally {
    await counter.close();
  }
}

test('repeat counter: for any ids in any pieces, as many repeat as a set of them all says', async () => {
  const id = fc.oneof(fc.constantFrom('', 'a', 'b', 'ab', '\u0000', '1', '1.0'), fc.string({ maxLength: 4 }));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(id, { maxLength: 12 }), { maxLength: 6 }), async (pieces) => {
      // Five in memory: most go through the file.
      assert.equal(await counted(repeatCounter(5), pieces), duplicateIds(pieces.flat()).count);
    }),
    { numRuns: 25 },
  );
});

test('repeat counter: thirty thousand ids that follow each other are all different, and twice they all repeat', async () => {
  const ids = Array.from({ length: 30_000 }, (_, i) => `C${String(i).padStart(8, '0')}`);
  assert.equal(await counted(repeatCounter(), [ids]), 0);
  assert.equal(await counted(repeatCounter(9000), [ids, ids.toReversed()]), 30_000);
});
