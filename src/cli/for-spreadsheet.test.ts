/** Lists of customers that a person opens in a spreadsheet hold nothing that it would run. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { newTrainedPlace, type Place } from './testing/holdfast.ts';

const odd = ['=HYPERLINK("http://x";A1)', '+1+cmd', '-2+3', '@SUM(A1)', '\t=1', 'C=1', '-5', "O'Neil"];

let place: Place;
before(async () => {
  ({ place } = await newTrainedPlace());
  const [header = '', ...lines] = readFileSync(place.path('customers.csv'), 'utf8').split('\n');
  const named = odd.map((id, i) => `"${id.replaceAll('"', '""')}"${lines[i]!.slice(lines[i]!.indexOf(','))}`);
  writeFileSync(place.path('odd.csv'), `${[header, ...named].join('\n')}\n`);
});
after(() => place?.[Symbol.dispose]());

/** Fields of RFC 4180. */
function rowsOf(name: string): string[][] {
  const [, ...rows] = readFileSync(place.path(name), 'utf8').trimEnd().split('\n');
  return rows.map((row) =>
    [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!,
    ),
  );
}

/** What LibreOffice and Excel would evaluate: a field that begins so and is no number. */
const runs = (field: string): boolean => /^\s*[=+\-@]/.test(field) && !Number.isFinite(Number(field));

test('score --for-spreadsheet: no field is run, each id is there behind its quote, and numbers are numbers', async () => {
  const plain = await place.runHere('score', 'latest', 'odd.csv', 'plain.csv');
  assert.equal(plain.exit, 0, plain.stderr);
  const shown = await place.runHere('score', 'latest', 'odd.csv', 'shown.csv', '--for-spreadsheet');
  assert.equal(shown.exit, 0, shown.stderr);
  const forPrograms = rowsOf('plain.csv');
  const forPeople = rowsOf('shown.csv');
  assert.deepEqual(
    forPrograms.map(([id]) => id),
    odd,
  );
  assert.ok(forPrograms.flat().some(runs));
  assert.deepEqual(forPeople.flat().filter(runs), []);
  assert.deepEqual(
    forPeople.map(([id, ...rest]) => [id!.replace(/^'(?=[=+\-@\t])/, ''), ...rest]),
    forPrograms,
  );
});

test('score --for-spreadsheet: a Parquet file is for programs', async () => {
  const ended = await place.runHere('score', 'latest', 'odd.csv', 'x.parquet', '--for-spreadsheet');
  assert.equal(ended.exit, 2);
  assert.match(ended.stderr, /--for-spreadsheet is for a list that ends in \.csv/);
});
