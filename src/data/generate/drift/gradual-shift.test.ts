import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeDrifted, meanAt } from '../testing/drifted.ts';

test('gradual-shift: the column falls further every two months, at the end as far as a sudden shift', () => {
  const { made, calm, after } = makeDrifted('gradual-shift', { rows: 12_000 });
  const at = made.numbers('snapshotDate');
  const monthOf = (row: number): number => new Date(at[row]!).getUTCMonth();
  const kept = [0, 2, 4].map((month) => {
    const rows = after.filter((row) => monthOf(row) === month || monthOf(row) === month + 1);
    return meanAt(made.numbers('visits30d'), rows) / meanAt(calm.numbers('visits30d'), rows);
  });
  assert.ok(kept[0]! < 0.97 && kept[1]! < kept[0]! - 0.05 && kept[2]! < kept[1]! - 0.05, `${kept}`);
  const june = after.filter((row) => monthOf(row) === 5);
  const sudden = makeDrifted('covariate-shift', { rows: 12_000 }).made;
  assert.equal(meanAt(made.numbers('visits30d'), june), meanAt(sudden.numbers('visits30d'), june));
});
