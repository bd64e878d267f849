import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstProblem } from '../base/schema.ts';
import { unfitMethod } from './column-methods.ts';
import { columnContract } from './contract.ts';

test('column methods: those of the bank document fit number columns', () => {
  const age = columnContract.parse({ kind: 'number', impute: 'median', outliers: {}, scale: 'standard' });
  assert.deepEqual(age.outliers, { rule: 'iqr', factor: 1.5 });
  assert.deepEqual(columnContract.parse({ kind: 'number', impute: { constant: 0.0 } }).impute, {
    constant: 0,
  });
  assert.equal(columnContract.parse({ kind: 'category', encode: 'ordinal' }).encode, 'ordinal');
});

test('column methods: a column that says nothing holds no method, so a contract stays as short as it was', () => {
  assert.deepEqual(
    Object.keys(columnContract.parse({ kind: 'number' })).filter((key) =>
      ['impute', 'outliers', 'scale', 'encode', 'dateFormat'].includes(key),
    ),
    [],
  );
});

test('column methods: what does not fit the kind of a column is named with what does', () => {
  const cases: [rule: Record<string, unknown>, path: string, sentence: RegExp][] = [
    [
      { kind: 'category', impute: 'median' },
      'impute',
      /one of missing, most-frequent or \{ constant: a text \}/,
    ],
    [{ kind: 'number', impute: 'missing' }, 'impute', /one of median, mean, most-frequent, zero/],
    [{ kind: 'number', impute: { constant: 'x' } }, 'impute', /constant: a number/],
    [{ kind: 'category', outliers: 'none' }, 'outliers', /left out for a category column/],
    [{ kind: 'number', encode: 'target' }, 'encode', /a number already/],
    [{ kind: 'boolean', scale: 'standard' }, 'scale', /0 or 1/],
    [{ kind: 'time', impute: 'zero' }, 'impute', /only a features step/],
    [{ kind: 'number', dateFormat: 'dd-MM-yyyy' }, 'dateFormat', /left out for a number column/],
    [{ kind: 'time', dateFormat: 'dd-mm-yyyy' }, 'dateFormat', /a format such as dd-MM-yyyy/],
  ];
  for (const [rule, path, sentence] of cases) {
    const result = columnContract.safeParse(rule);
    assert.ok(!result.success, JSON.stringify(rule));
    const problem = firstProblem(columnContract, rule, result.error);
    assert.equal(problem.path, path);
    assert.match(problem.sentence, sentence);
  }
});

test('column methods: scaling a category is for those that become one number each', () => {
  assert.equal(unfitMethod('category', { encode: 'ordinal', scale: 'standard' }), undefined);
});
