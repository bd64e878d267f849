import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mostJobsOf } from './most-jobs.ts';

test('HOLDFAST_JOBS: one unless it says otherwise; anything but a small whole number is refused', () => {
  assert.deepEqual(
    [{}, { HOLDFAST_JOBS: '' }, { HOLDFAST_JOBS: '0' }, { HOLDFAST_JOBS: '4' }].map(mostJobsOf),
    [1, 1, 0, 4],
  );
  for (const text of ['-1', '1.5', 'all', '100', ' 2'])
    assert.throws(() => mostJobsOf({ HOLDFAST_JOBS: text }), { code: 'usage.argument' }, text);
});
