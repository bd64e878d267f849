import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { DataError, type HoldfastError } from '../../base/errors.ts';
import { type Engine, isOneOf, literal, openEngine, vectorItems } from './duckdb.ts';

const failure = () => new DataError('data.unreadable', 'test: unreadable; try again');
async function withEngine(work: (engine: Engine) => Promise<void>): Promise<void> {
  const engine = await openEngine('test', failure);
  try {
    await work(engine);
  } finally {
    await engine.close();
  }
}

test('duckdb: a failure is the opener’s coded error, without DuckDB’s message or cause', async () => {
  await withEngine(async (engine) => {
    const queries = ["select 'secret'::integer", 'select * from nowhere', 'no sql at all'];
    for (const sql of queries) {
      for (const work of [() => engine.query(sql), () => engine.stream(sql, () => undefined)]) {
        await assert.rejects(work(), (error: HoldfastError) => {
          assert.equal(error.message, 'test: unreadable; try again');
          assert.equal(error.cause, undefined);
          return true;
        });
      }
    }
    assert.deepEqual(await engine.query('select 1::double'), [[1]], 'and it goes on working');
  });
});

test('duckdb: running out of memory has its own code', async () => {
  await withEngine(async (engine) => {
    await engine.query("set memory_limit = '20MB'");
    await engine.query("set temp_directory = ''");
    await assert.rejects(
      engine.query('select list(i) from range(20000000) t(i)'),
      (error: HoldfastError) => error.code === 'work.memory',
    );
  });
});

test('duckdb: quoted texts come back as they were', async () => {
  await withEngine(async (engine) => {
    const odd = `it's "odd"; -- \\ \n é`;
    assert.deepEqual(await engine.query(`select ${literal(odd)}`), [[odd]]);
    assert.deepEqual(
      await engine.query(`select ${isOneOf(literal('b'), ['a', 'b'])}, ${isOneOf(literal('c'), ['a'])}`),
      [[true, false]],
    );
  });
});

test('duckdb: a stream hands over plain numbers in order while queries wait for it', async () => {
  await withEngine(async (engine) => {
    let next = 0;
    const stream = engine.stream('select i::double from range(100000) t(i)', ([vector], count) => {
      const items = vectorItems(vector!);
      for (let i = 0; i < count; i++) assert.equal(items[i], next++);
    });
    const [, answer] = await Promise.all([stream, engine.query('select 7::double')]);
    assert.equal(next, 100_000);
    assert.deepEqual(answer, [[7]]);
  });
});

test('duckdb: extensions are never fetched, times are UTC', async () => {
  await withEngine(async (engine) => {
    const names = ['autoinstall_known_extensions', 'autoload_known_extensions', 'TimeZone'];
    const answer = await engine.query(
      `select ${names.map((name) => `current_setting(${literal(name)})::varchar`).join(', ')}`,
    );
    assert.deepEqual(answer, [['false', 'false', 'UTC']]);
  });
});

test('duckdb: closing deletes the folder for temporary files', async () => {
  const engine = await openEngine('test', failure);
  assert.ok(existsSync(engine.scratch));
  await engine.close();
  assert.ok(!existsSync(engine.scratch));
});

test('duckdb: pieces of an answer come in order, beside other queries; who stops early frees them', async () => {
  await withEngine(async (engine) => {
    let rows = 0;
    for await (const piece of engine.pieces('select range::double as n from range(5000)')) {
      const items = vectorItems(piece.vector(0));
      assert.deepEqual([items[0], items[piece.rowCount - 1]], [rows, rows + piece.rowCount - 1]);
      assert.deepEqual(await engine.query('select 1'), [[1]]);
      rows += piece.rowCount;
    }
    assert.equal(rows, 5000);
    for await (const piece of engine.pieces('select range::double as n from range(5000)')) {
      assert.ok(piece.rowCount > 0);
      break;
    }
    await assert.rejects(engine.pieces('select no_such_column').next(), { code: 'data.unreadable' });
  });
});
