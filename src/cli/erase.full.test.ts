/** One customer is erased while a server answers and logs: afterwards no byte of the workspace holds a trace. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { migrations } from '../database.ts';
import { openPostgres } from '../store/database/postgres.ts';
import { openSqlite } from '../store/database/sqlite.ts';
import { hashCustomer } from '../store/erase/customer-hash.ts';
import type { Certificate } from '../store/erase/erase-everywhere.ts';
import { everyRow } from '../store/erase/testing/every-row.ts';
import { startPostgres } from '../store/testing/postgres-server.ts';
import { newPlace, newTrainedPlace } from './testing/holdfast.ts';
import { addressOf, type ServedPlace, servedPlace } from './testing/served-place.ts';

const victim = 'VICTIM-77041';
/** As it stands in JSON; nobody else pays this. */
const ownValue = '91827.3645';

const served = (env: Readonly<Record<string, string>> = {}): Promise<ServedPlace> =>
  servedPlace({
    env,
    async prepare(place) {
      const { place: trained } = await newTrainedPlace();
      cpSync(trained.folder, place.folder, { recursive: true });
      trained[Symbol.dispose]();
    },
  });

/** Files that hold one of the texts, of all below a folder, byte by byte. */
function filesWith(folder: string, texts: readonly string[]): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    if (texts.some((text) => bytes.includes(text))) found.push(entry.name);
  }
  return found;
}

/** Asks for others all the time, as a shop would; what isn't answered well is kept. */
function shop({ post }: ServedPlace) {
  const wrong: unknown[] = [];
  let answered = 0;
  let isOver = false;
  const ask = async (name: string): Promise<void> => {
    for (let i = 0; !isOver; i++) {
      const { status, body } = await post('/predict', {
        customerId: `OTHER-${name}-${i}`,
        monthlyCharge: i % 90,
      });
      if (status === 200) answered++;
      else wrong.push(body);
    }
  };
  const asking = ['a', 'b', 'c'].map(ask);
  return {
    wrong,
    async until(more: number): Promise<void> {
      for (const wanted = answered + more; answered < wanted && wrong.length === 0; )
        await new Promise((resolve) => setTimeout(resolve, 5));
    },
    async end(): Promise<void> {
      isOver = true;
      await Promise.all(asking);
    },
  };
}

async function askForVictim({ post }: ServedPlace): Promise<void> {
  const customer = { customerId: victim, monthlyCharge: Number(ownValue) };
  for (let i = 0; i < 10; i++) assert.equal((await post('/predict', customer)).status, 200);
  const many = await post('/v1/predict', { customers: [{ customerId: 'OTHER-1' }, customer, customer] });
  assert.equal(many.status, 200);
  const outcome = { customerId: victim, churned: true, happenedAt: '2026-01-31' };
  const told = await post('/v1/outcomes', outcome);
  assert.ok(told.status < 300, JSON.stringify(told.body));
}

async function eraseWhileServing(
  it: ServedPlace,
  traces: () => Promise<readonly string[]>,
): Promise<Certificate> {
  const others = shop(it);
  try {
    await others.until(100);
    await askForVictim(it);
    await others.until(100);
    assert.notDeepEqual(await traces(), [], 'the scan sees what is there');
    const ended = await it.place.run('erase', '--customer', victim, '--yes', '--json');
    assert.equal(ended.exit, 0, ended.stderr);
    assert.ok(
      !`${ended.stdout}${ended.stderr}`.includes(victim),
      'the certificate does not name the customer',
    );
    assert.deepEqual(await traces(), [], 'right after');
    await others.until(100);
    assert.deepEqual(await traces(), [], 'after the server logged more');
    assert.deepEqual(others.wrong, [], 'nobody else noticed');
    return ended.json() as unknown as Certificate;
  } finally {
    await others.end();
  }
}

function assertCertified({ found, places, customer, history }: Certificate): void {
  assert.equal(found, true);
  const rows = Object.fromEntries(places.map((place) => [place.id, place.rows]));
  assert.deepEqual([rows.predictions, rows['prediction-values'], rows.outcomes], [12, 12, 1]);
  assert.equal(hashCustomer(victim, customer.salt).hash, customer.hash);
  assert.ok(history.position > 0);
}

test('erase: SQLite: a byte scan of the whole workspace finds no trace while the server goes on', async () => {
  await using it = await served();
  const home = it.place.path('.holdfast');
  const traces = async () => filesWith(home, [victim, ownValue]);
  const certificate = await eraseWhileServing(it, traces);
  assertCertified(certificate);
  const { isRewritten, isLogEmpty, isTextLeft } = certificate.remains;
  assert.deepEqual(
    { isRewritten, isLogEmpty, isTextLeft },
    { isRewritten: true, isLogEmpty: true, isTextLeft: false },
  );
  const verified = await it.place.run('models', 'verify');
  assert.equal(verified.exit, 0, verified.stdout);
  // Who was erased may come again, and is then a customer like any other.
  assert.equal((await it.post('/predict', { customerId: victim })).status, 200);
  assert.notDeepEqual(await traces(), []);
  assert.equal((await it.place.run('erase', '--customer', victim, '--yes')).exit, 0);
  it.child.kill('SIGTERM');
  await new Promise((resolve) => it.child.once('close', resolve));
  assert.deepEqual(await traces(), [], 'after the server has stopped');
});

