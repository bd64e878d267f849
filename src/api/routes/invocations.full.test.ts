/** MLflow's scoring protocol over real HTTP. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { withPredictions } from '../../serving/log/tables.ts';
import { type ServedWorkspace, servedWorkspace } from '../testing/served.ts';

let workspace: ServedWorkspace;
let names: string[];
/** A number that may be missing, and a column that may not. */
let nullable: string;
let needed: string;
before(async () => {
  needed = 'tenureMonths';
  workspace = await servedWorkspace(({ columns, ...contract }) => ({
    ...contract,
    columns: { ...columns, [needed]: { ...columns[needed]!, nullable: false } },
  }));
  names = Object.keys(workspace.customers[0]!);
  nullable = 'monthlyCharge';
});
after(() => workspace?.[Symbol.asyncDispose]());

interface Body {
  readonly predictions: number[];
  readonly error_code: string;
  readonly message: string;
}

async function post(body: unknown, type = 'application/json') {
  const response = await fetch(`${workspace.server.url}/invocations`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}

test('POST /invocations: four forms of the same customers have the same predictions, and each row is in the log', async () => {
  const log = withPredictions(workspace.database.db);
  const customers = workspace.customers.slice(0, 5);
  const split = { columns: names, data: customers.map((one) => names.map((name) => one[name])) };
  const columns = Object.fromEntries(names.map((name) => [name, customers.map((one) => one[name])]));
  const expected = customers.map((one) => workspace.liveModel.answer([one])[0]!.churnProbability);
  for (const body of [
    { dataframe_split: split },
    { dataframe_split: { ...split, index: [0, 1, 2, 3, 4] } },
    { dataframe_records: customers },
    { instances: customers, params: {} },
    { inputs: columns },
  ]) {
    const { status, headers, body: answer } = await post(body, 'application/json; charset=utf-8');
    assert.deepEqual([status, answer], [200, { predictions: expected }]);
    assert.equal(headers.get('x-holdfast-ignored-columns'), null);
    const rows = await log
      .selectFrom('prediction')
      .select(['score', 'row_index'])
      .where('request_id', '=', headers.get('x-request-id')!)
      .orderBy('row_index')
      .execute();
    assert.deepEqual(
      rows.map(({ score, row_index }) => [row_index, score]),
      [...expected.entries()],
    );
  }
});

test('NaN and null are missing, columns that the contract does not name are ignored and counted', async () => {
  const [first] = workspace.customers;
  const missing = { ...first, [nullable]: null };
  const expected = workspace.liveModel.answer([missing])[0]!.churnProbability;
  const withNull = await post({
    dataframe_records: [
      { ...missing, extra: 1, more: 'x' },
      { ...missing, extra: 2 },
    ],
  });
  assert.deepEqual(withNull.body, { predictions: [expected, expected] });
  assert.equal(withNull.headers.get('x-holdfast-ignored-columns'), '2');
  const python = JSON.stringify({ dataframe_records: [missing] }).replace(
    `"${nullable}":null`,
    `"${nullable}": NaN`,
  );
  assert.match(python, /NaN/);
  assert.deepEqual((await post(python)).body, { predictions: [expected] });
});

test('refusals have the form that MLflow clients read, name each field and tell no value', async () => {
  const [first] = workspace.customers;
  const row = names.map((name) => first![name]);
  const secret = 'secret-7';
  const { [needed]: _, ...without } = first!;
  const cases: [unknown, string, RegExp][] = [
    [{}, 'INVALID_PARAMETER_VALUE', /exactly one of/],
    [{ instances: [first], inputs: {} }, 'INVALID_PARAMETER_VALUE', /instances and inputs/],
    [{ surprise: 1, instances: [] }, 'INVALID_PARAMETER_VALUE', /surprise|additional/],
    [{ instances: [first], params: { depth: 3 } }, 'INVALID_PARAMETER_VALUE', /params/],
    [{ dataframe_split: { columns: names } }, 'INVALID_PARAMETER_VALUE', /data/],
    [
      { dataframe_split: { columns: names, data: [row, [1]] } },
      'INVALID_PARAMETER_VALUE',
      /dataframe_split\/data\/1 /,
    ],
    [
      { inputs: { [needed]: [1, 2], [nullable]: [1] } },
      'INVALID_PARAMETER_VALUE',
      /inputs must hold columns of one/,
    ],
    [{ instances: [first, 7] }, 'INVALID_PARAMETER_VALUE', /instances\/1 /],
    [
      { instances: [first, { ...first, [needed]: secret }] },
      'INVALID_PARAMETER_VALUE',
      new RegExp(`instances/1/${needed} must be a number`),
    ],
    [{ instances: [without] }, 'INVALID_PARAMETER_VALUE', new RegExp(`instances/0/${needed} is missing`)],
    [
      { inputs: Object.fromEntries(names.map((name) => [name, [name === needed ? secret : first![name]]])) },
      'INVALID_PARAMETER_VALUE',
      new RegExp(`inputs/${needed}/0 must be a number`),
    ],
    ['{"instances": [', 'BAD_REQUEST', /not valid JSON/],
    ['{"instances": [Infinity]}', 'BAD_REQUEST', /not valid JSON/],
    ['['.repeat(40), 'BAD_REQUEST', /deeper/],
  ];
  for (const [body, errorCode, message] of cases) {
    const answer = await post(body);
    const about = JSON.stringify(answer.body);
    assert.deepEqual([answer.status, answer.body.error_code], [400, errorCode], about);
    assert.match(answer.body.message, message);
    assert.match(answer.headers.get('content-type')!, /^application\/json/);
    assert.doesNotMatch(about, new RegExp(secret));
  }
  const csv = await post('a,b', 'text/csv');
  assert.deepEqual([csv.status, csv.body.error_code], [415, 'BAD_REQUEST']);
});

test('no customers have no predictions', async () => {
  assert.deepEqual((await post({ dataframe_split: { columns: names, data: [] } })).body, { predictions: [] });
});
