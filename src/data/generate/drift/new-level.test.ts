import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requireColumn } from '../../../table/table.ts';
import { makeDrifted } from '../testing/drifted.ts';

test('new-level: the level has its new name after the day, the old before, others keep theirs', () => {
  const { made, calm, before, after, told } = makeDrifted('new-level');
  for (const row of before) assert.equal(made.level('channel', row), calm.level('channel', row));
  let renamed = 0;
  for (const row of after) {
    const old = calm.level('channel', row);
    assert.equal(made.level('channel', row), old === 'social' ? 'short video' : old);
    if (old === 'social') renamed++;
  }
  assert.equal(told.after, renamed / after.length);
  assert.equal(told.before, 0);
});

test('new-level: the table knows the level only with the drift', () => {
  const { made, calm } = makeDrifted('new-level', { rows: 300 });
  const levels = (from: typeof made) => requireColumn('test', from.table, 'channel', 'category').levels;
  assert.ok(levels(made).includes('short video') && !levels(calm).includes('short video'));
});
