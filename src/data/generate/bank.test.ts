import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256 } from '../../base/hash.ts';
import { mean } from '../../math/sum.ts';
import { missingCount, valueAt } from '../../table/column.ts';
import { generateCustomers } from './generate-customers.ts';
import { areaOf, meanWhere } from './testing/areas.ts';
import { makeCustomers } from './testing/people-of.ts';

const made = makeCustomers({ kind: 'bank', rows: 20_000, seed: 7 });
const { table, numbers, level, isChurned } = made;
const rows = Int32Array.from({ length: table.rowCount }, (_, row) => row);
const churned = Float64Array.from(rows, (row) => Number(isChurned(row)));
const isTrue = (name: string, row: number): boolean =>
  valueAt(table.columns.find((column) => column.name === name)!, row) === true;

test('bank: ranking by the true probability has a ROC-AUC of 0.86, as the page says', () => {
  const area = areaOf(numbers('churnProbability', made.truth), churned);
  assert.ok(Math.abs(area - 0.86) < 0.012, `${area}`);
});

test('bank: no column alone gives the outcome away, and the credit score says nothing', () => {
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
  // Four standard errors of an area over 16,000 customers.
  assert.ok(Math.abs(areaOf(numbers('creditScore'), churned) - 0.5) < 0.022);
});

test('bank: values are missing for the reasons stated and nowhere else', () => {
  const opened = numbers('openedDate');
  const products = numbers('products');
  const isThere = (name: string, row: number): boolean => !Number.isNaN(numbers(name)[row]!);
  for (const row of rows.subarray(0, 2000)) {
    const held = 1 + Number(isThere('savingsEur', row)) + Number(isThere('loanEur', row));
    assert.equal(products[row], held + Number(isTrue('hasCreditCard', row)));
    if (isTrue('salaryPaidIn', row)) assert.ok(isThere('incomeEur', row));
    if (isTrue('hasCreditCard', row)) assert.ok(isThere('creditScore', row));
    const days = (Date.UTC(2026, 5, 30) - opened[row]!) / 86_400_000;
    assert.equal(isThere('balanceTrendPercent', row), days >= 365.25 / 2);
  }
  const expected: Record<string, [number, number]> = {
    incomeEur: [0.2, 0.3],
    creditScore: [0.15, 0.25],
    balanceTrendPercent: [0.03, 0.08],
    savingsEur: [0.5, 0.62],
    loanEur: [0.65, 0.76],
    npsScore: [0.57, 0.68],
  };
  for (const column of table.columns) {
    const [least, most] = expected[column.name] ?? [0, 0];
    const share = missingCount(column) / table.rowCount;
    assert.ok(share >= least && share <= most, `${column.name} ${share}`);
  }
});

test('bank: who came for the bonus of spring 2024 leaves more', () => {
  const opened = numbers('openedDate');
  const inBonus = (row: number): boolean =>
    opened[row]! >= Date.UTC(2024, 2, 1) && opened[row]! < Date.UTC(2024, 6, 1);
  const share = rows.filter(inBonus).length / table.rowCount;
  assert.ok(share > 0.1 && share < 0.2, `${share}`);
  const near = (row: number): boolean =>
    opened[row]! >= Date.UTC(2023, 8, 1) && opened[row]! < Date.UTC(2025, 0, 1);
  const lift = meanWhere(churned, inBonus) - meanWhere(churned, (row) => near(row) && !inBonus(row));
  assert.ok(lift > 0.05, `${lift}`);
});

test('bank: nobody opened an account as a child, and ages of segments fit', () => {
  const opened = numbers('openedDate');
  const age = numbers('ageYears');
  for (const row of rows) {
    const years = (Date.UTC(2026, 5, 30) - opened[row]!) / (365.25 * 86_400_000);
    assert.ok(age[row]! - years >= 17 && age[row]! >= 18, `row ${row}`);
    if (level('segment', row) === 'student') assert.ok(age[row]! < 27);
  }
});

test('bank: at the turn of the year more switch, other things equal', () => {
  const spread = makeCustomers({ kind: 'bank', rows: 8000, seed: 3, snapshots: 12 });
  const turn = spread.persons.filter(({ snapshotMs }) =>
    [10, 11, 0].includes(new Date(snapshotMs).getUTCMonth()),
  );
  const rate = (some: typeof turn): number => mean(Float64Array.from(some, (one) => one.churnProbability));
  const lift = rate(turn) - rate(spread.persons.filter((one) => !turn.includes(one)));
  assert.ok(lift > 0.015 && lift < 0.09, `${lift}`);
});

test('bank: the rate bonus keeps customers on average, and wakes some sleeping dogs', () => {
  const effect = numbers('offerEffect', made.truth);
  const woken = effect.filter((value) => value > 0.01).length / effect.length;
  assert.ok(mean(effect) < -0.02 && mean(effect) > -0.08, `${mean(effect)}`);
  assert.ok(woken > 0.05 && woken < 0.2, `${woken}`);
});

test('bank: the first 200 customers of seed 7 are the same on every machine', () => {
  const { table: few } = generateCustomers({ kind: 'bank', rows: 200, seed: 7 });
  const text = JSON.stringify(
    Array.from({ length: 200 }, (_, row) => few.columns.slice(0, -1).map((one) => valueAt(one, row))),
  );
  assert.equal(sha256(text), 'b3ca3ed7c6c0ecb5b82781ec725e1663e3f9052ab09a905c687e611221013c29');
});
