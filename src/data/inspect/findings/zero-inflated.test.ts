import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn } from '../../../table/column.ts';
import { drawn, lookAt } from '../testing/example.ts';
import { zeroInflated } from './zero-inflated.ts';

test('zero.inflated: amounts with a spike at 0 are told with its share', () => {
  const spend = drawn(1000, 1, (random, row) => (row % 4 === 0 ? 0 : 10 + random.uniform()));
  const [found] = lookAt(zeroInflated, [numberColumn('spend', spend)]);
  assert.deepEqual(found?.evidence, { zeros: 250, share: 0.25 });
});

test('zero.inflated: a count that falls off from 0, a switch and rare zeros are not', () => {
  const counts = drawn(2000, 2, (random) => Math.floor(-8 * Math.log(1 - random.uniform())));
  const isOn = drawn(2000, 3, (random) => random.integer(2));
  const rare = drawn(2000, 4, (random, row) => (row % 20 === 0 ? 0 : random.uniform()));
  const columns = [numberColumn('calls', counts), numberColumn('on', isOn), numberColumn('rare', rare)];
  assert.deepEqual(lookAt(zeroInflated, columns), []);
});
