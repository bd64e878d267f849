import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { stoppedClock } from '../../base/clock.ts';
import { silentProgress } from '../../tasks/ports.ts';
import { writeBackup } from '../backup/write-backup.ts';
import { findInFiles } from './find-in-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-files-'));
after(() => rmSync(folder, { recursive: true }));
const put = (name: string, content: string | Buffer): void => {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), content);
};

test('find in files: names texts with their lines, other files, what is packed and what is a backup', async () => {
  put('scored.csv', 'id,p\nC-1,0.5\nC-10,0.4\nC-1,0.3\n');
  put('other.csv', 'id,p\nC-10,0.4\n');
  put('deep/down/notes.txt', 'call C-1\n');
  put('old/holdfast.db', Buffer.from('SQLite format 3\u0000..liveC-1hash'));
  put('packed.csv.gz', gzipSync('C-1'));
  put('table.parquet', 'PAR1');
  put('work/artifacts/models/m.holdfast', 'PK\u0003\u0004');
  put('work/artifacts/models/m.reference.parquet', 'PAR1');
  put('work/holdfast.db', 'C-1');
  put('node_modules/x/index.js', 'C-1');
  symlinkSync(folder, join(folder, 'round'));
  await writeBackup(join(folder, 'backup.zip'), {
    place: { root: join(folder, 'empty') },
    artifacts: null,
    migrations: [],
    clock: stoppedClock(Date.UTC(2026, 0, 31)),
    progress: silentProgress,
    version: '0.1.0',
  });
  const found = await findInFiles('C-1', {
    folders: [join(folder, 'work'), folder, join(folder, 'gone')],
    leaveOut: [join(folder, 'work/holdfast.db')],
    models: join(folder, 'work/artifacts'),
  });
  const here = (path: string): string => relative(folder, path);
  assert.deepEqual(
    found.named.map(({ path, lines }) => [here(path), lines]),
    [
      ['deep/down/notes.txt', 1],
      ['old/holdfast.db', null],
      ['scored.csv', 2],
    ],
  );
  assert.deepEqual(
    found.backups.map(({ path, created }) => [here(path), created]),
    [['backup.zip', '2026-01-31T00:00:00.000Z']],
  );
  assert.deepEqual(found.packed.map(here), ['packed.csv.gz', 'table.parquet']);
  assert.deepEqual([found.unreadable, found.isCutShort], [[], false]);
});

test('find in files: says that it looked at no more than so many', async () => {
  const found = await findInFiles('C-1', { folders: [folder], leaveOut: [], mostFiles: 2 });
  assert.deepEqual([found.searched, found.isCutShort], [2, true]);
});
