import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { allFindings } from './all.ts';

test('findings: every file is listed under the code that its name says, and has a test beside it', () => {
  const files = readdirSync(new URL('.', import.meta.url));
  const things = files.filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'all.ts',
  );
  assert.deepEqual(
    things.map((file) => file.replace('.ts', '')).sort(),
    allFindings.map(({ id }) => id).sort(),
  );
  for (const { id, code, about, title } of allFindings) {
    assert.equal(id, code.replace('.', '-'));
    assert.ok(files.includes(`${id}.test.ts`), `${id}: no test`);
    assert.ok(title.length > 5 && about.endsWith('.'), id);
  }
});
