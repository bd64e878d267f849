import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { DataError } from '../../base/errors.ts';
import { openEngine } from '../../data/sources/duckdb.ts';
import { openWholeDatabase } from '../../database.ts';
import { databaseLogWriter } from '../../serving/log/database-writer.ts';
import { withOutcomes } from '../../serving/outcomes/tables.ts';
import { logRow } from '../../serving/testing/log-rows.ts';
import type { Database } from '../../store/database/database.ts';
import { newPlace, type Place } from '../testing/holdfast.ts';

let place: Place;
let database: Database;
const january = Date.UTC(2026, 0, 1);
before(async () => {
  place = newPlace();
  database = await openWholeDatabase(place.path('.holdfast'), {});
  await databaseLogWriter(database).write(
    ['a', 'b', 'c'].map((customerId, rowIndex) => logRow({ customerId, rowIndex, at: january })),
  );
});
after(async () => {
  await database.close();
  place[Symbol.dispose]();
});

const written = () => withOutcomes(database.db).selectFrom('outcome').selectAll().orderBy('seq').execute();

test('outcomes: a file is written down, and given again nothing is written twice', async () => {
  writeFileSync(
    place.path('left.csv'),
    'customerId,churned,happenedAt,note\na,yes,2026-01-31,x\nb,no,2026-05-01,\nnobody,yes,2026-01-31,\n',
  );
  const ended = await place.runHere('outcomes', 'left.csv');
  assert.equal(ended.exit, 0, ended.stderr);
  assert.equal(
    ended.stdout,
    'left.csv: 3 outcomes taken\n  2 are the truth about a prediction in the log, 1 about none yet\n',
  );
  assert.deepEqual(
    (await written()).map((row) => [row.customer_id, row.churned, row.happened_at, row.source]),
    [
      ['a', 1, Date.UTC(2026, 0, 31), 'file'],
      ['b', 0, Date.UTC(2026, 4, 1), 'file'],
      ['nobody', 1, Date.UTC(2026, 0, 31), 'file'],
    ],
  );
  const again = await place.runHere('outcomes', 'left.csv', '--json');
  const counts = { accepted: 3, matched: 2, waiting: 1, unchanged: 3 };
  assert.deepEqual(again.json(), { file: 'left.csv', ...counts });
  assert.equal((await written()).length, 3);
});

test('outcomes: a file may call its columns otherwise and hold real times, numbers and booleans', async () => {
  const engine = await openEngine('test', () => new DataError('data.unreadable', 'test: cannot be read'));
  await engine.query(
    `copy (select 7 as who, 'Left' as state, timestamp '2026-02-03 04:05:06' as day
       union all select 8, 'Active', null) to '${place.path('state.parquet')}' (format parquet)`,
  );
  await engine.close();
  const words = ['--id', 'who', '--target', 'state', '--churned', 'Left', '--happened', 'day'];
  const ended = await place.runHere('outcomes', 'state.parquet', ...words, '--as-of', '2026-04-01', '--json');
  assert.equal(ended.exit, 0, ended.stderr);
  assert.deepEqual(
    (await written()).slice(-2).map((row) => [row.customer_id, row.churned, row.happened_at]),
    [
      ['7', 1, Date.UTC(2026, 1, 3, 4, 5, 6)],
      ['8', 0, Date.UTC(2026, 3, 1)],
    ],
  );
});

test('outcomes: rows that are wrong are named, and nothing of the file is written', async () => {
  const before = await written();
  writeFileSync(
    place.path('odd.csv'),
    'customerId,churned,happenedAt\na,yes,2026-01-31\n,no,2026-01-31\nsecret,perhaps,2999-01-01\nc,no,soon\n',
  );
  const ended = await place.runHere('outcomes', 'odd.csv');
  assert.equal(ended.exit, 1);
  assert.match(
    ended.stderr,
    /odd\.csv: 3 of its rows cannot be taken .*: row 2: customerId or requestId must be there.*; row 3: churned must be true or false; row 3: happenedAt must not lie in the future, and 1 more; nothing was written; repair them \[outcomes\.rows\]/s,
  );
  assert.doesNotMatch(ended.stderr, /secret|perhaps/);
  assert.deepEqual(await written(), before);
});

test('outcomes: without a column that names the customer or says who left, the option is told', async () => {
  writeFileSync(place.path('other.csv'), 'kunde,churned\na,1\n');
  const cases: [string[], RegExp][] = [
    [[], /has no column customerId; say which one it is with --id/],
    [['--id', 'kunde', '--target', 'chrned'], /has no column chrned; did you mean churned\?/],
  ];
  for (const [words, says] of cases) {
    const ended = await place.runHere('outcomes', 'other.csv', ...words);
    assert.equal(ended.exit, 1);
    assert.match(ended.stderr, says);
    assert.match(ended.stderr, /\[column\.missing\]/);
  }
});

test('outcomes: a file that is not there makes no database', async () => {
  using empty = newPlace();
  const ended = await empty.runHere('outcomes', 'absent.csv');
  assert.equal(ended.exit, 1);
  assert.match(ended.stderr, /\[data\.not-found\]/);
  assert.equal(existsSync(empty.path('.holdfast')), false);
});
