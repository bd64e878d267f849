import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FittedClassifier, InputColumn } from '../../learn/definition.ts';
import { joinedInputs } from './joined-inputs.ts';

const model = (...inputs: InputColumn[]): FittedClassifier => ({
  role: 'classifier',
  id: 'prior',
  version: 1,
  params: {},
  inputs,
  state: {},
});
const a: InputColumn = { name: 'a', kind: 'number' };
const b: InputColumn = { name: 'b', kind: 'category' };
const c: InputColumn = { name: 'c', kind: 'boolean' };

test('joined-inputs: each column once, in the order in which it is first asked for', () => {
  assert.deepEqual(joinedInputs('vote', [model(b, a), model(a, c), model()]), [b, a, c]);
});

test('joined-inputs: one name of two kinds is refused', () => {
  assert.throws(() => joinedInputs('vote', [model(a), model({ name: 'a', kind: 'category' })]), {
    code: 'column.kind',
    fields: { who: 'vote', column: 'a', kind: 'category' },
  });
});
