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

test('propose: a column that gives the outcome away is left out, and the remark says why', async () => {
  using place = newTaskPlace();
  const lines = Array.from({ length: 300 }, (_, i) => {
    const left = (i * 7) % 11 < 3;
    return `c${i},${(i * 13) % 60},${left ? 'S9' : 'S1'},${left ? 'Yes' : 'No'}`;
  });
  const path = place.file('a.csv', ['customerID,tenure,state,Churn', ...lines]);
  const { contract, remarks } = await proposeContract({ path, source: 'a.csv', target: 'Churn' });
  assert.deepEqual([contract.columns.state?.use, contract.columns.tenure?.use], ['none', 'feature']);
  const said = remarks.filter(({ column }) => column === 'state').map(({ message }) => message);
  assert.match(
    said[0]!,
    /^left out \[leak\.single-column\]: alone it ranks churners with a ROC-AUC of 1\.000/,
  );
});

test('propose: dates in another form than ISO get their format; where day and month are open a person decides', async () => {
  using place = newTaskPlace();
  const lines = Array.from({ length: 300 }, (_, i) => {
    const two = (n: number) => String(n).padStart(2, '0');
    const year = 2000 + (i % 20);
    const sure = `${two(1 + (i % 28))}.${two(1 + (i % 12))}.${year}`;
    return `c${i},${sure},${two(1 + (i % 12))}/${two(1 + ((i * 5) % 12))}/${year},${(i * 7) % 13 < 4 ? 'Yes' : 'No'}`;
  });
  const path = place.file('a.csv', ['customerID,joined,seen,Churn', ...lines]);
  const { contract, remarks } = await proposeContract({ path, source: 'a.csv', target: 'Churn' });
  const { joined, seen } = contract.columns;
  assert.deepEqual([joined?.kind, joined?.dateFormat, joined?.use], ['time', 'dd.MM.yyyy', 'feature']);
  assert.deepEqual([seen?.kind, seen?.dateFormat, seen?.use], ['time', 'dd/MM/yyyy', 'none']);
  assert.ok(remarks.some(({ column, message }) => column === 'seen' && message.includes('other way round')));
});
