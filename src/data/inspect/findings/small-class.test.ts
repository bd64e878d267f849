import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn } from '../../../table/column.ts';
import { lookAt, told } from '../testing/example.ts';
import { smallClass } from './small-class.ts';

const look = (churned: number, rows = 1000) =>
  lookAt(smallClass, [numberColumn('n', new Float64Array(rows))], {
    labels: new Uint8Array(rows).fill(1, 0, churned),
  });

test('small.class: fewer than 50 of an outcome warn, fewer than 200 are noted', () => {
  assert.deepEqual(told(look(49)), [['warn', 'churned']]);
  assert.deepEqual(told(look(199)), [['note', 'churned']]);
  assert.deepEqual(look(200), []);
});

test('small.class: the few may be those who stayed', () => {
  const [found] = look(970);
  assert.deepEqual(found?.evidence, { rows: 30, of: 1000 });
  assert.match(found!.message, /30 of 1000 customers stayed/);
});
