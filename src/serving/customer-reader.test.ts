import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Contract, dataSection } from '../data/contract.ts';
import { rowsFromTable } from '../table/rows.ts';
import { customerReader } from './customer-reader.ts';
import { customerSchema } from './customer-schema.ts';
import { valueLog } from './logged-values.ts';

const contract: Contract = dataSection.parse({
  source: 'customers.csv',
  id: 'customerId',
  target: { column: 'churned', churned: 'yes' },
  columns: {
    tenure: { kind: 'number', min: 0, max: 100, unit: 'months' },
    charges: { kind: 'number', nullable: true },
    plan: { kind: 'category', levels: ['basic', 'gold'] },
    region: { kind: 'category', levels: ['north', 'south'], closed: true, nullable: true },
    doors: { kind: 'category', levels: [2, 4], nullable: true },
    paperless: { kind: 'boolean', nullable: true },
    since: { kind: 'time', nullable: true },
    gender: { kind: 'category', use: 'segment', nullable: true },
    note: { kind: 'text', use: 'none' },
  },
});
const reader = customerReader(contract, customerSchema(contract));
const good = { customerId: 'c-1', tenure: 12, plan: 'gold' };

const complaints = (customer: unknown, unknown: 'refuse' | 'ignore' = 'refuse'): string[] =>
  reader.problems(customer, unknown).map(({ path, message }) => `${path} ${message}`);

test('customer reader: a whole customer, one with only what is needed, and the unused columns are accepted', () => {
  const whole = {
    ...good,
    charges: 1.5,
    region: 'north',
    doors: 4,
    paperless: true,
    since: '2024-02-29T10:00:00Z',
    gender: 'x',
    note: 3,
    churned: 'no',
  };
  for (const customer of [
    good,
    whole,
    { ...good, charges: null, region: null },
    { tenure: 1, plan: 'basic' },
  ])
    assert.deepEqual(complaints(customer), []);
});

test('customer reader: each broken rule names its field and what is allowed, never the value', () => {
  const cases: [object, string][] = [
    [{ tenure: '36' }, '/tenure must be a number'],
    [{ tenure: -1 }, '/tenure must be at least 0'],
    [{ tenure: 1e6 }, '/tenure must be at most 100'],
    [{ tenure: null }, '/tenure must be a number'],
    [{ tenure: undefined }, '/tenure is missing, and the column is not nullable'],
    [{ plan: 7 }, '/plan must be text'],
    [{ plan: ' ' }, '/plan is blank, and the column is not nullable'],
    [{ plan: '#N/A' }, '/plan is blank, and the column is not nullable'],
    [{ plan: 'a\u0000b' }, '/plan must not hold control characters'],
    [{ plan: 'x'.repeat(10_001) }, '/plan must have at most 10000 characters'],
    [{ region: 'west' }, '/region must be one of north, south, null'],
    [{ paperless: 1 }, '/paperless must be true or false or null'],
    [{ paperless: 'true' }, '/paperless must be true or false or null'],
    [{ since: '29.02.2024' }, '/since must be an ISO date or time such as 2026-01-31'],
    [{ since: '2023-02-29' }, '/since must be an ISO date or time such as 2026-01-31'],
    [{ since: 1_700_000_000 }, '/since must be text or null'],
    [{ charges: 1.5e300 }, '/charges must be at most 1e+100'],
    [{ charges: -1.5e300 }, '/charges must be at least -1e+100'],
    [{ note: 'a\u0000b' }, '/note must not hold control characters'],
    [{ charges: [1] }, '/charges must be a number or null'],
    [{ charges: { deep: {} } }, '/charges must be a number or null'],
    [{ customerId: 4 }, '/customerId must be text'],
    [{ customerId: '' }, '/customerId must not be empty'],
    [{ tenuer: 1 }, '/tenuer is not a column of the contract; did you mean tenure?'],
    [{ 'a/b~c': 1 }, '/a~1b~0c is not a column of the contract'],
  ];
  for (const [change, expected] of cases) {
    const customer = JSON.parse(JSON.stringify({ ...good, ...change })) as unknown;
    assert.deepEqual(complaints(customer), [expected], expected);
  }
});

