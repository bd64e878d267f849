import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { refuseForeignRejected, rejectedName, rejectedWriter, removeRejected } from './rejected-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-rejected-'));
const at = (name: string): string => join(folder, name);
after(() => rmSync(folder, { recursive: true }));
const broken = [{ row: 2, code: 'missing', column: 'tenure', reason: 'empty, and not nullable' }] as const;

test('rejected file: rows are counted from 1; a list of an earlier run may be written over and removed', async () => {
  const writer = rejectedWriter(at('a.csv'));
  await writer.append(broken);
  await writer.append([]);
  const path = await writer.finish();
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
  const writer = rejectedWriter(at('b.csv'));
  await writer.append([]);
  assert.equal(await writer.finish(), null);
  assert.equal(existsSync(at('b.rejected.csv')), false);
});

test("rejected file: somebody else's file of that name is neither written over nor removed", async () => {
  writeFileSync(at('c.rejected.csv'), 'mine,not,yours\n');
  await assert.rejects(refuseForeignRejected(at('c.csv')), { code: 'output.unwritable' });
  assert.equal(await removeRejected(at('c.csv')), false);
  assert.equal(readFileSync(at('c.rejected.csv'), 'utf8'), 'mine,not,yours\n');
});

test('rejected file: an abandoned list leaves nothing, and the earlier one as it was', async () => {
  const earlier = rejectedWriter(at('d.csv'));
  await earlier.append(broken);
  await earlier.finish();
  const before = readdirSync(folder);
  const writer = rejectedWriter(at('d.csv'));
  await writer.append([{ ...broken[0], row: 7 }]);
  await writer.abandon();
  assert.deepEqual(readdirSync(folder), before);
  assert.match(readFileSync(at('d.rejected.csv'), 'utf8'), /^3,missing/m);
});
