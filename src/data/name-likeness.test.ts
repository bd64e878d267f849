import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nameLikeness } from './name-likeness.ts';

test('name likeness: case, signs, order of words and plural do not matter', () => {
  for (const [a, b] of [
    ['MonthlyCharges', 'monthly_charges'],
    ['MonthlyCharges', 'CHARGE MONTHLY'],
    ['customerID', 'CustomerId'],
    ['days_since_last-order', 'Days since last orders'],
    ['Größe', 'größe'],
  ] as const) {
    assert.equal(nameLikeness(a, b), 1, `${a} ${b}`);
  }
});

test('name likeness: another word more, a slip of the pen, short and like words are near', () => {
  for (const [a, b] of [
    ['tenure', 'tenure_months'],
    ['tenure', 'tenrue'],
    ['MonthlyCharges', 'mthly_chg'],
    ['customerId', 'cust_id'],
    ['NumOfProducts', 'product_count_of'],
    ['gender', 'sex'],
    ['totalAmount', 'tot_amt'],
    ['Contract', 'contract_type'],
  ] as const) {
    assert.ok(nameLikeness(a, b) >= 0.65, `${a} ${b} ${nameLikeness(a, b)}`);
  }
});

test('name likeness: names that share a word at most are far', () => {
  for (const [a, b] of [
    ['TotalCharges', 'MonthlyCharges'],
    ['plan', 'tenure'],
    ['StreamingTV', 'StreamingMovies'],
    ['firstOrder', 'lastOrder'],
    ['age', 'wage'],
    ['city', 'country'],
  ] as const) {
    assert.ok(nameLikeness(a, b) < 0.8, `${a} ${b} ${nameLikeness(a, b)}`);
  }
  assert.ok(nameLikeness('plan', 'tenure') < 0.3);
});

test('name likeness: for any two names it is between 0 and 1, the same both ways, 1 for equal ones', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (a, b) => {
      const likeness = nameLikeness(a, b);
      assert.ok(likeness >= 0 && likeness <= 1);
      assert.ok(Math.abs(likeness - nameLikeness(b, a)) < 1e-12);
      assert.equal(nameLikeness(a, a), 1);
    }),
  );
});
