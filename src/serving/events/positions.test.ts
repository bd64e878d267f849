import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPositions, parsePositions } from './positions.ts';

test('positions: what is formatted is read back', () => {
  const positions = { r: 12, p: 345, j: 0 };
  assert.equal(formatPositions(positions), 'r12-p345-j0');
  assert.deepEqual(parsePositions('r12-p345-j0'), positions);
  // Of a version that had fewer sources.
  assert.deepEqual(parsePositions('p1'), { p: 1 });
});

test('positions: anything else is not taken for an id', () => {
  for (const text of [
    '',
    'r',
    '1',
    'r1-',
    'r01',
    'r1-r2',
    'r-1',
    'R1',
    'r1 ',
    'rr1',
    'r1.5',
    'r9007199254740993',
    '__proto__1',
  ])
    assert.equal(parsePositions(text), undefined, text);
});
