import assert from 'node:assert/strict';
import { test } from 'node:test';
import { centre, crowd, midpoint } from './testing/definitions.ts';

test('definition: called with parameters it gives an estimator as plain data, defaults filled in', () => {
  assert.deepEqual(crowd({ size: 5 }), { id: 'crowd', params: { size: 5 } });
  assert.deepEqual(crowd(), { id: 'crowd', params: { size: 3 } });
  assert.deepEqual(structuredClone(crowd()), crowd());
});

test('definition: wrong parameters are refused in its own name', () => {
  assert.throws(() => crowd({ size: 0 }), {
    code: 'param.value',
    message: 'crowd: size must be at least 1, got 0',
    fields: { who: 'crowd', param: 'size' },
  });
  // @ts-expect-error a name that the schema does not have
  assert.throws(() => crowd({ sise: 2 }), { code: 'param.unknown', message: /did you mean size\?/ });
});

test('definition: carries its fields and its role, and nobody changes them', () => {
  assert.equal(midpoint.role, 'classifier');
  assert.equal(centre.role, 'transformer');
  assert.equal(midpoint.id, 'midpoint');
  assert.ok(Object.isFrozen(midpoint) && Object.isFrozen(centre));
  assert.throws(() => Object.assign(midpoint, { id: 'other' }), TypeError);
});
