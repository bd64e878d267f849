import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { columnsOut } from '../learn/fit.ts';
import { booleanColumn, categoryColumn, numberColumn } from '../table/column.ts';
import { ratio } from './ratio.ts';
import { featureCatalogue, fitOn, numbersOf, valuesOf } from './testing/fit.ts';

const balance = numberColumn('balance', [90, 0, 5, 0, null, 4]);
const products = numberColumn('products', [3, 2, 0, 0, 1, null]);

test('ratio: balance per product; a denominator of 0 and a missing source give missing', async () => {
  const trial = await fitOn(
    ratio({ of: ['balance', 'products'], as: 'balance_per_product' }),
    balance,
    products,
  );
  assert.deepEqual(valuesOf(trial.apply(balance, products)).balance_per_product, [
    30,
    0,
    null,
    null,
    null,
    null,
  ]);
});

test('ratio: passes every column on and names its sources', async () => {
  const plan = categoryColumn('plan', ['a', 'b', 'a', 'b', 'a', 'b']);
  const trial = await fitOn(ratio({ of: ['balance', 'products'] }), plan, balance, products);
  assert.deepEqual(columnsOut(trial.fitted, featureCatalogue), [
    { name: 'plan', kind: 'category', from: ['plan'] },
    { name: 'balance', kind: 'number', from: ['balance'] },
    { name: 'products', kind: 'number', from: ['products'] },
    { name: 'balance / products', kind: 'number', from: ['balance', 'products'] },
  ]);
  assert.equal(trial.apply(plan, balance, products).columns[0], plan);
});

test('ratio: booleans count as 0 and 1', async () => {
  const flags = booleanColumn('flag', [true, false, null]);
  const numbers = numberColumn('n', [4, 4, 4]);
  const trial = await fitOn(ratio({ of: ['n', 'flag'], as: 'r' }), numbers, flags);
  assert.deepEqual(valuesOf(trial.apply(numbers, flags)).r, [4, null, null]);
});

test('ratio: one source twice is named once', async () => {
  const trial = await fitOn(ratio({ of: ['products', 'products'], as: 'one' }), products);
  assert.deepEqual(columnsOut(trial.fitted, featureCatalogue).at(-1)?.from, ['products']);
});

test('ratio: a name that is taken, an unknown source, one of another kind and the wrong count are refused', async () => {
  await assert.rejects(fitOn(ratio({ of: ['balance', 'products'], as: 'balance' }), balance, products), {
    code: 'column.clash',
    fields: { who: 'ratio', column: 'balance' },
  });
  await assert.rejects(fitOn(ratio({ of: ['balance', 'product'], as: 'r' }), balance, products), {
    code: 'column.missing',
    message: /column product is missing; did you mean products\?/,
  });
  const plan = categoryColumn('plan', ['a', 'b', 'a', 'b', 'a', 'b']);
  await assert.rejects(fitOn(ratio({ of: ['balance', 'plan'], as: 'r' }), balance, plan), {
    code: 'column.kind',
  });
  await assert.rejects(fitOn(ratio({ of: ['balance'], as: 'r' }), balance), { code: 'param.value' });
  const endless = numberColumn('n', [1, Number.POSITIVE_INFINITY]);
  await assert.rejects(fitOn(ratio({ of: ['n', 'n'], as: 'r' }), endless), {
    code: 'column.not-finite',
    fields: { who: 'ratio', column: 'n', rows: 1 },
  });
});

test('ratio: for any numbers the answer is the quotient where that is finite, else missing', async () => {
  const any = fc.double({ noDefaultInfinity: true });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(any, any), { minLength: 1, maxLength: 30 }), async (pairs) => {
      const a = numberColumn(
        'a',
        pairs.map(([x]) => x),
      );
      const b = numberColumn(
        'b',
        pairs.map(([, y]) => y),
      );
      const made = numbersOf((await fitOn(ratio({ of: ['a', 'b'], as: 'r' }), a, b)).apply(a, b), 'r');
      pairs.forEach(([x, y], row) => {
        const quotient = x / y;
        assert.ok(Object.is(made[row], Number.isFinite(quotient) ? quotient : Number.NaN));
      });
    }),
    { numRuns: 40 },
  );
});
