import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categoryColumn, numberColumn } from '../../../table/column.ts';
import { drawn, lookAt } from '../testing/example.ts';
import { missingTogether } from './missing-together.ts';

test('missing.together: columns of one source are named together, others not', () => {
  const isGone = drawn(1000, 1, (random) => random.uniform() < 0.1);
  const columns = [
    numberColumn(
      'visits',
      isGone.map((gone, row) => (gone ? null : row)),
    ),
    categoryColumn(
      'device',
      isGone.map((gone) => (gone ? null : 'phone')),
    ),
    numberColumn(
      'age',
      drawn(1000, 2, (random, row) => (random.uniform() < 0.1 ? null : row)),
    ),
  ];
  const found = lookAt(missingTogether, columns);
  assert.deepEqual(found.map(({ column }) => column).sort(), ['device', 'visits']);
  assert.deepEqual([...(found[0]!.evidence as { group: string[] }).group].sort(), ['device', 'visits']);
});

test('missing.together: a handful of rows is chance', () => {
  const few = (name: string) =>
    numberColumn(
      name,
      drawn(1000, 1, (_, row) => (row < 9 ? null : row)),
    );
  assert.deepEqual(lookAt(missingTogether, [few('a'), few('b')]), []);
});
