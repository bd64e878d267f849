import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sharedData } from '../../tools/shared-data.ts';
import type { HoldfastError } from '../base/errors.ts';
import { dataSection } from './contract.ts';
import { type Inference, type InferenceRequest, inferContract } from './infer.ts';
import { openSource } from './sources/open.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-infer-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function inferFile(path: string, request: Partial<InferenceRequest>): Promise<Inference> {
  const source = await openSource(path);
  const profiles = await source.profile();
  await source.close();
  return inferContract(profiles, {
    source: 'table.csv',
    target: 'Churn',
    rowCount: source.rowCount,
    ...request,
  });
}

/** 200 customers: columns by name, each a function of the row number. */
function table(columns: Readonly<Record<string, (row: number) => unknown>>): string {
  const path = join(folder, 'table.csv');
  const all = { ...columns, Churn: (row: number) => (row % 4 === 0 ? 'Yes' : 'No') };
  const rows = Array.from({ length: 200 }, (_, row) =>
    Object.values(all)
      .map((cell) => `"${cell(row)}"`)
      .join(','),
  );
  writeFileSync(
    path,
    `${Object.keys(all)
      .map((name) => `"${name}"`)
      .join(',')}\n${rows.join('\n')}\n`,
  );
  return path;
}
const messagesOf = ({ remarks }: Inference, column: string): string =>
  remarks
    .filter((remark) => remark.column === column)
    .map((remark) => remark.message)
    .join(' | ');

test('infer: kinds follow what every value can be read as', async () => {
  const { contract } = await inferFile(
    table({
      flag: (i) => (i % 2 ? 'true' : 'FALSE'),
      yes: (i) => (i % 2 ? 'Yes' : 'No'),
      binary: (i) => i % 2,
      amount: (i) => (i % 9 === 0 ? ' ' : i + 0.5),
      since: (i) => `2018-01-${String((i % 28) + 1).padStart(2, '0')}`,
      feedback: (i) => `the service was ${i} times too slow`,
      zip: (i) => `0${1000 + (i % 5)}`,
    }),
    {},
  );
  const kinds = Object.fromEntries(
    Object.entries(contract.columns).map(([name, { kind, use }]) => [name, [kind, use]]),
  );
  assert.deepEqual(kinds, {
    flag: ['boolean', 'feature'],
    yes: ['category', 'feature'],
    binary: ['number', 'feature'],
    amount: ['number', 'feature'],
    since: ['time', 'feature'],
    zip: ['category', 'feature'],
  });
  // The only text that never repeats is taken as the id, with a remark that says how to undo it.
  assert.equal(contract.id, 'feedback');
  assert.deepEqual(contract.columns.yes!.levels, ['No', 'Yes']);
  assert.ok(Object.values(contract.columns).every(({ nullable, closed }) => nullable && !closed));
});

test('infer: a contract is one that the project file accepts', async () => {
  const { contract } = await inferFile(
    table({ plan: (i) => `plan ${i % 3}`, tenure_months: (i) => i % 50 }),
    {},
  );
  assert.deepEqual(dataSection.parse(contract), contract);
  assert.deepEqual(contract.columns.tenure_months, {
    kind: 'number',
    unit: 'months',
    min: 0,
    closed: false,
    nullable: true,
    personal: false,
    actionable: false,
    use: 'feature',
  });
});

test('infer: bounds follow from meaning, never from what was seen', async () => {
  const { contract } = await inferFile(
    table({
      tenure: (i) => i + 5,
      balance: (i) => i,
      refund_amount: (i) => i,
      price: (i) => i - 100,
      num_calls: (i) => i % 7,
      has_count: (i) => i % 2,
    }),
    {},
  );
  const bounds = Object.fromEntries(
    Object.entries(contract.columns).map(([name, { min, max }]) => [name, [min, max]]),
  );
  const none = [undefined, undefined];
  assert.deepEqual(bounds, {
    tenure: [0, undefined],
    balance: none,
    refund_amount: none,
    price: none,
    num_calls: [0, undefined],
    has_count: none,
  });
});

test('infer: what says nothing about behaviour is left out with its reason', async () => {
  const inference = await inferFile(
    table({
      RowNumber: (i) => i + 1,
      customer_id: (i) => 1_000_000 - i * 3,
      order_id: (i) => 500 + Math.floor(i / 2) * 7,
      email: (i) => `a${i}@example.org`,
      surname: (i) => `Smith ${i % 3}`,
      country: () => 'DE',
      empty: () => '',
      first_seen: (i) => `${(i % 28) + 1}.0${(i % 9) + 1}.2018`,
      comment: (i) => `row ${i % 150}`,
    }),
    {},
  );
  assert.equal(inference.contract.id, 'customer_id');
  for (const [name, rule] of Object.entries(inference.contract.columns)) {
    assert.equal(rule.use, 'none', name);
    assert.match(messagesOf(inference, name), /left out/, name);
  }
  assert.equal(inference.contract.columns.email!.personal, true);
  assert.match(messagesOf(inference, 'first_seen'), /another form than YYYY-MM-DD/);
  assert.match(messagesOf(inference, 'order_id'), /100 rows repeat a value/);
});

