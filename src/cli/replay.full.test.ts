/** Logged scores, of the API and of files, are given again by the model that the log names; a crash leaves whole pieces. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { openPostgres } from '../store/database/postgres.ts';
import { openSqlite } from '../store/database/sqlite.ts';
import { startPostgres } from '../store/testing/postgres-server.ts';
import { type Ended, newTrainedPlace, type Place } from './testing/holdfast.ts';
import { addressOf } from './testing/served-place.ts';

/** With a model whose every column is in the log. */
let place: Place;
before(async () => {
  ({ place } = await newTrainedPlace());
  const project = readFileSync(place.path('holdfast.yaml'), 'utf8');
  writeFileSync(
    place.path('holdfast.yaml'),
    project.replaceAll('personal: true', 'personal: true, log: value'),
  );
  await succeed(place.runHere('train'));
});
after(() => place[Symbol.dispose]());

async function succeed(running: Promise<Ended>): Promise<Ended> {
  const ended = await running;
  assert.equal(ended.exit, 0, ended.stderr);
  return ended;
}

interface Told {
  readonly rows: number;
  readonly equal: number;
  readonly replayed: readonly {
    readonly requestId: string;
    readonly index: number;
    readonly source: string;
    readonly outcome: string;
    readonly reason: string | null;
  }[];
}

async function replay(...words: string[]) {
  return replayed(await place.runHere('models', 'replay', ...words, '--json'));
}

const replayed = (ended: Ended) => ({
  exit: ended.exit,
  stderr: ended.stderr,
  told: ended.exit === 1 ? null : ended.json<Told>(),
});

test('replay: what API and files were answered comes again to the bit; a changed score and erased values do not', async () => {
  const { child, ended } = place.start('serve', '--port', '0', '--model', 'latest');
  const url = await addressOf(child, ended);
  const post = async (path: string, body: unknown) => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.equal(response.status, 200);
    return (await response.json()) as { requestId: string };
  };
  const odd = [
    { customerId: 'a', monthlyCharge: 0.1 + 0.2, signupDate: '2025-02-28', plan: 'Basic', autopay: true },
    { customerId: 'b', monthlyCharge: 1e-7, plan: 'never seen', ageYears: 44 },
    { customerId: 'c' },
  ];
  const one = await post('/predict', odd[0]);
  const many = await post('/v1/predict', { customers: odd });
  await succeed(place.runHere('score', 'latest', 'customers.csv', 'scored.csv', '--log'));

  const all = await replay('--sample', '1000');
  assert.equal(all.exit, 0, all.stderr);
  assert.deepEqual([all.told!.rows, all.told!.equal], [304, 304]);
  assert.deepEqual([...new Set(all.told!.replayed.map(({ source }) => source))], ['api', 'batch']);
  const third = await replay(`${many.requestId}#2`);
  assert.deepEqual([third.exit, third.told!.rows, third.told!.replayed[0]!.index], [0, 1, 2]);
  const drawn = await replay('--sample', '20', '--seed', '5');
  assert.equal(drawn.told!.rows, 20);
  assert.deepEqual((await replay('--sample', '20', '--seed', '5')).told, drawn.told);
  assert.notDeepEqual((await replay('--sample', '20', '--seed', '6')).told!.replayed, drawn.told!.replayed);

  const database = openSqlite(place.path('.holdfast/holdfast.db'));
  await sql`update prediction set score = score + 1e-12 where request_id = ${one.requestId}`.execute(
    database.db,
  );
  await database.close();
  const changed = await replay(one.requestId);
  assert.deepEqual([changed.exit, changed.told!.replayed[0]!.outcome], [3, 'different']);
  await succeed(place.runHere('erase', '--customer', 'b', '--yes'));
  const erased = await replay(many.requestId);
  assert.equal(erased.exit, 3);
  assert.deepEqual(
    erased.told!.replayed.map(({ outcome }) => outcome),
    ['equal', 'impossible', 'equal'],
  );
  assert.match(erased.told!.replayed[1]!.reason!, /no longer in the log/);
  const unknown = await replay('no-such-request');
  assert.equal(unknown.exit, 1);
  assert.match(unknown.stderr, /\[prediction\.not-found\]/);
  child.kill('SIGTERM');
  await ended;
});

