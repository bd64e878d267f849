import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataError } from '../../base/errors.ts';
import { openEngine } from './duckdb.ts';

test('duckdb: pieces of a large answer are freed while it is read', async () => {
  const engine = await openEngine(
    'test',
    () => new DataError('data.unreadable', 'test: unreadable; try again'),
  );
  try {
    const columns = Array.from({ length: 20 }, (_, c) => `(range + ${c})::double as c${c}`).join(', ');
    // 144 MB in all, by the count that decides when to collect.
    const handed: WeakRef<object>[] = [];
    for await (const piece of engine.pieces(`select ${columns} from range(600000)`))
      handed.push(new WeakRef(piece.vector(0)));
    assert.ok(handed.length > 250);
    const held = handed.filter((vector) => vector.deref() !== undefined).length;
    assert.ok(held < handed.length / 2, `${held} of ${handed.length} are held`);
  } finally {
    await engine.close();
  }
});
