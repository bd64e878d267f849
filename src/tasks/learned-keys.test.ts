import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Contract, dataSection } from '../data/contract.ts';
import { numberColumn } from '../table/column.ts';
import { createDataset } from '../table/dataset.ts';
import { createTable } from '../table/table.ts';
import { learnedKeys, newestLearned } from './learned-keys.ts';
import { exampleContract, exampleModel } from './testing/example-task.ts';

type When = { cutoff: string } | { cutoffs: { last: string; count: number; every?: string } };
const contractOf = (when: When, more: { gap?: string; horizon?: string } = { horizon: '30d' }): Contract =>
  dataSection.parse({
    source: more.horizon === undefined ? 'customers.csv' : 'log.csv',
    id: 'who',
    target: { column: 'churned', churned: true },
    columns: {},
    events: { source: 'log.csv', customer: 'who', time: 'at', window: '60d', ...when, ...more },
  });
const modelOf = (contract: Contract) => exampleModel(contract).manifest;
const rowsNamed = (...ids: string[]) =>
  createDataset(
    createTable([
      numberColumn(
        'x',
        ids.map(() => 0),
      ),
    ]),
    ids.map(() => 0),
    { ids },
  );
const keysAt = (model: Contract, judged: Contract, id: string): readonly string[] =>
  [...learnedKeys(modelOf(model), rowsNamed(id), judged)][0]!;

// Judged 2024-06-01, validated 2024-05-02, learned 2024-04-02.
const backTest = contractOf({ cutoffs: { last: '2024-06-01', count: 3 } });

test('learned keys: a back-test is asked for the cutoffs whose outcome overlaps that of the row', () => {
  const keys = (day: string) => keysAt(backTest, backTest, `ann at ${day}`);
  assert.deepEqual(keys('2024-05-02'), ['id:ann at 2024-05-02']);
  assert.deepEqual(keys('2024-05-01'), ['id:ann at 2024-04-02', 'id:ann at 2024-05-02']);
  assert.deepEqual(keys('2024-05-03'), ['id:ann at 2024-05-02', 'id:ann at 2024-06-01']);
  assert.deepEqual(
    keys('2024-06-01'),
    ['id:ann at 2024-06-01'],
    'exactly the horizon after the newest learned',
  );
  assert.deepEqual(keys('2024-03-03'), [], 'exactly the horizon before the oldest learned');
  assert.deepEqual(keys('2024-03-04'), ['id:ann at 2024-04-02']);
});

test('learned keys: a model of one cutoff knows its customers until the horizon has passed, the gap moves both', () => {
  for (const more of [{ horizon: '30d' }, { horizon: '30d', gap: '14d' }]) {
    const model = contractOf({ cutoff: '2024-04-01' }, more);
    const keys = (cutoff: string) => keysAt(model, contractOf({ cutoff }, more), 'ann');
    for (const day of ['2024-03-03', '2024-03-31', '2024-04-01', '2024-04-02', '2024-04-30'])
      assert.deepEqual(keys(day), ['id:ann'], day);
    for (const day of ['2024-05-01', '2024-03-02']) assert.deepEqual(keys(day), [], day);
  }
});

test('learned keys: the horizon of the rows counts where it is another than that of the model', () => {
  const model = contractOf({ cutoff: '2024-04-01' });
  assert.deepEqual(keysAt(model, contractOf({ cutoff: '2024-03-01' }, { horizon: '31d' }), 'ann'), []);
  assert.deepEqual(keysAt(model, contractOf({ cutoff: '2024-03-01' }, { horizon: '32d' }), 'ann'), [
    'id:ann',
  ]);
});

test('learned keys: models of one kind know rows of another by customer and time', () => {
  const single = contractOf({ cutoff: '2024-05-10' });
  assert.deepEqual(keysAt(backTest, single, 'ann'), ['id:ann at 2024-05-02', 'id:ann at 2024-06-01']);
  assert.deepEqual(keysAt(single, backTest, 'ann at 2024-05-02'), ['id:ann']);
  assert.deepEqual(keysAt(single, backTest, 'ann at 2024-04-02'), []);
  assert.deepEqual(keysAt(exampleContract, backTest, 'ann at 2024-04-02'), ['id:ann']);
});

test('learned keys: where the time of an outcome is not told every customer learned from counts', () => {
  assert.deepEqual(keysAt(exampleContract, exampleContract, 'ann at 2024-04-02'), ['id:ann at 2024-04-02']);
  const ofTable = contractOf({ cutoff: '2024-04-01' }, {});
  assert.deepEqual(keysAt(ofTable, contractOf({ cutoff: '2025-04-01' }, {}), 'ann'), ['id:ann']);
  assert.equal(keysAt(backTest, exampleContract, 'ann').length, 3);
});

test('newest learned: the validating cutoff of a back-test parted by time, else the newest there is', () => {
  const withSplit = (split: object) => ({ ...modelOf(backTest), project: { split } });
  const byTime = { by: 'time', time: 'cutoff', testFrom: '2024-06-01' };
  assert.equal(newestLearned(withSplit(byTime)), '2024-05-02');
  assert.equal(newestLearned(withSplit({ by: 'stratified' })), '2024-06-01');
  assert.equal(newestLearned(modelOf(contractOf({ cutoff: '2024-04-01' }))), '2024-04-01');
  assert.equal(newestLearned(modelOf(exampleContract)), null);
});
