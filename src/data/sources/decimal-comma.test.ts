import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { inferContract } from '../infer.ts';
import { openSource } from './open.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-comma-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The columns of a file: which are seen as numbers with a comma, and each as text. */
async function columnsOf(text: string) {
  const path = join(folder, 'table.csv');
  writeFileSync(path, text);
  const source = await openSource(path);
  const profiles = await source.profile();
  const { table } = await source.read(source.columns.map(({ name }) => ({ name, kind: 'text' })));
  await source.close();
  const commas = profiles.filter((profile) => profile.hasDecimalComma).map(({ name }) => name);
  const texts = Object.fromEntries(
    table.columns.map((column) => [column.name, column.kind === 'text' ? column.values : []]),
  );
  return { profiles, commas, texts };
}

test('decimal comma: 1.234,5 in a file with semicolons is a number, blanks and NA beside it stay missing', async () => {
  const { commas, texts, profiles } = await columnsOf(
    'id;price;whole\na; 1.234,5 ;1\nb;-0,25;20\nc;;3\nd;NA;4\ne;1.000.000;5\n',
  );
  assert.deepEqual(commas, ['price']);
  assert.deepEqual(texts.price, [' 1234.5 ', '-0.25', null, 'NA', '1000000']);
  assert.deepEqual([profiles[1]?.numbers, profiles[1]?.tokens, profiles[1]?.max], [3, 1, 1_000_000]);
});

test('decimal comma: one value of another form leaves the column as it stands', async () => {
  for (const other of ['1,2,3', '1,234.5', '12.34', 'x', '1.23,4', '1,']) {
    const { commas, texts } = await columnsOf(`a;b\n1,5;x\n${other};y\n`);
    assert.deepEqual(commas, [], other);
    assert.deepEqual(texts.a, ['1,5', other]);
  }
});

test('decimal comma: 1,234 alone may be a thousand and stays text; beside a certain column it follows', async () => {
  assert.deepEqual((await columnsOf('a;b\n1,234;x\n5,678;y\n')).commas, []);
  const { commas, texts } = await columnsOf('a;b;c\n1,234;0,5;1.234\n5,678;2;12\n');
  assert.deepEqual(commas, ['a', 'b', 'c']);
  assert.deepEqual(
    [texts.a, texts.c],
    [
      ['1.234', '5.678'],
      ['1234', '12'],
    ],
  );
});

test('decimal comma: decimal points, dates and other delimiters are not touched', async () => {
  const { commas, texts } = await columnsOf('a;d\n1.5;22.01.2018\n2.25;01.02.2018\n');
  assert.deepEqual([commas, texts.a, texts.d], [[], ['1.5', '2.25'], ['22.01.2018', '01.02.2018']]);
  assert.deepEqual((await columnsOf('a\tb\n1,5\t2\n')).texts.a, ['1,5']);
  assert.deepEqual((await columnsOf('a,b\n"1,5",2\n')).texts.a, ['1,5']);
});

test('decimal comma: the proposed contract says number, and that the comma was guessed', async () => {
  const { profiles } = await columnsOf('fee;churn\n1,5;yes\n2,75;no\n1.300,5;no\n');
  const { contract, remarks } = inferContract(profiles, {
    source: 'table.csv',
    target: 'churn',
    churned: 'yes',
    rowCount: 3,
  });
  assert.equal(contract.columns.fee?.kind, 'number');
  assert.ok(
    remarks.some(({ column, message }) => column === 'fee' && /decimal comma.*guessed/.test(message)),
  );
});
