import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Customers } from '../data/sources/customers.ts';
import { categoryColumn, numberColumn } from '../table/column.ts';
import { createTable } from '../table/table.ts';
import { scoreCounter } from './score-tally.ts';
import { exampleContract, exampleModel } from './testing/example-task.ts';

const { manifest } = exampleModel();
const clean = [
  { repair: 'set-missing' as const, columns: ['plan'], values: ['none'] },
  { repair: 'set-missing' as const, columns: ['tenure'], values: [-999] },
];

/** A piece of two rows. */
const piece = (
  ids: readonly string[],
  missing: Readonly<Record<string, number>>,
  changed: readonly (readonly [number, number])[],
): Customers => ({
  table: createTable([numberColumn('tenure', [1, null]), categoryColumn('plan', ['gold', 'new'])]),
  others: createTable([], 2),
  labels: null,
  outcomes: [],
  ids,
  check: { rows: 2, broken: [], missing, unseen: { plan: 1 } },
  places: Int32Array.of(0, 1),
  notes: [],
  changed: new Map(changed),
  unknownColumns: [],
});

test('score tally: counts of the pieces are added up; repairs are told once, in their order', async () => {
  const counter = scoreCounter({ ...manifest, contract: exampleContract, preprocessing: [] }, clean);
  try {
    const first = piece(['a', 'b'], { tenure: 1, plan: 0 }, [[1, 2]]);
    await counter.add(first, first.table, Float64Array.of(0.9, 0.1));
    assert.equal(counter.scored(), 2);
    const second = piece(['b', 'c'], { tenure: 1, plan: 2 }, [
      [1, 3],
      [0, 1],
    ]);
    await counter.add(second, second.table, Float64Array.of(0.5, 0.39));
    const { notes, ...tally } = await counter.tally();
    assert.deepEqual(tally, {
      scored: 4,
      called: 2,
      missing: { tenure: 2, plan: 2 },
      unseen: { plan: 2 },
      handled: { imputed: {}, missing: { tenure: 2 }, clipped: {}, unseen: { plan: 2 } },
      repeated: 1,
    });
    assert.deepEqual(
      notes.map(({ message }) => message),
      ['set-missing: 1 value of plan called missing', 'set-missing: 5 values of tenure called missing'],
    );
  } finally {
    await counter.close();
  }
});
