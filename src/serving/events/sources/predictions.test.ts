import assert from 'node:assert/strict';
import { test } from 'node:test';
import { databaseLogWriter } from '../../log/database-writer.ts';
import { logRow } from '../../testing/log-rows.ts';
import { withServingDatabase } from '../../testing/serving-database.ts';
import { predictions } from './predictions.ts';

test('predictions: more than a page are read page by page, none twice and none left out', () =>
  withServingDatabase(async (database) => {
    const rows = Array.from({ length: 1203 }, (_, i) =>
      logRow({ requestId: `r${i}`, band: i % 2 === 0 ? 'high' : 'low', input: null }),
    );
    await databaseLogWriter(database).write(rows);
    const reader = predictions.open(database);
    assert.equal(await reader.settled(), 1203);
    const heard: unknown[] = [];
    let position = 0;
    for (let reads = 0; position < 1203; reads++) {
      assert.ok(reads < 5, 'it does not come to an end');
      const page = await reader.read(position, 1203);
      assert.ok(page.events.length <= 500);
      heard.push(...page.events.map(({ data }) => data.requestId));
      position = page.position;
    }
    assert.deepEqual(
      heard,
      Array.from({ length: 602 }, (_, i) => `r${2 * i}`),
    );
    // Up to where it was asked, though more is there; and no further than a bounded walk along the log.
    assert.deepEqual((await reader.read(0, 1)).position, 1);
    assert.equal((await reader.read(1203, 1_000_000)).position, 21_203);
  }));
