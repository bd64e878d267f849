import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { type Guarded, guardProcess } from './guard.ts';

function fake() {
  const seen = { stderr: '', exits: [] as number[] };
  const stdout = new EventEmitter();
  const stderr = Object.assign(new EventEmitter(), {
    write: (text: string) => {
      seen.stderr += text;
      return true;
    },
  });
  const watched = Object.assign(new EventEmitter(), {
    stdout,
    stderr,
    env: {},
    exitCode: undefined as number | undefined,
    exit: (code: number) => seen.exits.push(code),
  });
  guardProcess(watched as unknown as Guarded);
  const endsWith = (exit: number): number | undefined => {
    watched.exitCode = exit;
    watched.emit('exit');
    return watched.exitCode;
  };
  return { seen, watched, stdout, stderr, endsWith };
}

const systemError = (code: string): Error => Object.assign(new Error(`write ${code}`), { code });

test('guard: a reader that went away turns done into 141, without a word', () => {
  const { seen, stdout, stderr, endsWith } = fake();
  stderr.emit('error', systemError('EPIPE'));
  assert.equal(endsWith(0), 0);
  stdout.emit('error', systemError('EPIPE'));
  assert.equal(seen.stderr, '');
  assert.deepEqual([0, 1, 3].map(endsWith), [141, 1, 3]);
});

test('guard: standard output that cannot be written turns done into failed, with a sentence', () => {
  const { seen, stdout, endsWith } = fake();
  stdout.emit('error', systemError('ENOSPC'));
  assert.match(
    seen.stderr,
    /^holdfast: standard output: cannot be written \(ENOSPC\); .* \[output\.unwritable\]\n$/,
  );
  assert.deepEqual([0, 3].map(endsWith), [1, 3]);
});

test('guard: a defect thrown outside any command is one line without a stack, exit 1', () => {
  const { seen, watched } = fake();
  watched.emit('uncaughtException', new TypeError('lost'));
  assert.match(
    seen.stderr,
    /^holdfast: holdfast met a defect of its own \(TypeError: lost\).*\[internal\.defect\]\n$/,
  );
  assert.deepEqual(seen.exits, [1]);
});
