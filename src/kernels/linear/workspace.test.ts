import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeWorkspace } from './workspace.ts';

test('workspace: what was released is taken again, what is in use never twice', () => {
  const first = takeWorkspace('strict');
  const second = takeWorkspace('strict');
  assert.notEqual(first.memory, second.memory);
  first.release();
  const third = takeWorkspace('strict');
  assert.equal(third.memory, first.memory);
  for (const workspace of [second, third]) workspace.release();
});

test('workspace: places are multiples of 64 that do not overlap, and memory grows with them', () => {
  const workspace = takeWorkspace('strict');
  const places = [100, 1, 3_000_000, 64].map((bytes) => [workspace.take(bytes), bytes] as const);
  places.forEach(([at, bytes], i) => {
    assert.equal(at % 64, 0);
    const next = places[i + 1]?.[0] ?? workspace.memory.buffer.byteLength;
    assert.ok(at + bytes <= next, `place ${i}`);
  });
  workspace.release();
});

test('workspace: a large one is not kept', () => {
  const large = takeWorkspace('strict');
  large.take(130 * 2 ** 20);
  large.release();
  const other = takeWorkspace('strict');
  assert.notEqual(other.memory, large.memory);
  other.release();
});
