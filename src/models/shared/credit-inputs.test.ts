import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleData } from '../../learn/checks/data.ts';
import { contributions } from '../../learn/fit.ts';
import { fitComposite, wholeCatalogue } from '../testing/fit-composite.ts';
import { examplePipeline } from './composite-examples.ts';
import { creditInputs } from './credit-inputs.ts';

const data = exampleData({ kinds: ['number', 'category', 'boolean'] });
const { fitted } = await fitComposite(examplePipeline('logistic-regression'), data);
const inner = contributions(fitted, data.table, wholeCatalogue)!;

test('credit-inputs: dummy columns are credited to their source, a column that no step takes gets nothing', () => {
  const columns = ['contract', 'tenureYears', 'callCount'];
  const { values, link, base } = creditInputs(fitted, inner, columns, data.table.rowCount, wholeCatalogue);
  assert.deepEqual([link, base], [inner.link, inner.base]);
  const width = inner.columns.length;
  for (const row of [0, 7]) {
    const of = (keeps: (name: string) => boolean): number =>
      inner.columns.reduce((sum, name, c) => sum + (keeps(name) ? inner.values[row * width + c]! : 0), 0);
    assert.ok(Math.abs(values[row * 3]! - of((name) => name.startsWith('contract'))) < 1e-15);
    assert.equal(
      values[row * 3 + 1],
      of((name) => name === 'tenureYears'),
    );
    assert.equal(values[row * 3 + 2], 0);
  }
});

test('credit-inputs: a model that names its own inputs is told in the order asked for', async () => {
  const numbers = exampleData({ kinds: ['number'] });
  const { fitted: line } = await fitComposite({ id: 'logistic-regression', params: {} }, numbers);
  const own = contributions(line, numbers.table, wholeCatalogue)!;
  const turned = [...own.columns].reverse();
  const { values } = creditInputs(line, own, turned, numbers.table.rowCount, wholeCatalogue);
  assert.deepEqual(
    [...values.subarray(0, turned.length)],
    [...own.values.subarray(0, turned.length)].reverse(),
  );
});
