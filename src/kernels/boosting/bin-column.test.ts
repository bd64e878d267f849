import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openKernelBinning, plainBinColumn } from './bin-column.ts';

test('bin-column: for any numbers and edges the kernel fills the bins of its plain twin', () => {
  const bin = openKernelBinning(64);
  const number = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.double({ noDefaultInfinity: true }));
  fc.assert(
    fc.property(
      fc.array(number, { maxLength: 64 }),
      fc.uniqueArray(fc.oneof(fc.integer({ min: -300, max: 300 }), fc.integer({ min: -20, max: 20 })), {
        maxLength: 254,
      }),
      (values, edges) => {
        const column = Float64Array.from(values);
        const sorted = Float64Array.from(edges).sort();
        const bins = new Uint8Array(values.length);
        const due = new Uint8Array(values.length);
        bin(column, sorted, 255, bins);
        plainBinColumn(column, sorted, 255, due);
        assert.deepEqual(bins, due);
      },
    ),
  );
});

test('bin-column: a number on an edge stays below it, also with every place taken', () => {
  const edges = Float64Array.from({ length: 254 }, (_, i) => i);
  const values = Float64Array.of(-1, 0, 0.5, 253, 254, Number.MAX_VALUE, Number.NaN);
  const bins = new Uint8Array(values.length);
  openKernelBinning(values.length)(values, edges, 255, bins);
  assert.deepEqual([...bins], [0, 0, 1, 253, 254, 254, 255]);
});
