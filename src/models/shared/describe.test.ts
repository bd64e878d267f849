import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strongest } from './describe.ts';

test('strongest: places of the largest sizes come first, equal ones in order, zeros never', () => {
  assert.deepEqual(strongest(Float64Array.of(0.5, -2, 0, 0.5, 1)), [1, 4, 0, 3]);
  assert.deepEqual(strongest(Float64Array.of(3, 2, 1), 2), [0, 1]);
  assert.deepEqual(strongest(new Float64Array(4)), []);
});
