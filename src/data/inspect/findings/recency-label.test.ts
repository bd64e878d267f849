import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberColumn, timeColumn } from '../../../table/column.ts';
import { drawn, lookAt, quarterChurned, told } from '../testing/example.ts';
import { recencyLabel } from './recency-label.ts';

const rows = 2000;
const labels = quarterChurned(rows);
/** Days since the last order: churners' lie later by so many standard deviations. */
const days = (gap: number) =>
  drawn(rows, 3, (random, row) => 100 + 20 * (random.normal() + gap * labels[row]!));
const look = (name: string, gap: number) =>
  told(lookAt(recencyLabel, [numberColumn(name, days(gap))], { labels }));

test('recency.label: the time since the last order is asked about, and warns when it nearly is the label', () => {
  assert.deepEqual(look('days_since_last_order', 0.8), [['note', 'days_since_last_order']]);
  assert.deepEqual(look('daysSinceLogin', 2), [['warn', 'daysSinceLogin']]);
  const dates = days(0.8).map((value) => Date.UTC(2024, 0, 1) - Math.round(value) * 86_400_000);
  assert.deepEqual(told(lookAt(recencyLabel, [timeColumn('lastorder', dates)], { labels })), [
    ['note', 'lastorder'],
  ]);
});

test('recency.label: what ranks nobody, or is called otherwise, is left alone', () => {
  assert.deepEqual(look('recency', 0.05), []);
  assert.deepEqual(look('tenure', 2), []);
  assert.deepEqual(look('blast_radius', 2), []);
});
