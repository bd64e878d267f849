import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isBackTest, judgedRows, partingSentence, rowsTitle, stabilitySentence } from './selection-words.ts';

const parting = { by: 'stratified', words: 'at random', group: null, time: null, gap: null, leftOut: 0 };

test('parting sentence: how and by which seed; only the seed where more is not known', () => {
  assert.equal(partingSentence({ parting, seed: 42 }), 'Divided at random, by seed 42.');
  assert.equal(partingSentence({ seed: 7 }), 'Divided by seed 7.');
});

test('parting sentence: the column of groups and of time, the gap and the rows that are in no part', () => {
  const grouped = { ...parting, by: 'grouped', words: 'by whole groups', group: 'household' };
  assert.equal(
    partingSentence({ parting: grouped, seed: 1 }),
    'Divided by whole groups (column household), by seed 1.',
  );
  const time = { ...parting, by: 'time', words: 'by time', time: 'month', gap: '30d', leftOut: 1 };
  assert.equal(
    partingSentence({ parting: time, seed: 1 }),
    'Divided by time (column month). Parts lie 30d apart: 1 row in between is in no part.',
  );
  const both = { ...time, group: 'customer', leftOut: 0 };
  assert.match(
    partingSentence({ parting: both, seed: 1 }),
    /30d apart\. Folds keep rows of one customer together\.$/,
  );
});

test('stability sentence: rows, mean, deviation and folds; nothing for a model without', () => {
  const stability = { metric: 'roc-auc', rows: 5986, mean: 0.84512, sd: 0.01021, folds: [0.84, 0.85] };
  assert.equal(
    stabilitySentence({ stability }),
    'Cross-validated once more on all 5,986 training and validation rows, the chosen model has a mean ROC-AUC of 0.8451, standard deviation 0.0102 between 2 folds (0.840, 0.850).',
  );
  assert.equal(stabilitySentence({}), '');
});

test('rows: of a back-test a customer has several, so they are not called customers', () => {
  const parting = { by: 'time', words: 'by time', group: 'who', time: 'cutoff', gap: '90d', leftOut: 0 };
  assert.equal(isBackTest({ parting }), true);
  assert.equal(judgedRows(3809, { parting }), '3,809 rows');
  assert.match(rowsTitle({ parting }), /customer at a cutoff/);
  for (const other of [undefined, { ...parting, time: 'signup' }, { ...parting, by: 'grouped' }])
    assert.deepEqual(
      [judgedRows(1, { parting: other }), rowsTitle({ parting: other })],
      ['1 customer', 'Customers'],
    );
});
