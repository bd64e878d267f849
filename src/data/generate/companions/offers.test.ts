import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allGenerators } from '../all.ts';
import { makeCustomers, rowsOf } from '../testing/people-of.ts';
import { control, offers } from './offers.ts';

for (const { id: kind, offers: plans } of allGenerators) {
  const made = makeCustomers({ kind, rows: 10_000, seed: 21 });
  const told = rowsOf(offers.told, made.people);
  const truth = rowsOf(offers.truth!, made.people);
  const typeOf = new Map(truth.map((row) => [`${row.customerId} ${row.offer}`, row]));
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

  test(`offers of ${kind}: half are left alone, the others get each offer equally often, whatever their risk`, () => {
    const risk = new Map(truth.map((row) => [row.customerId, Number(row.churnProbability)]));
    const overall = mean([...risk.values()]);
    for (const arm of [control, ...plans.map(({ id }) => id)]) {
      const rows = told.filter(({ offer }) => offer === arm);
      const share = arm === control ? 0.5 : 0.5 / plans.length;
      const error = Math.sqrt((share * (1 - share)) / told.length);
      assert.ok(Math.abs(rows.length / told.length - share) < 4 * error, `${arm} ${rows.length}`);
      // A risk has a standard deviation of at most a half; in truth 0.2.
      const riskOfArm = mean(rows.map(({ customerId }) => risk.get(customerId)!));
      assert.ok(Math.abs(riskOfArm - overall) < (4 * 0.25) / Math.sqrt(rows.length), `${arm} ${riskOfArm}`);
    }
  });

  test(`offers of ${kind}: the difference of the arms' churn rates is the mean of the true effects`, () => {
    const rateOf = (arm: string): { rate: number; count: number } => {
      const rows = told.filter(({ offer }) => offer === arm);
      return {
        rate: rows.filter(({ churned }) => churned === 'yes').length / rows.length,
        count: rows.length,
      };
    };
    const alone = rateOf(control);
    for (const { id } of plans) {
      const treated = rateOf(id);
      const stated = mean(truth.filter(({ offer }) => offer === id).map(({ effect }) => Number(effect)));
      const error = Math.sqrt(0.2 / alone.count + 0.2 / treated.count);
      assert.ok(
        Math.abs(treated.rate - alone.rate - stated) < 4 * error,
        `${id} ${treated.rate - alone.rate} ${stated}`,
      );
      assert.ok(stated < -0.01, `${id} ${stated}`);
    }
  });

  test(`offers of ${kind}: types are what the outcomes with and without it say, all four exist for the first`, () => {
    const first = truth.filter(({ offer }) => offer === plans[0]!.id);
    const kinds = new Map<unknown, number>();
    for (const { type } of first) kinds.set(type, (kinds.get(type) ?? 0) + 1);
    assert.deepEqual([...kinds.keys()].sort(), ['lost-cause', 'persuadable', 'sleeping-dog', 'sure-thing']);
    const share = (type: string): number => kinds.get(type)! / first.length;
    const stated = mean(first.map(({ effect }) => Number(effect)));
    assert.ok(Math.abs(share('sleeping-dog') - share('persuadable') - stated) < 0.01);
    for (const row of told) {
      if (row.offer === control) continue;
      const { type } = typeOf.get(`${row.customerId} ${row.offer}`)!;
      assert.equal(row.churned === 'yes', type === 'lost-cause' || type === 'sleeping-dog');
    }
  });

  test(`offers of ${kind}: nobody answers without an offer, who was kept accepted, and who was left alone did as the table says`, () => {
    told.forEach((row, at) => {
      const isControl = row.offer === control;
      assert.equal(row.accepted === null, isControl);
      if (isControl) assert.equal(row.churned === 'yes', made.isChurned(at));
      else if (typeOf.get(`${row.customerId} ${row.offer}`)!.type === 'persuadable')
        assert.equal(row.accepted, true);
    });
    const offered = told.filter(({ offer }) => offer !== control);
    const accepted = offered.filter(({ accepted }) => accepted === true).length / offered.length;
    assert.ok(accepted > 0.2 && accepted < 0.5, `${accepted}`);
  });
}
