import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../base/random.ts';
import { shareOfRows } from './fold-fits.ts';

test('share of rows: a third of a million rows is no more than a call can take', () => {
  const labels = Uint8Array.from({ length: 1_000_000 }, (_, row) => (row % 4 === 0 ? 1 : 0));
  assert.equal(shareOfRows(labels, 1 / 3, createRandom(1)).length, 333_333);
});

test('share of rows: for any outcomes and shares rows are in order, outcomes in proportion, smaller shares inside larger', () => {
  const labels = fc.array(fc.constantFrom(0, 1), { minLength: 2, maxLength: 200 });
  fc.assert(
    fc.property(labels, fc.double({ min: 0.01, max: 1, noNaN: true }), fc.nat(), (outcomes, share, seed) => {
      const known = Uint8Array.from(outcomes);
      const rows = shareOfRows(known, share, createRandom(seed));
      assert.deepEqual(rows, Int32Array.from(rows).sort());
      assert.equal(new Set(rows).size, rows.length);
      for (const outcome of [0, 1]) {
        const all = outcomes.filter((one) => one === outcome).length;
        const chosen: number = rows.filter((row) => known[row] === outcome).length;
        assert.equal(chosen, Math.min(all, Math.max(1, Math.round(share * all))));
      }
      const larger = new Set(shareOfRows(known, Math.min(1, 3 * share), createRandom(seed)));
      assert.ok(rows.every((row) => larger.has(row)));
    }),
  );
});
