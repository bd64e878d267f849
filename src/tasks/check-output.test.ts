import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { HoldfastError } from '../base/errors.ts';
import { checkOutput } from './check-output.ts';

let folder: string;
const at = (name: string): string => join(folder, name);
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'check output '));
  writeFileSync(at('in.csv'), 'a\n1\n');
  mkdirSync(at('folder.csv'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const refusal = async (
  path: string,
  asked: Parameters<typeof checkOutput>[1] = {},
): Promise<[string, string]> => {
  try {
    await checkOutput(path, asked);
  } catch (error) {
    const { code, message } = error as HoldfastError;
    return [code, message];
  }
  return ['', ''];
};

test('output path: a new file and an old one may be written, and nothing is left behind or changed', async () => {
  assert.deepEqual(await refusal(at('new.csv'), { table: true }), ['', '']);
  assert.deepEqual(await refusal(at('in.csv'), { table: true }), ['', '']);
  assert.deepEqual(await refusal(at(`${'n'.repeat(240)}.csv`)), ['', '']);
  assert.deepEqual(readdirSync(folder).sort(), ['folder.csv', 'in.csv']);
  assert.equal(readFileSync(at('in.csv'), 'utf8'), 'a\n1\n');
});

test('output path: a folder that is not there, a file as folder, a folder as file', async () => {
  for (const [path, says] of [
    [at('gone/out.csv'), /its folder does not exist; make it first/],
    [at('in.csv/out.csv'), /its folder is a file/],
    [at('folder.csv'), /there is a folder of that name/],
  ] as const) {
    const [code, message] = await refusal(path, { table: true });
    assert.equal(code, 'output.unwritable');
    assert.match(message, says);
    assert.ok(!message.includes(folder), 'names the file, not where it lies');
  }
});

test('output path: a folder without permission', { skip: process.getuid?.() === 0 }, async () => {
  mkdirSync(at('locked'));
  chmodSync(at('locked'), 0o555);
  const [code, message] = await refusal(at('locked/out.csv'));
  assert.equal(code, 'output.unwritable');
  assert.match(message, /may not be written/);
});

test('output path: a table must be named .csv or .parquet, anything else may be named as it likes', async () => {
  for (const name of ['out.txt', 'out', 'out.CSV.gz', '.csv'])
    assert.equal((await refusal(at(name), { table: true }))[0], 'data.format', name);
  for (const name of ['out.CSV', 'out.Parquet'])
    assert.equal((await refusal(at(name), { table: true }))[0], '', name);
  assert.equal((await refusal(at('out.yaml')))[0], '');
});

test('output path: what is read is not written over, by whatever name it is called', async () => {
  symlinkSync(at('in.csv'), at('link.csv'));
  for (const path of [at('in.csv'), join(folder, 'folder.csv', '..', 'in.csv'), at('link.csv')]) {
    const [code, message] = await refusal(path, { inputs: [at('in.csv')], table: true });
    assert.equal(code, 'usage.argument', path);
    assert.match(message, /would be written over in\.csv, which is read/);
  }
  assert.equal((await refusal(at('other.csv'), { inputs: [at('in.csv'), at('gone.csv')] }))[0], '');
});

test('check output: nothing is written into a workspace, through a link either, or over a project file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-output-'));
  mkdirSync(join(folder, '.holdfast', 'artifacts', 'models'), { recursive: true });
  mkdirSync(join(folder, 'home', 'artifacts'), { recursive: true });
  writeFileSync(join(folder, 'home', 'holdfast.db'), '');
  writeFileSync(join(folder, 'holdfast.yaml'), 'version: 1\n');
  symlinkSync(join(folder, 'home', 'holdfast.db'), join(folder, 'link.csv'));
  const own = [
    '.holdfast/holdfast.db',
    '.holdfast/artifacts/models/x.csv',
    'home/artifacts/x.csv',
    'home/holdfast.db-wal',
    'link.csv',
    'holdfast.yaml',
  ];
  for (const name of own)
    await assert.rejects(checkOutput(join(folder, name), {}), { code: 'usage.argument' }, name);
  await checkOutput(join(folder, 'scored.csv'), {});
  await checkOutput(join(folder, 'home', 'scored.csv'), {});
  await checkOutput(join(folder, 'holdfast.yaml'), { project: true });
  rmSync(folder, { recursive: true });
});
