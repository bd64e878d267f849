import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, numberColumn } from '../table/column.ts';
import { createTable } from '../table/table.ts';
import { countHandled, handlingOf } from './handling.ts';
import { exampleContract } from './testing/example-task.ts';

const look = handlingOf(exampleContract, [{ column: 'tenure', bounds: { lower: 1, upper: null } }]);
const found = look(
  createTable([
    numberColumn('tenure', [5, null, 0.5, 0]),
    categoryColumn('plan', ['gold', null, 'silver', 'basic']),
  ]),
);

test('handling: names what was imputed, clipped and unseen of each customer, null where nothing was', () => {
  assert.deepEqual(found, [
    null,
    { imputed: ['tenure', 'plan'] },
    { clipped: ['tenure'], unseen: ['plan'] },
    { clipped: ['tenure'] },
  ]);
});

test('handling: counts by manner and column', () => {
  assert.deepEqual(countHandled(found), {
    imputed: { tenure: 1, plan: 1 },
    clipped: { tenure: 2 },
    unseen: { plan: 1 },
  });
  assert.deepEqual(countHandled([null]), { imputed: {}, clipped: {}, unseen: {} });
});

test('handling: a column called __proto__ is counted', () => {
  const { imputed } = countHandled([{ imputed: ['__proto__'] }]);
  assert.deepEqual(Object.entries(imputed), [['__proto__', 1]]);
});
