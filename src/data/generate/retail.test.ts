import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256 } from '../../base/hash.ts';
import { midranks } from '../../math/ranks.ts';
import { mean } from '../../math/sum.ts';
import { missingCount, valueAt } from '../../table/column.ts';
import { generateCustomers } from './generate-customers.ts';
import { dayMs } from './snapshot.ts';
import { areaOf, meanWhere } from './testing/areas.ts';
import { makeCustomers } from './testing/people-of.ts';

const made = makeCustomers({ kind: 'retail', rows: 20_000, seed: 7 });
const { table, numbers, level, isChurned } = made;
const rows = Int32Array.from({ length: table.rowCount }, (_, row) => row);
const churned = Float64Array.from(rows, (row) => Number(isChurned(row)));
const snapshot = Date.UTC(2026, 5, 30);

test('retail: ranking by the true probability has a ROC-AUC of 0.85, as the page says', () => {
  const area = areaOf(numbers('churnProbability', made.truth), churned);
  assert.ok(Math.abs(area - 0.85) < 0.012, `${area}`);
});

test('retail: no column alone gives the outcome away', () => {
  for (const column of table.columns) {
    if (column.kind === 'number' || column.kind === 'time') {
      const area = areaOf(column.values, churned);
      assert.ok(Math.max(area, 1 - area) < 0.75, `${column.name} ${area}`);
    }
    if (column.kind !== 'category' || column.name === 'churned') continue;
    for (const name of column.levels) {
      const rate = meanWhere(churned, (row) => level(column.name, row) === name);
      assert.ok(rate > 0.03 && rate < 0.45, `${column.name} ${name} ${rate}`);
    }
  }
});

test('retail: values are missing for the reasons stated and nowhere else', () => {
  const orders = numbers('orders12m');
  const newsletter = table.columns.find(({ name }) => name === 'newsletter')!;
  const isUnset = (name: string, row: number): boolean => Number.isNaN(numbers(name)[row]!);
  for (const row of rows.subarray(0, 2000)) {
    assert.equal(isUnset('daysBetweenOrders', row), orders[row] === 1);
    assert.equal(isUnset('emailOpenPercent', row), valueAt(newsletter, row) === false);
  }
  const expected: Record<string, [number, number]> = {
    daysBetweenOrders: [0.1, 0.2],
    emailOpenPercent: [0.4, 0.5],
    lastRating: [0.6, 0.72],
    ageYears: [0.1, 0.18],
  };
  for (const column of table.columns) {
    const [least, most] = expected[column.name] ?? [0, 0];
    const share = missingCount(column) / table.rowCount;
    assert.ok(share >= least && share <= most, `${column.name} ${share}`);
  }
});

test('retail: orders, days and interval of a customer agree', () => {
  const first = numbers('firstOrderDate');
  const last = numbers('lastOrderDays');
  const orders = numbers('orders12m');
  const between = numbers('daysBetweenOrders');
  for (const row of rows) {
    const days = (snapshot - first[row]!) / dayMs;
    assert.ok(Number.isInteger(last[row]!) && last[row]! <= Math.min(364, days), `row ${row}`);
    if (orders[row] === 1 && days < 365) assert.equal(last[row], days);
    if (orders[row]! > 1)
      assert.ok(between[row]! * (orders[row]! - 1) <= Math.min(364, days) - last[row]! + 0.05 * orders[row]!);
  }
});

test('retail: gifts make a cohort that leaves more, and their season wins most customers', () => {
  const months = Float64Array.from(numbers('firstOrderDate'), (at) => new Date(at).getUTCMonth());
  const share = months.filter((month) => month >= 10).length / months.length;
  assert.ok(share > 0.22 && share < 0.35, `${share}`);
  const lift =
    meanWhere(churned, (row) => months[row]! >= 10) - meanWhere(churned, (row) => months[row]! < 10);
  assert.ok(lift > 0.05, `${lift}`);
});

test('retail: after the holidays more leave, other things equal', () => {
  const spread = makeCustomers({ kind: 'retail', rows: 8000, seed: 3, snapshots: 12 });
  const after = spread.persons.filter(({ snapshotMs }) =>
    [11, 0, 1].includes(new Date(snapshotMs).getUTCMonth()),
  );
  const rate = (some: typeof after): number => mean(Float64Array.from(some, (one) => one.churnProbability));
  const lift = rate(after) - rate(spread.persons.filter((one) => !after.includes(one)));
  assert.ok(lift > 0.02 && lift < 0.1, `${lift}`);
});

test('retail: the voucher keeps customers on average, and wakes some sleeping dogs', () => {
  const effect = numbers('offerEffect', made.truth);
  const woken = effect.filter((value) => value > 0.01).length / effect.length;
  assert.ok(mean(effect) < -0.02 && mean(effect) > -0.08, `${mean(effect)}`);
  assert.ok(woken > 0.05 && woken < 0.2, `${woken}`);
});

test('retail: the better the rank of orders, the lower the risk', () => {
  const ranks = midranks(numbers('orders12m'));
  const low = meanWhere(churned, (row) => ranks[row]! < table.rowCount / 4);
  const high = meanWhere(churned, (row) => ranks[row]! > (3 * table.rowCount) / 4);
  assert.ok(low > 2 * high, `${low} ${high}`);
});

test('retail: the first 200 customers of seed 7 are the same on every machine', () => {
  const { table: few } = generateCustomers({ kind: 'retail', rows: 200, seed: 7 });
  const text = JSON.stringify(
    Array.from({ length: 200 }, (_, row) => few.columns.slice(0, -1).map((one) => valueAt(one, row))),
  );
  assert.equal(sha256(text), 'b6ed2e45255e315f07a95c7d86bf30f3639eb690f58c0644beef81eec98ae2e7');
});
