import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayText, newestSnapshots, snapshotMs } from './snapshot.ts';

const days = (count: number): string[] => newestSnapshots(count).map((one) => dayText(snapshotMs(one)));

test('snapshots: month ends in a row up to 2026-06-30, over the turn of years and the short months', () => {
  assert.deepEqual(days(1), ['2026-06-30']);
  assert.deepEqual(days(5), ['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30']);
  const many = days(60);
  assert.equal(many[0], '2021-07-31');
  assert.ok(many.includes('2024-02-29') && many.includes('2025-12-31'));
  assert.equal(new Set(many).size, 60);
});
