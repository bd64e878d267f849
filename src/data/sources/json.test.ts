import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { HoldfastError } from '../../base/errors.ts';
import type { ColumnKind } from '../../table/column.ts';
import { valueAt } from '../../table/column.ts';
import { openSource } from './open.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-json-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function opened(path: string, kinds: Record<string, ColumnKind> = {}) {
  const source = await openSource(path);
  try {
    const wanted = source.columns.map(({ name, stored }) => ({
      name,
      kind: (Object.hasOwn(kinds, name) && kinds[name]) || stored,
    }));
    const { table, unreadable } = await source.read(wanted);
    const values = Object.fromEntries(
      table.columns.map((column) => [
        column.name,
        Array.from({ length: table.rowCount }, (_, row) => valueAt(column, row)),
      ]),
    );
    const stored = Object.fromEntries(source.columns.map(({ name, stored }) => [name, stored]));
    return { format: source.format, rowCount: source.rowCount, stored, values, unreadable };
  } finally {
    await source.close();
  }
}

async function refusal(path: string): Promise<HoldfastError> {
  const error = await openSource(path).then(
    (source) => source.close().then(() => assert.fail(`${path} was not refused`)),
    (error: unknown) => error,
  );
  assert.ok(error instanceof HoldfastError, String(error));
  return error;
}

test('json: types stay, a key that a record lacks and null are missing, columns come in order of appearance', async () => {
  const records = [
    { id: 'a', n: 1.5, ok: true },
    { n: null, id: 'b', later: 'x' },
    { id: 'c', n: -2e3, ok: false },
  ];
  const forms = {
    'list.json': JSON.stringify(records),
    'pretty.json': `\ufeff \n${JSON.stringify(records, null, 2)}\n`,
    'lines.ndjson': `${records.map((record) => JSON.stringify(record)).join('\n')}\n`,
    'lines.jsonl': records.map((record) => JSON.stringify(record)).join('\r\n\r\n'),
    'lines.json': records.map((record) => JSON.stringify(record, null, 1)).join('\n'),
    'wide.json': Buffer.from(`\ufeff${JSON.stringify(records)}`, 'utf16le'),
  };
  for (const [name, text] of Object.entries(forms)) {
    const { format, stored, values } = await opened(file(name, text));
    assert.equal(format, 'json');
    assert.deepEqual(stored, { id: 'text', n: 'number', ok: 'boolean', later: 'text' }, name);
    assert.deepEqual(
      values,
      { id: ['a', 'b', 'c'], n: [1.5, null, -2000], ok: [true, null, false], later: [null, 'x', null] },
      name,
    );
  }
});

test('json: keys named like what every object has are missing where a record lacks them', async () => {
  const { values } = await opened(
    file('names.json', '[{"id":1,"constructor":"Ferrari","valueOf":3},{"id":2}]'),
  );
  assert.deepEqual(
    Object.entries(values),
    Object.entries({ id: [1, 2], constructor: ['Ferrari', null], valueOf: [3, null] }),
  );
});

test('json: where types differ text wins, and digits beyond 2^53 are kept', async () => {
  const text = `[{"mixed": 1, "id": 12345678901234567890, "flag": true}, {"mixed": "x", "id": 12345678901234567891, "flag": 0}]`;
  const { stored, values } = await opened(file('mixed.json', text));
  assert.deepEqual(stored, { mixed: 'text', id: 'text', flag: 'text' });
  assert.deepEqual(values, {
    mixed: ['1', 'x'],
    id: ['12345678901234567890', '12345678901234567891'],
    flag: ['true', '0'],
  });
});

test('json: a number beyond all floating numbers cannot be read, a column of nulls is empty text', async () => {
  const { unreadable, stored } = await opened(file('huge.json', '[{"n":1e999,"e":null},{"n":1,"e":null}]'));
  assert.deepEqual(unreadable, [{ column: 'n', row: 0 }]);
  assert.deepEqual(stored, { n: 'number', e: 'text' });
});

test('json: for any flat records the values come back', async () => {
  const text = fc.string({
    unit: fc.constantFrom('a', ',', '"', '\\', '\n', '\r', '\0', '\u0001', '0', 'é', '😀'),
  });
  const record = fc.record({
    t: fc.option(text),
    n: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0)),
    b: fc.option(fc.boolean()),
  });
  const blank = /^[ \t\n\v\f\r\u00a0\ufeff]*$/;
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 30 }), async (records) => {
      const path = file('any.ndjson', records.map((one) => JSON.stringify(one)).join('\n'));
      const { values } = await opened(path, { t: 'text', n: 'number', b: 'boolean' });
      assert.deepEqual(values, {
        t: records.map(({ t }) => (t === null || blank.test(t) ? null : t)),
        n: records.map(({ n }) => n),
        b: records.map(({ b }) => b),
      });
    }),
    { numRuns: 10 },
  );
});

test('json: lists and objects inside records are refused with the column and the line', async () => {
  const nested = await refusal(file('nested.json', '[{"a":1},\n{"a":2,"b":{"c":"secret"}}]'));
  assert.equal(nested.code, 'data.nested');
  assert.deepEqual(nested.fields, { column: 'b', line: 2 });
  assert.doesNotMatch(nested.message, /secret/);
  assert.equal((await refusal(file('wrapped.json', '{"data":[{"a":1}]}'))).code, 'data.nested');
});

test('json: what is no list of records, ends early or is no JSON is refused by code', async () => {
  const cases = {
    'data.no-rows': ['[]', ' [ ] '],
    'data.empty': ['[{}]', '{}\n{}'],
    'data.header': ['[{"__proto__":1}]', '[{"":1}]', '[{"a":1," a":2}]'],
    'data.unreadable': [
      '[1,2]',
      '"text"',
      '[[1]]',
      '[{"a":1}',
      '[{"a":1},]',
      '[,{"a":1}]',
      '[{"a":1} {"a":2}]',
      '[{"a":1}] x',
      '{"a":1',
      '{"a":"1}',
      '{"a":01}',
      '{a:1}',
      '{"a":1]}',
      '{"a":NaN}',
      'a,b\n1,2\n',
    ],
  };
  for (const [code, texts] of Object.entries(cases)) {
    for (const text of texts) assert.equal((await refusal(file('bad.json', text))).code, code, text);
  }
});

test('json: the line of a broken record is counted, its text is not shown', async () => {
  const error = await refusal(file('line.ndjson', '{"a":"secret"}\n\n{"a":"secret" 1}\n'));
  assert.equal(error.fields.line, 3);
  assert.doesNotMatch(error.message, /secret/);
});
