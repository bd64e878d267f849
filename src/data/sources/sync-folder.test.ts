import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { syncFolder } from './sync-folder.ts';

test('sync folder: a folder is flushed, one that is not there is an error of the file system', async () => {
  await syncFolder(tmpdir());
  await assert.rejects(syncFolder(join(tmpdir(), 'holdfast-no-such-folder')), { code: 'ENOENT' });
});
