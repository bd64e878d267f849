import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proposeContract } from './propose-contract.ts';
import { newTaskPlace } from './testing/example-task.ts';

const rows = Array.from(
  { length: 100 },
  (_, i) => `c${i},${i % 12},${i % 4 === 0 ? 1 : 0},${i % 5 === 0 ? 'Yes' : 'No'}`,
);

test('propose: contract, remarks, rows and churn rate of a table', async () => {
  using place = newTaskPlace();
  const path = place.file('a.csv', ['customerID,tenure,autopay,Churn', ...rows]);
  const proposal = await proposeContract({ path, source: 'a.csv', target: 'Churn' });
  assert.deepEqual([proposal.rows, proposal.churnRate], [100, 0.2]);
  const { id, target, source, columns } = proposal.contract;
  assert.deepEqual([id, target, source], ['customerID', { column: 'Churn', churned: 'Yes' }, 'a.csv']);
  assert.deepEqual(Object.keys(columns), ['tenure', 'autopay']);
  assert.ok(proposal.remarks.some(({ column }) => column === 'Churn'));
});

test('propose: what is said about the target and the id is taken', async () => {
  using place = newTaskPlace();
  const path = place.file('a.csv', ['customerID,tenure,autopay,Churn', ...rows]);
  const proposal = await proposeContract({
    path,
    source: 'x',
    target: 'autopay',
    churned: '0',
    id: 'customerID',
  });
  assert.deepEqual(proposal.contract.target, { column: 'autopay', churned: 0 });
  assert.equal(proposal.churnRate, 0.75);
});
