import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { removeLeftOvers, temporaryFile } from './temporary-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-temporary-'));
after(() => rmSync(folder, { recursive: true }));
/** The number of a process that has ended. */
const gone = String(spawnSync(process.execPath, ['--version']).pid);

test('temporary file: what a process that is gone left of writing there is removed, nothing else', async () => {
  const path = join(folder, 'scored.csv');
  const own = temporaryFile(path);
  const left = own.replace(`-${process.pid}-`, `-${gone}-`);
  const others = [
    own,
    // Of another machine, of another place, and what a person named so.
    left.replace(/\.[0-9a-f]{8}-/, '.00000000-'),
    left.replace('scored.csv', 'other.csv'),
    join(folder, '.scored.csv.mine.part'),
    join(folder, 'scored.csv'),
  ];
  for (const name of [left, ...others]) writeFileSync(name, '');
  await removeLeftOvers(path);
  assert.deepEqual(readdirSync(folder).sort(), others.map((name) => basename(name)).sort());
});

test('temporary file: two of the same place differ, and a long name stays within what file systems allow', () => {
  const path = join(folder, 'x.csv');
  assert.notEqual(temporaryFile(path), temporaryFile(path));
  const long = join(folder, `${'客'.repeat(83)}.csv`);
  assert.ok(Buffer.byteLength(basename(temporaryFile(long))) <= 255);
});

test('temporary file: a folder that is not there has nothing left over', async () => {
  await removeLeftOvers(join(folder, 'none', 'x.csv'));
});