test('replay: a model that uses a personal column says so when it is put to work, and why nothing can be replayed', async () => {
  const { place: plain } = await newTrainedPlace();
  using _place = plain;
  const promoted = await plain.runHere('models', 'promote', 'latest', '--force', '--note', 'test');
  assert.equal(promoted.exit, 0, promoted.stderr);
  assert.match(promoted.stderr, /Its scores can't be replayed from the log, which leaves out ageYears/);
  await succeed(plain.runHere('score', 'champion', 'customers.csv', 'scored.csv', '--log'));
  const { exit, told } = replayed(await plain.runHere('models', 'replay', '--sample', '3', '--json'));
  assert.deepEqual([exit, told!.rows, told!.equal], [3, 3, 0]);
  assert.match(told!.replayed[0]!.reason!, /keeps ageYears out of the log/);
});

test('replay: on PostgreSQL, a file scored into the log comes again to the bit', async () => {
  await using server = await startPostgres();
  const url = await server.newDatabase();
  const env = { HOLDFAST_DATABASE_URL: url };
  await succeed(place.runHereWith({ env }, 'score', 'latest', 'customers.csv', 'scored.csv', '--log'));
  const { exit, told, stderr } = replayed(
    await place.runHereWith({ env }, 'models', 'replay', '--sample', '50', '--json'),
  );
  assert.equal(exit, 0, stderr);
  assert.deepEqual([told!.rows, told!.equal], [50, 50]);
  const database = openPostgres(url);
  const { rows } = await sql<{
    rows: number;
  }>`select count(*) as rows from prediction_values`.execute(database.db);
  await database.close();
  assert.equal(rows[0]!.rows, 300);
});

test('score --log: killed in the middle, whole pieces are in the log and there is no list; again, all of it is', async () => {
  const { place: own } = await newTrainedPlace();
  using _place = own;
  await succeed(own.runHere('generate', 'many.csv', '--rows', '30000'));
  const { child, ended } = own.start('score', 'latest', 'many.csv', 'list.csv', '--log');
  while (child.exitCode === null && rowsIn(own.path('.holdfast/holdfast.db')) === 0) await pause(2);
  child.kill('SIGKILL');
  await ended;
  assert.equal(child.signalCode, 'SIGKILL', 'it was still at work');
  assert.ok(!existsSync(own.path('list.csv')), 'nobody was answered');
  const database = openSqlite(own.path('.holdfast/holdfast.db'));
  const logged = async () =>
    (
      await sql<{ request: string; rows: number; kept: number }>`
        select request_id as request, count(*) as rows,
          (select count(*) from prediction_values v where v.request_id = p.request_id) as kept
        from prediction p group by request_id order by min(seq)`.execute(database.db)
    ).rows;
  try {
    const [part] = await logged();
    assert.ok(part && part.rows > 0 && part.rows < 30_000, `${part?.rows} rows`);
    assert.deepEqual(
      [part.rows % 2000, part.kept],
      [0, part.rows],
      'rows come with their values, in whole pieces',
    );
    await succeed(own.runHere('score', 'latest', 'many.csv', 'list.csv', '--log'));
    const runs = await logged();
    assert.deepEqual(
      runs.map(({ rows, kept }) => [rows, kept]),
      [
        [part.rows, part.rows],
        [30_000, 30_000],
      ],
    );
    assert.notEqual(runs[0]!.request, runs[1]!.request);
    assert.equal(readFileSync(own.path('list.csv'), 'utf8').trimEnd().split('\n').length, 30_001);
  } finally {
    await database.close();
  }
});

/** How many rows the log holds; 0 as long as there is none. */
function rowsIn(path: string): number {
  if (!existsSync(path)) return 0;
  const file = new DatabaseSync(path, { readOnly: true });
  try {
    return Number(file.prepare('select count(*) as rows from prediction').get()!.rows);
  } catch {
    // Its tables are being made.
    return 0;
  } finally {
    file.close();
  }
}