test('infer: a few values that cannot be read do not change the kind, and are counted in a remark', async () => {
  const inference = await inferFile(table({ charges: (i) => (i === 7 ? 'unknown' : i * 1.5) }), {});
  assert.equal(inference.contract.columns.charges!.kind, 'number');
  assert.match(messagesOf(inference, 'charges'), /^1 of 200 values cannot be read as a number/);
});

test('infer: a given id is taken as it is, one that is not there is refused', async () => {
  const path = table({ customer_id: (i) => i * 3, key: (i) => `k${i % 9}` });
  const { contract, remarks } = await inferFile(path, { id: 'key' });
  assert.equal(contract.id, 'key');
  assert.deepEqual(
    remarks.filter(({ column }) => column === 'key'),
    [],
  );
  for (const id of ['custmer_id', 'Churn']) {
    await assert.rejects(inferFile(path, { id }), (error: HoldfastError) => error.code === 'usage.argument');
  }
});

test('infer: without a column that never repeats there is no id', async () => {
  const { contract } = await inferFile(
    table({ custid: (i) => `c${Math.floor(i / 2)}`, amount: (i) => i + 0.1 }),
    {},
  );
  assert.ok(!('id' in contract));
  assert.equal(contract.columns.custid!.use, 'none');
});

const known = {
  'telco.csv': {
    target: 'Churn',
    id: 'customerID',
    churned: 'Yes',
    none: [],
    personal: ['gender', 'SeniorCitizen', 'Partner', 'Dependents'],
    bounded: ['tenure', 'MonthlyCharges', 'TotalCharges'],
  },
  'bank.csv': {
    target: 'Exited',
    id: 'CustomerId',
    churned: 1,
    none: ['RowNumber', 'Surname'],
    personal: ['Surname', 'Gender', 'Age'],
    bounded: ['Age', 'Tenure', 'NumOfProducts', 'EstimatedSalary'],
  },
  'storedata_total.csv': {
    target: 'retained',
    id: 'custid',
    churned: 0,
    none: ['created', 'firstorder', 'lastorder'],
    personal: [],
    bounded: [],
  },
};
for (const [name, expected] of Object.entries(known)) {
  const path = sharedData(name);
  test(`infer: ${name} has the contract that a person would write`, {
    skip: path ? false : 'shared data is not here',
  }, async () => {
    const { contract } = await inferFile(path!, { target: expected.target });
    const where = (claim: (rule: (typeof contract.columns)[string]) => boolean): string[] =>
      Object.keys(contract.columns).filter((column) => claim(contract.columns[column]!));
    assert.deepEqual(
      {
        target: contract.target.column,
        id: contract.id,
        churned: contract.target.churned,
        none: where(({ use }) => use === 'none'),
        personal: where(({ personal }) => personal),
        bounded: where(({ min }) => min === 0),
      },
      expected,
    );
  });
}

test('infer: a key of customers with a few repeats or gaps is the id, with one row a customer by clean', async () => {
  const key = (i: number): string => (i === 7 ? '' : i === 9 ? 'k8' : `k${i}`);
  const path = table({ customerId: key, amount: (i) => i + 0.5 });
  const { contract, clean, cleanRemarks, remarks } = await inferFile(path, {});
  assert.equal(contract.id, 'customerId');
  assert.deepEqual(clean, [
    { repair: 'drop-missing', columns: ['customerId'] },
    { repair: 'deduplicate', by: 'customerId', keep: 'last' },
  ]);
  assert.equal(cleanRemarks.length, 2);
  assert.match(
    messagesOf({ contract, remarks, clean, cleanRemarks }, 'customerId'),
    /clean makes it one row/,
  );
});

test('infer: a key that repeats often is no id unless it is given; then a log is suspected', async () => {
  const path = table({ customerId: (i) => `k${i % 150}`, amount: (i) => i + 0.5 });
  const guessed = await inferFile(path, {});
  assert.deepEqual([guessed.contract.id, guessed.clean], [undefined, []]);
  const given = await inferFile(path, { id: 'customerId' });
  assert.deepEqual(given.clean, [{ repair: 'deduplicate', by: 'customerId', keep: 'last' }]);
  assert.match(given.cleanRemarks[0]!, /the table is a log: see data\.events$/);
  const clean = await inferFile(table({ customerId: (i) => `k${i}` }), {});
  assert.deepEqual([clean.clean, clean.cleanRemarks], [[], []]);
});
