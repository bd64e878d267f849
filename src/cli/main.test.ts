/** The program as a process: what it loads, how long it takes, pipes. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Runs `holdfast` under a hook that, at the end, writes as the last line of standard error what `tell` gives. */
function runHooked(tell: string, ...words: string[]): { stdout: string; told: string } {
  const hook = `
    import { registerHooks } from 'node:module';
    import { writeSync } from 'node:fs';
    const loaded = [];
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
    process.on('exit', () => writeSync(2, '\\n' + JSON.stringify(${tell})));`;
  const url = `data:text/javascript,${encodeURIComponent(hook)}`;
  const ended = spawnSync(process.execPath, ['--import', url, main, ...words], { encoding: 'utf8' });
  assert.equal(ended.status, 0, ended.stderr);
  return { stdout: ended.stdout, told: ended.stderr.split('\n').at(-1)! };
}

test('--version: prints the version and loads nothing else, in under 0.3 s of CPU', () => {
  const { stdout, told } = runHooked('{ loaded, cpu: process.cpuUsage() }', '--version');
  assert.equal(stdout, `${version}\n`);
  const { loaded, cpu } = JSON.parse(told) as { loaded: string[]; cpu: { user: number; system: number } };
  assert.deepEqual(
    loaded.filter((url) => url.startsWith('file:')).map((url) => fileURLToPath(url)),
    [main],
  );
  assert.ok(cpu.user + cpu.system < 300_000, `${(cpu.user + cpu.system) / 1000} ms`);
});

test('./holdfast: starts from any folder, also through a link with a space in its name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast link '));
  try {
    symlinkSync(fileURLToPath(new URL('../../holdfast', import.meta.url)), join(folder, 'hold fast'));
    const { stdout, status } = spawnSync('./hold fast', ['--version'], { cwd: folder, encoding: 'utf8' });
    assert.deepEqual([stdout, status], [`${version}\n`, 0]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('./holdfast: advice names it as it was called; called by its name alone it is holdfast', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-called-'));
  const launcher = fileURLToPath(new URL('../../holdfast', import.meta.url));
  const words = ['generate', 'a.csv', '--rows', '40', '--quiet'];
  const adviceOf = (command: string, path = process.env.PATH): string => {
    const env = { ...process.env, PATH: path };
    const { stdout } = spawnSync(command, words, { cwd: folder, encoding: 'utf8', env });
    return stdout.split('\n').find((line) => line.startsWith('Next: '))!;
  };
  try {
    symlinkSync(launcher, join(folder, 'holdfast'));
    assert.match(adviceOf('./holdfast'), /^Next: \.\/holdfast init a\.csv /);
    assert.match(adviceOf('holdfast', `${folder}:${process.env.PATH}`), /^Next: holdfast init a\.csv /);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('--help: loads commander and light files of the command line, no other package and no engine', () => {
  const { loaded } = JSON.parse(runHooked('{ loaded }', '--help').told) as { loaded: string[] };
  const packages = new Set(
    loaded.flatMap((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []),
  );
  assert.deepEqual([...packages], ['commander']);
  const own = loaded.flatMap((url) => /\/src\/(\w+)\/\S+$/.exec(url)?.[1] ?? []);
  assert.deepEqual(new Set(own), new Set(['cli', 'base']));
});

test('a reader that has enough: no stack trace, no failure', () => {
  const pipeline = `"${process.execPath}" "${main}" train --help | head -n 1; "${process.execPath}" "${main}" --help 2>&1 >&- | cat`;
  const { stdout, stderr } = spawnSync('sh', ['-c', pipeline], { encoding: 'utf8' });
  assert.match(stdout, /^Usage: holdfast train/);
  assert.doesNotMatch(`${stdout}${stderr}`, /^\s+at |node:/m);
});

test('standard output that is full: a sentence and exit 1', { skip: !existsSync('/dev/full') }, () => {
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', `"${process.execPath}" "${main}" train --help > /dev/full`],
    {
      encoding: 'utf8',
    },
  );
  assert.equal(status, 1);
  assert.match(stderr, /^holdfast: standard output: cannot be written \(ENOSPC\)/);
});
