import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asCalled, calledStreams } from './as-called.ts';

const commands = ['init', 'train', 'models'];
const called = (text: string, name = './holdfast'): string => asCalled(text, name, commands);

test('as called: the name before a command is the one that was called', () => {
  assert.equal(
    called('run holdfast init DATA --target COLUMN, or holdfast models register FILE'),
    'run ./holdfast init DATA --target COLUMN, or ./holdfast models register FILE',
  );
  assert.equal(called('run holdfast train', "'/a $& b/holdfast'"), "run '/a $& b/holdfast' train");
});

test('as called: other sentences about Holdfast, and names that were called already, stay', () => {
  for (const text of [
    'holdfast: customers.csv: there is no such file',
    'holdfast met a defect of its own',
    'holdfast training',
    'Read it, then: ./holdfast train holdfast.yaml',
    "'/a b/holdfast' train",
  ])
    assert.equal(called(text), text);
  assert.equal(called('npx holdfast train', 'npx holdfast'), 'npx holdfast train');
  assert.equal(called('run holdfast train', 'holdfast'), 'run holdfast train');
});

test('called streams: people read the called name, JSON keeps the plain one', () => {
  const written = { stdout: '', stderr: '' };
  const to = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  for (const json of [false, true]) {
    const streams = calledStreams(
      { stdout: to('stdout'), stderr: to('stderr') },
      './holdfast',
      commands,
      json,
    );
    streams.stdout.write('run holdfast train\n');
    streams.stderr.write('run holdfast train\n');
  }
  assert.equal(written.stdout, 'run ./holdfast train\nrun holdfast train\n');
  assert.equal(written.stderr, 'run ./holdfast train\nrun ./holdfast train\n');
});
