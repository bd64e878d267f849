import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256 } from '../../base/hash.ts';
import { createRandom } from '../../base/random.ts';
import { midranks } from '../../math/ranks.ts';
import { mean } from '../../math/sum.ts';
import { missingCount, type NumberColumn, valueAt } from '../../table/column.ts';
import { requireColumn, type Table } from '../../table/table.ts';
import { subscription } from './subscription.ts';

const ROWS = 100_000;
const before = process.cpuUsage().user;
const { table, truth } = subscription.generate({ rows: ROWS, seed: 7, churnRate: 0.24 }, createRandom(7));
const cpuSeconds = (process.cpuUsage().user - before) / 1e6;

const numbers = (name: string, from: Table = table): Float64Array =>
  (requireColumn('test', from, name, 'number') as NumberColumn).values;
const texts = (name: string): ((row: number) => string) => {
  const { codes, levels } = requireColumn('test', table, name, 'category');
  return (row) => levels[codes[row]!]!;
};
const churned = texts('churned');
const rows = Int32Array.from({ length: ROWS }, (_, row) => row);
const isChurned = Float64Array.from(rows, (row) => (churned(row) === 'yes' ? 1 : 0));
const rateWhere = (claim: (row: number) => boolean): number =>
  mean(Float64Array.from(rows.filter(claim), (row) => isChurned[row]!));

/** ROC-AUC by ranks over the rows that have a value. */
function rocAuc(values: Float64Array): number {
  const present = rows.filter((row) => !Number.isNaN(values[row]));
  const ranks = midranks(Float64Array.from(present, (row) => values[row]!));
  let positives = 0;
  let rankSum = 0;
  present.forEach((row, i) => {
    positives += isChurned[row]!;
    rankSum += isChurned[row]! * ranks[i]!;
  });
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (present.length - positives));
}

test('subscription: ranking by the true probability has a ROC-AUC of 0.86, as the page says', () => {
  const best = rocAuc(numbers('churnProbability', truth));
  assert.ok(Math.abs(best - 0.86) < 0.005, `${best}`);
});

test('subscription: no column alone gives the outcome away', () => {
  for (const column of table.columns) {
    if (column.kind !== 'number' && column.kind !== 'time') continue;
    const area = rocAuc(column.values);
    assert.ok(Math.max(area, 1 - area) < 0.72, `${column.name} ${area}`);
  }
  for (const name of ['region', 'plan', 'contract', 'paymentMethod']) {
    const value = texts(name);
    for (const level of requireColumn('test', table, name, 'category').levels) {
      const rate = rateWhere((row) => value(row) === level);
      assert.ok(rate > 0.05 && rate < 0.45, `${name} ${level} ${rate}`);
    }
  }
});

test('subscription: a price rise drives out those on a monthly contract, hardly those who are bound', () => {
  const rise = numbers('priceRisePercent');
  const contract = texts('contract');
  const lift = (isMonthly: boolean): number =>
    rateWhere((row) => (contract(row) === 'monthly') === isMonthly && rise[row] === 10) -
    rateWhere((row) => (contract(row) === 'monthly') === isMonthly && rise[row] === 0);
  assert.ok(lift(true) > 0.2, `${lift(true)}`);
  assert.ok(lift(false) < 0.08, `${lift(false)}`);
});

test('subscription: the offer keeps customers on average, and wakes some sleeping dogs', () => {
  const effect = numbers('offerEffect', truth);
  const woken = effect.filter((value) => value > 0.01).length / ROWS;
  assert.ok(mean(effect) < -0.02 && mean(effect) > -0.08, `${mean(effect)}`);
  assert.ok(woken > 0.05 && woken < 0.2, `${woken}`);
});

test('subscription: values are missing for the reasons stated and nowhere else', () => {
  const tenure = numbers('tenureMonths');
  const isMissing = (name: string, row: number): boolean => Number.isNaN(numbers(name)[row]);
  for (let row = 0; row < 5000; row++) {
    assert.equal(isMissing('totalCharge', row), tenure[row] === 0);
    assert.equal(isMissing('usageTrendPercent', row), tenure[row]! < 3);
  }
  const expected: Record<string, [number, number]> = {
    totalCharge: [0.01, 0.05],
    usageTrendPercent: [0.05, 0.12],
    lastLoginDays: [0.05, 0.12],
    npsScore: [0.45, 0.55],
    ageYears: [0.03, 0.07],
  };
  for (const column of table.columns) {
    const [least, most] = expected[column.name] ?? [0, 0];
    const share = missingCount(column) / ROWS;
    assert.ok(share >= least && share <= most, `${column.name} ${share}`);
  }
});

test('subscription: survey answers are missing more often among the disengaged', () => {
  const nps = numbers('npsScore');
  const usage = numbers('usageHoursMonth');
  const meanUsage = (isSilent: boolean): number =>
    mean(
      Float64Array.from(
        rows.filter((row) => Number.isNaN(nps[row]) === isSilent),
        (row) => usage[row]!,
      ),
    );
  assert.ok(meanUsage(false) > 1.3 * meanUsage(true));
});

test('subscription: dates, tenure, contracts and charges of a customer agree', () => {
  const tenure = numbers('tenureMonths');
  const signup = requireColumn('test', table, 'signupDate', 'time').values;
  const renewal = numbers('monthsToRenewal');
  const contract = texts('contract');
  const monthly = numbers('monthlyCharge');
  const total = numbers('totalCharge');
  for (let row = 0; row < ROWS; row++) {
    const joined = new Date(signup[row]!);
    const months = (2026 - joined.getUTCFullYear()) * 12 + 5 - joined.getUTCMonth();
    const binds = { monthly: 0, yearly: 11, 'two-year': 23 }[contract(row)]!;
    const agrees =
      months === tenure[row] &&
      renewal[row]! >= 0 &&
      renewal[row]! <= binds &&
      monthly[row]! > 5 &&
      (tenure[row] === 0 || total[row]! <= monthly[row]! * months + 0.01);
    assert.ok(agrees, `row ${row}`);
  }
});

test('subscription: signups come in a season, November before all', () => {
  const months = new Float64Array(12);
  for (const date of requireColumn('test', table, 'signupDate', 'time').values) {
    months[new Date(date).getUTCMonth()]!++;
  }
  assert.equal(months.indexOf(Math.max(...months)), 10);
});

test('subscription: 100,000 customers take less than 2 seconds of CPU', () => {
  assert.ok(cpuSeconds < 2, `${cpuSeconds} s`);
});

test('subscription: the first 200 customers of seed 7 are the same on every machine', () => {
  const features = table.columns.slice(0, -1);
  const text = JSON.stringify(
    Array.from({ length: 200 }, (_, row) => features.map((one) => valueAt(one, row))),
  );
  assert.equal(sha256(text), '42742f21ef9b6a096d234762b57a3fb7b5df08da7648da36df719d2ca8429fc3');
});