test('customer reader: a number too large for a number is refused, as a file refuses it', () => {
  const customer = JSON.parse('{"tenure":1,"plan":"gold","charges":1e999}') as unknown;
  assert.deepEqual(complaints(customer), ['/charges must be a number or null']);
});

test('customer reader: what is no object is refused as a whole', () => {
  for (const customer of [null, [], 'x', 3, true])
    assert.deepEqual(complaints(customer), [' must be an object of column names and values']);
});

test('customer reader: unknown fields can be ignored, names of the language among them', () => {
  const odd = JSON.parse('{"tenure":1,"plan":"gold","__proto__":1,"constructor":2,"more":3}') as unknown;
  assert.deepEqual(complaints(odd, 'ignore'), []);
  assert.equal(complaints(odd).length, 3);
});

test('customer reader: a customer with a thousand wrong fields gets the first twenty', () => {
  const wild = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`column${i}`, i]));
  assert.equal(reader.problems({ ...good, ...wild }, 'refuse').length, 20);
});

test('customer reader: the table has the used columns with the meaning that a file gives the same cells', () => {
  const table = reader.read([
    { ...good, since: '2024-01-01', doors: 4, paperless: false, note: 'unused' },
    { tenure: 0, plan: ' basic ', charges: null, region: '', doors: '2.0', since: ' ' },
  ]);
  assert.deepEqual(rowsFromTable(table), [
    {
      tenure: 12,
      charges: null,
      plan: 'gold',
      region: null,
      doors: '4',
      paperless: false,
      since: '2024-01-01T00:00:00.000Z',
      gender: null,
    },
    {
      tenure: 0,
      charges: null,
      plan: 'basic',
      region: null,
      doors: '2',
      paperless: null,
      since: null,
      gender: null,
    },
  ]);
});

test('customer reader: the id names the customer; without one nothing does', () => {
  assert.equal(reader.idOf(good), 'c-1');
  assert.equal(reader.idOf({ tenure: 1 }), null);
});

test('customer reader: for any column named like what every object has, left out is missing and sent is read', () => {
  const names = Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== '__proto__');
  const kinds = ['number', 'boolean', 'category', 'time', 'text'] as const;
  const values = { number: 3, boolean: true, category: 'gold', time: '2024-02-29', text: 'x' };
  fc.assert(
    fc.property(
      fc.subarray(names, { minLength: 1 }),
      fc.constantFrom(...kinds),
      fc.boolean(),
      (columns, kind, nullable) => {
        const odd = dataSection.parse({
          source: 'customers.csv',
          id: 'hasOwn',
          target: { column: 'churned', churned: 'yes' },
          columns: Object.fromEntries(columns.map((name) => [name, { kind, nullable }])),
        });
        const { problems, read, idOf } = customerReader(odd, customerSchema(odd));
        assert.equal(problems({}, 'refuse').length, nullable ? 0 : columns.length);
        const nulls = Object.fromEntries(columns.map((name) => [name, null]));
        assert.deepEqual(read([{}]), read([nulls]));
        assert.equal(valueLog(odd).hash({}), valueLog(odd).hash(nulls));
        assert.equal(valueLog(odd).kept({}), valueLog(odd).kept(nulls));
        assert.equal(idOf({}), null);
        const sent = Object.fromEntries(columns.map((name) => [name, values[kind]]));
        assert.deepEqual(problems(sent, 'refuse'), []);
        assert.notDeepEqual(read([sent]), read([{}]));
        assert.equal(problems({ other: 1, ...sent }, 'refuse').length, 1);
      },
    ),
    { numRuns: 30 },
  );
});
