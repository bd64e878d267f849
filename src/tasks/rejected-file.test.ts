import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { refuseForeignRejected, rejectedName, removeRejected, writeRejected } from './rejected-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-rejected-'));
const at = (name: string): string => join(folder, name);
after(() => rmSync(folder, { recursive: true }));
const broken = [{ row: 2, code: 'missing', column: 'tenure', reason: 'empty, and not nullable' }] as const;

test('rejected file: rows are counted from 1; a list of an earlier run may be written over and removed', async () => {
  const path = await writeRejected(at('a.csv'), broken);
  assert.equal(path, rejectedName(at('a.csv')));
  assert.equal(
    readFileSync(path!, 'utf8'),
    'row,code,column,reason\n3,missing,tenure,"empty, and not nullable"\n',
  );
  await refuseForeignRejected(at('a.csv'));
  assert.equal(await removeRejected(at('a.csv')), true);
  assert.equal(existsSync(path!), false);
  assert.equal(await removeRejected(at('a.csv')), false);
});

test('rejected file: nothing rejected writes nothing', async () => {
  assert.equal(await writeRejected(at('b.csv'), []), null);
  assert.equal(existsSync(at('b.rejected.csv')), false);
});

test("rejected file: somebody else's file of that name is neither written over nor removed", async () => {
  writeFileSync(at('c.rejected.csv'), 'mine,not,yours\n');
  await assert.rejects(refuseForeignRejected(at('c.csv')), { code: 'output.unwritable' });
  assert.equal(await removeRejected(at('c.csv')), false);
  assert.equal(readFileSync(at('c.rejected.csv'), 'utf8'), 'mine,not,yours\n');
});
