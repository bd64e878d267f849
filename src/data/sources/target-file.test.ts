import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { targetOf } from './target-file.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-target-')));
const at = (name: string): string => join(folder, name);
after(() => rmSync(folder, { recursive: true }));

test('target file: an ordinary file and a name that is free are taken as they are', async () => {
  writeFileSync(at('there.csv'), 'x');
  assert.equal(await targetOf(at('there.csv')), at('there.csv'));
  assert.equal(await targetOf(at('free.csv')), at('free.csv'));
});

test('target file: a link is followed, so that it stays a link', async () => {
  writeFileSync(at('real.csv'), 'x');
  symlinkSync('real.csv', at('link.csv'));
  assert.equal(await targetOf(at('link.csv')), at('real.csv'));
});

test('target file: a device, a folder and a link to nowhere are refused', async () => {
  mkdirSync(at('folder'));
  symlinkSync('nowhere.csv', at('lost.csv'));
  await assert.rejects(targetOf('/dev/null'), { code: 'ENOTREG' });
  await assert.rejects(targetOf(at('folder')), { code: 'EISDIR' });
  await assert.rejects(targetOf(at('lost.csv')), { code: 'ENOENT' });
});
