import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../base/random.ts';
import { blockRows, packRows } from './packed-rows.ts';
import { takeWorkspace } from './workspace.ts';

test('packed-rows: for any columns every value is read back from patterns or dense columns', () => {
  const anyCase = fc.record({
    rows: fc.integer({ min: 1, max: 700 }),
    flags: fc.integer({ min: 0, max: 20 }),
    levels: fc.integer({ min: 0, max: 12 }),
    numbers: fc.integer({ min: 0, max: 5 }),
    seed: fc.integer({ min: 0, max: 100_000 }),
  });
  fc.assert(
    fc.property(anyCase, ({ rows, flags, levels, numbers, seed }) => {
      const random = createRandom(seed);
      const made = (value: (row: number) => number): Float64Array =>
        Float64Array.from({ length: rows }, (_, row) => value(row));
      const level = made(() => random.integer(Math.max(1, levels)));
      const columns = [
        ...Array.from({ length: flags }, () => made(() => (random.uniform() < 0.5 ? 2 : -1))),
        ...Array.from({ length: levels }, (_, one) => made((row) => (level[row] === one ? 1 : 0))),
        ...Array.from({ length: numbers }, () => made(() => random.normal())),
      ];
      const workspace = takeWorkspace('strict');
      const { groups, dense, width, at, blocks, centres, scales } = packRows(columns, rows, workspace)!;
      const { buffer } = workspace.memory;
      const codes = new Uint8Array(buffer, at.codes, groups.length * blocks * blockRows);
      const stored = new Float64Array(buffer, at.dense, blocks * width * blockRows);
      const seen = [...groups.flatMap((group) => group.columns), ...dense];
      columns.forEach((values, c) => {
        const g = groups.findIndex((group) => group.columns.includes(c));
        const d = dense.indexOf(c);
        for (let row = 0; row < rows; row++) {
          let own = 0;
          if (g >= 0) {
            const { starts, members } = groups[g]!;
            const pattern = codes[g * blocks * blockRows + row]!;
            own = members.subarray(starts[pattern], starts[pattern + 1]).includes(c) ? 1 : 0;
          } else if (d >= 0) {
            const block = Math.floor(row / blockRows);
            own = stored[(block * width + 1 + d) * blockRows + (row % blockRows)]!;
          }
          assert.ok(
            Math.abs(centres[c]! + scales[c]! * own - values[row]!) < 1e-12,
            `column ${c}, row ${row}`,
          );
        }
      });
      assert.equal(new Set(seen).size, seen.length);
      for (const { count } of groups) assert.ok(count <= 128);
      workspace.release();
    }),
    { numRuns: 25 },
  );
});

test('packed-rows: one-hot columns share a group as far as few patterns occur', () => {
  const rows = 8000;
  const columns = Array.from({ length: 40 }, (_, one) =>
    Float64Array.from({ length: rows }, (_, row) => (row % 40 === one ? 1 : 0)),
  );
  const workspace = takeWorkspace('strict');
  const { groups, width } = packRows(columns, rows, workspace)!;
  assert.deepEqual([groups.length, groups[0]!.count, groups[0]!.columns.length, width], [1, 40, 40, 4]);
  workspace.release();
});
