import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { checkPaths } from './check-paths.ts';

const home = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-paths-')));
after(() => rmSync(home, { recursive: true }));
const projectFolder = join(home, 'project');
const root = join(projectFolder, '.holdfast');
mkdirSync(join(root, 'artifacts'), { recursive: true });
mkdirSync(join(home, 'project-of-others'));
for (const file of [
  'project/a.csv',
  'project/m.holdfast',
  'project/.holdfast/m.holdfast',
  'secret.csv',
  'project-of-others/b.csv',
])
  writeFileSync(join(home, file), 'x');
symlinkSync(join(projectFolder, 'a.csv'), join(projectFolder, 'inside.csv'));
symlinkSync(join(home, 'secret.csv'), join(projectFolder, 'outside.csv'));
symlinkSync(join(home, 'project-of-others'), join(projectFolder, 'others'));
symlinkSync(root, join(projectFolder, 'workspace'));
symlinkSync(projectFolder, join(home, 'by-link'));

const check = (paths: Parameters<typeof checkPaths>[0], folder = projectFolder) =>
  checkPaths(paths, { projectFolder: folder, root });

test('check-paths: what is in the project folder may be read, also by a link, or when the folder is one', () => {
  check({ reads: ['a.csv', './a.csv', 'inside.csv', join(projectFolder, 'a.csv'), undefined] });
  check({ reads: ['a.csv'], writes: ['new.csv', 'new/folder/o.csv', '..new.csv'] }, join(home, 'by-link'));
  check({ models: ['champion', 'telco@3', '20260301.nogit', 'm.holdfast'] });
  check({ writes: ['a.csv', 'others-2/o.csv'], overwrite: true });
});

test('check-paths: every way out of the folder is refused, for reading and for writing', () => {
  const ways = [
    ...['..', '.', '../secret.csv', join(home, 'secret.csv'), '../project-of-others/b.csv'],
    ...['outside.csv', 'others/b.csv', 'others/../secret.csv', '../project/../secret.csv', 'x/../a.csv', '/'],
  ];
  for (const path of ways) {
    assert.throws(() => check({ reads: [path] }), { code: 'job.path' }, path);
    assert.throws(() => check({ writes: [path], overwrite: true }), { code: 'job.path' }, path);
  }
  for (const model of ['../m.holdfast', '/m.holdfast', 'outside.csv/m.holdfast'])
    assert.throws(() => check({ models: [model] }), { code: 'job.path' }, model);
});

test('check-paths: nothing is read from the workspace, by whatever way', () => {
  writeFileSync(join(root, 'holdfast.db'), 'x');
  const database = ['.holdfast/holdfast.db', './.holdfast/holdfast.db', join(root, 'holdfast.db')];
  for (const path of [...database, 'workspace/holdfast.db', '.holdfast', '.holdfast/not-there.csv'])
    assert.throws(() => check({ reads: [path] }), { code: 'job.path' }, path);
  for (const model of ['.holdfast/m.holdfast', 'workspace/m.holdfast', join(root, 'm.holdfast')])
    assert.throws(() => check({ models: [model] }), { code: 'job.path' }, model);
  // The workspace itself may be reached by a link.
  const linked = { projectFolder, root: join(projectFolder, 'workspace') };
  assert.throws(() => checkPaths({ reads: ['.holdfast/holdfast.db'] }, linked), { code: 'job.path' });
});

test('check-paths: no result goes into the workspace, over what is there, or comes from what is not there', () => {
  for (const path of ['.holdfast/o.csv', '.holdfast', '.holdfast/artifacts/o.csv', '.holdfast/new/o.csv'])
    assert.throws(() => check({ writes: [path], overwrite: true }), { code: 'job.path' }, path);
  assert.throws(() => check({ writes: ['a.csv'] }), { code: 'job.exists' });
  assert.throws(() => check({ writes: ['inside.csv'] }), { code: 'job.exists' });
  assert.throws(() => check({ reads: ['missing.csv'] }), { code: 'data.not-found' });
  assert.throws(() => check({ models: ['missing.holdfast'] }), { code: 'data.not-found' });
});