test('erase: PostgreSQL: no row of any table holds a trace while the server goes on', async () => {
  await using server = await startPostgres();
  const url = await server.newDatabase();
  await using it = await served({ HOLDFAST_DATABASE_URL: url });
  const database = openPostgres(url);
  try {
    const traces = async () => [
      ...(await everyRow(database, migrations)).filter(
        (line) => line.includes(victim) || line.includes(ownValue),
      ),
      ...filesWith(it.place.path('.holdfast'), [victim, ownValue]),
    ];
    const certificate = await eraseWhileServing(it, traces);
    assertCertified(certificate);
    assert.ok(certificate.remains.vacuumed.includes('prediction'));
  } finally {
    await database.close();
  }
});

/** A place whose customers are in the log. */
async function loggedPlace() {
  const { place } = await newTrainedPlace();
  const scored = await place.runHere('score', 'latest', 'customers.csv', 'scored.csv', '--log');
  assert.equal(scored.exit, 0, scored.stderr);
  const idAt = (row: number): string =>
    readFileSync(place.path('customers.csv'), 'utf8').split('\n')[row]!.split(',')[0]!;
  const database = (): Buffer => readFileSync(place.path('.holdfast/holdfast.db'));
  return { place, idAt, database };
}

test('restore: says which customers were erased after the backup, and so are back', async () => {
  const { place, idAt, database } = await loggedPlace();
  using _place = place;
  const backup = await place.runHere('backup', 'before.zip');
  assert.equal(backup.exit, 0, backup.stderr);
  const erased = await place.runHere('erase', '--customer', idAt(3), '--yes', '--json');
  const { customer, files } = erased.json() as unknown as Certificate;
  assert.deepEqual(
    files.backups.map(({ path }) => path),
    ['before.zip'],
  );
  const restored = await place.runHere('restore', 'before.zip', '--yes');
  assert.equal(restored.exit, 0, restored.stderr);
  assert.match(restored.stderr, /1 erasure made after this backup is undone by it\./);
  assert.ok(restored.stderr.includes(`customer:${customer.hash.slice(0, 16)}`));
  assert.ok(database().includes(idAt(3)));
  // The database that was moved aside is a file like any other.
  const again = await place.runHere('erase', '--customer', idAt(4), '--yes', '--json');
  const { named } = (again.json() as unknown as Certificate).files;
  assert.ok(named.some(({ path, lines }) => path.includes('before-restore-') && lines === null));
});

test('erase: an id on standard input, as a program of its own', async () => {
  const { place, idAt, database } = await loggedPlace();
  using _place = place;
  const main = new URL('./main.ts', import.meta.url).pathname;
  const { HOLDFAST_HOME: _, ...env } = process.env;
  const { status, stderr } = spawnSync(process.execPath, [main, 'erase', '--customer', '-', '--yes'], {
    ...{ cwd: place.folder, env, encoding: 'utf8' },
    input: `${idAt(5)}\n`,
  });
  assert.equal(status, 0, stderr);
  assert.ok(!database().includes(idAt(5)));
});

test('serve: with a retention period clears at its start what is too old, and nothing else', async () => {
  const { place } = await loggedPlace();
  using _place = place;
  const database = openSqlite(place.path('.holdfast/holdfast.db'));
  try {
    const old = Date.now() - 100 * 86_400_000;
    await sql`update prediction set at = ${old}`.execute(database.db);
    await place.runHere('score', 'latest', 'customers.csv', 'scored.csv', '--log');
    const refused = await place.runHereWith(
      { env: { HOLDFAST_RETENTION_DAYS: '90d' } },
      'serve',
      '--port',
      '0',
    );
    assert.equal(refused.exit, 2);
    assert.match(refused.stderr, /HOLDFAST_RETENTION_DAYS must be a whole number of days/);
    const home = place.path('.holdfast');
    const server = newPlace({ HOLDFAST_HOME: home, HOLDFAST_RETENTION_DAYS: '90' });
    using _server = server;
    const { child, ended } = server.start('serve', '--port', '0', '--model', 'latest');
    await addressOf(child, ended);
    const left = async () => {
      const { rows } = await sql<{ kept: number; hashes: number; ids: number }>`
        select (select count(*) from prediction_values) as kept, count(features_hash) as hashes,
          count(customer_id) as ids from prediction`.execute(database.db);
      return rows[0]!;
    };
    for (let waited = 0; (await left()).kept > 300 && waited < 20_000; waited += 50)
      await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill('SIGTERM');
    await ended;
    assert.deepEqual({ ...(await left()) }, { kept: 300, hashes: 300, ids: 600 });
  } finally {
    await database.close();
  }
  const older = await place.runHere('erase', '--older-than', '90d', '--yes', '--json');
  assert.equal(older.exit, 0, older.stderr);
  const { values, ids } = older.json();
  assert.deepEqual([values, ids], [0, 300]);
});
