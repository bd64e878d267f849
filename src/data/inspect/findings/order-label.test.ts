import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn } from '../../../table/column.ts';
import { drawn, lookAt, told } from '../testing/example.ts';
import { orderLabel } from './order-label.ts';

const rows = 1000;
const noise = numberColumn(
  'n',
  drawn(rows, 1, (random) => random.normal()),
);

test('order.label: churners at the top of the file are seen', () => {
  const labels = new Uint8Array(rows).fill(1, 0, 200);
  const [found] = lookAt(orderLabel, [noise], { labels });
  assert.deepEqual([found?.column, found?.severity], [null, 'warn']);
  assert.ok((found!.evidence as { auc: number }).auc > 0.95);
});

test('order.label: a file sorted by a column is noted, one in no order is not told', () => {
  const labels = Uint8Array.from(drawn(rows, 2, (random) => random.integer(2)));
  const sorted = numberColumn(
    'created',
    drawn(rows, 3, (_, row) => Math.floor(row / 3)),
  );
  assert.deepEqual(told(lookAt(orderLabel, [noise, sorted], { labels })), [['note', 'created']]);
});

test('order.label: for any small file in no order chance is not told', () => {
  for (let seed = 0; seed < 200; seed++) {
    const size = 200 + seed;
    const labels = Uint8Array.from(drawn(size, seed, (random) => (random.uniform() < 0.2 ? 1 : 0)));
    const column = numberColumn(
      'n',
      drawn(size, seed, (random) => random.normal()),
    );
    assert.deepEqual(lookAt(orderLabel, [column], { labels }), [], `seed ${seed}`);
  }
});
