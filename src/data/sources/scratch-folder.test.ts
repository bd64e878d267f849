import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeScratchFolder, removeAbandoned } from './scratch-folder.ts';

const parent = mkdtempSync(join(tmpdir(), 'scratch-test-'));
after(() => rmSync(parent, { recursive: true, force: true }));

test('scratch folder: what a killed process left is removed by the next, what a living one uses stays', async () => {
  const url = new URL('./scratch-folder.ts', import.meta.url).href;
  const script = `const { makeScratchFolder } = await import(${JSON.stringify(url)});
    console.log(await makeScratchFolder(${JSON.stringify(parent)}));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [told] = (await once(child.stdout, 'data')) as [Buffer];
  const left = told.toString().trim();
  const own = await makeScratchFolder(parent);
  assert.ok(existsSync(left), 'its process is alive');
  child.kill('SIGKILL');
  await once(child, 'exit');
  await removeAbandoned(parent);
  assert.deepEqual([existsSync(left), existsSync(own)], [false, true]);
});

test('scratch folder: other folders are never touched, and a folder that is not there is no failure', async () => {
  const others = ['holdfast-abc', 'holdfast-00000000-1-abcdef', 'holdfast cli x'];
  for (const name of others) mkdirSync(join(parent, name));
  await removeAbandoned(parent);
  assert.ok(others.every((name) => readdirSync(parent).includes(name)));
  await removeAbandoned(join(parent, 'absent'));
});
