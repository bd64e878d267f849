import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openSearchFolder } from './search-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'holdfast-searches-'));
after(() => rmSync(root, { recursive: true, force: true }));
let places = 0;
const newFolder = () => {
  const place = join(root, String(places++));
  return {
    place,
    file: (key: string) => join(place, 'searches', `${key}.jsonl`),
    logs: openSearchFolder({ root: place }),
  };
};

test('search folder: lines come back in order, numbers to the last digit; a search that was never begun has none', async () => {
  const { logs, place } = newFolder();
  assert.deepEqual([await logs.read('a'), await logs.others('a')], [[], []]);
  const lines = [{ value: 0.1 + 0.2, id: 'größer' }, { value: 5e-324 }, ['x\ny']];
  for (const line of lines) logs.append('a', line);
  assert.deepEqual(await logs.read('a'), lines);
  assert.deepEqual(await openSearchFolder({ root: place }).read('a'), lines);
});

test('search folder: for a file cut anywhere, whole lines are read and the next line is written whole', async () => {
  const { logs, file } = newFolder();
  const lines = Array.from({ length: 3 }, (_, i) => ({ fold: i, value: 1 / 3 }));
  for (const line of lines) logs.append('a', line);
  const text = readFileSync(file('a'), 'utf8');
  // Somewhere in the first line, and everywhere around the last two ends.
  const lengths = [0, 1, 9, ...Array.from({ length: 34 }, (_, i) => text.length - i)];
  for (const length of lengths) {
    writeFileSync(file('a'), text.slice(0, length));
    const whole = text.slice(0, length).split('\n');
    const read = await logs.read('a');
    // A line that lacks nothing but its end is whole.
    assert.ok(read.length >= whole.length - 1 && read.length <= whole.length);
    assert.deepEqual(read, lines.slice(0, read.length));
    logs.append('a', { fold: 9 });
    assert.deepEqual(await logs.read('a'), [...read, { fold: 9 }]);
  }
});

test('search folder: others are those of other keys, the one written last first', async () => {
  const { logs, file } = newFolder();
  for (const [i, key] of ['old', 'mine', 'new'].entries()) {
    logs.append(key, { key });
    utimesSync(file(key), i + 1, i + 1);
  }
  assert.deepEqual(await logs.others('mine'), [[{ key: 'new' }], [{ key: 'old' }]]);
});

test('search folder: a folder named like a log is none', async () => {
  const { logs, file } = newFolder();
  logs.append('mine', { key: 'mine' });
  mkdirSync(file('foreign'));
  assert.deepEqual(await logs.others('new'), [[{ key: 'mine' }]]);
  await logs.tidy();
});

test('search folder: tidying leaves the hundred written last', async () => {
  const { logs, file, place } = newFolder();
  logs.append('k0', {});
  for (let i = 0; i < 103; i++) {
    writeFileSync(file(`k${i}`), `{"i":${i}}\n`);
    utimesSync(file(`k${i}`), 1000 + i, 1000 + i);
  }
  await logs.tidy();
  const left = readdirSync(join(place, 'searches'));
  assert.equal(left.length, 100);
  for (const gone of ['k0', 'k1', 'k2']) assert.ok(!left.includes(`${gone}.jsonl`));
});

test('search folder: is for its owner alone; one that cannot be written says so by code', () => {
  const { logs, file, place } = newFolder();
  logs.append('a', {});
  assert.equal(statSync(file('a')).mode & 0o077, 0);
  assert.equal(statSync(join(place, 'searches')).mode & 0o077, 0);
  writeFileSync(join(root, 'in-the-way'), '');
  assert.throws(() => openSearchFolder({ root: join(root, 'in-the-way') }).append('a', {}), {
    code: 'workspace.unwritable',
  });
});
