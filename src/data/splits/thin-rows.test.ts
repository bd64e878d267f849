import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { thinRows } from './thin-rows.ts';

test('thin rows: one leaver among thousands stays, and the share of leavers is what it was', () => {
  const rare = Uint8Array.from({ length: 10_000 }, (_, row) => Number(row === 7777));
  const rows = thinRows(rare, 100);
  assert.ok(rows.includes(7777));
  assert.equal(rows.length, 101);
  const quarter = Uint8Array.from({ length: 4000 }, (_, row) => Number(row % 4 === 0));
  const some = thinRows(quarter, 1000);
  assert.deepEqual([some.length, some.filter((row) => quarter[row] === 1).length], [1000, 250]);
  assert.ok(
    some.every((row, i) => i === 0 || row - some[i - 1]! <= 8),
    'evenly spaced',
  );
});

test('thin rows: for any labels every outcome that was there is there, in order, and few rows are taken all', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 40 }),
      (labels, most) => {
        const rows = [...thinRows(Uint8Array.from(labels), most)];
        assert.deepEqual(
          rows,
          [...new Set(rows)].sort((a, b) => a - b),
        );
        assert.deepEqual(new Set(rows.map((row) => labels[row])), new Set(labels));
        if (labels.length <= most) assert.equal(rows.length, labels.length);
        else assert.ok(Math.abs(rows.length - most) <= 1);
      },
    ),
  );
});
