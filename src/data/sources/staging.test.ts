import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { DataError, type HoldfastError } from '../../base/errors.ts';
import { literal, openEngine } from './duckdb.ts';
import { escapedText, openStage, unescapedSql } from './staging.ts';

const failed = () => new DataError('data.unreadable', 'staging: failed');
const engine = await openEngine('staging', failed);
after(() => engine.close());

test('staging: for any text the escaped form has no line break and SQL gives the text back', async () => {
  const unit = fc.constantFrom('\u0001', '\n', '\r', '\0', '0', '1', '2', '3', 'a', 'é');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit }), { minLength: 1, maxLength: 20 }), async (texts) => {
      const escaped = texts.map(escapedText);
      assert.ok(escaped.every((text) => !/[\n\r\0]/.test(text)));
      const list = escaped.map((text) => unescapedSql(literal(text)));
      const [row] = await engine.query(`select ${list.join(', ')}`);
      assert.deepEqual(row, texts);
    }),
    { numRuns: 20 },
  );
});

test('staging: more cells than a table may have are refused before a row is written', async () => {
  const columns = Array.from({ length: 1001 }, (_, c) => ({ name: `c${c}`, type: 'DOUBLE' as const }));
  await assert.rejects(
    openStage('wide', engine, columns, 1_000_000),
    (error: HoldfastError) => error.code === 'data.too-large',
  );
});
