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

test('propose: a churned value in several spellings is refused with each of them, other outcomes are named', async () => {
  using place = newTaskPlace();
  const lines = (outcomes: readonly string[]) => [
    'customerID,tenure,Churn',
    ...Array.from({ length: 120 }, (_, i) => `c${i},${(i * 7) % 60},${outcomes[i % outcomes.length]!}`),
  ];
  const spelt = place.file('a.csv', lines(['Yes', 'No', 'yes', 'No', 'YES', 'No']));
  const request = { source: 'a.csv', target: 'Churn', churned: 'Yes' };
  await assert.rejects(proposeContract({ ...request, path: spelt }), {
    code: 'data.target-spelling',
    fields: { column: 'Churn', rows: 40 },
    message: /"YES" \(20 rows\), "yes" \(20 rows\) would count as stayed.*"Yes" \(20 rows\)/,
  });
  const open = place.file('b.csv', lines(['Yes', 'No', 'Unknown']));
  const { findings, remarks } = await proposeContract({ ...request, path: open });
  assert.ok(
    findings.some(
      ({ code, message }) => code === 'target.other-outcomes' && message.includes('"Unknown" is no outcome'),
    ),
  );
  assert.ok(remarks.some(({ message }) => message.endsWith(': "No" (40 rows), "Unknown" (40 rows)')));
});

test('propose: amounts with a currency sign are left out with what to do about it, other text only as text', async () => {
  using place = newTaskPlace();
  const lines = Array.from(
    { length: 100 },
    (_, i) =>
      `c${i},€ ${(i * 7.31).toFixed(2)},note of ${String.fromCharCode(97 + (i % 26))}${i},${i % 5 === 0 ? 'Yes' : 'No'}`,
  );
  const path = place.file('a.csv', ['customerID,MRR,remark,Churn', ...lines]);
  const { contract, remarks } = await proposeContract({ path, source: 'a.csv', target: 'Churn' });
  const said = (name: string) =>
    remarks.filter(({ column }) => column === name).map(({ message }) => message);
  assert.equal(contract.columns.MRR?.use, 'none');
  assert.deepEqual(said('MRR'), [
    'left out: it looks like amounts with a currency sign; remove the sign and it is a number',
  ]);
  assert.deepEqual(said('remark'), ['left out: text with many different values']);
});

test('propose: rows without an outcome are named, also where a word stands for none', async () => {
  using place = newTaskPlace();
  const lines = rows.map((row, i) => (i === 3 ? 'c3,1,0,' : i === 41 ? 'c41,1,0, NA ' : row));
  const path = place.file('a.csv', ['customerID,tenure,autopay,Churn', ...lines]);
  await assert.rejects(proposeContract({ path, source: 'a.csv', target: 'Churn' }), {
    code: 'data.target-empty',
    message: /empty in 2 of 100 rows, first at rows 4, 42; remove/,
  });
});
