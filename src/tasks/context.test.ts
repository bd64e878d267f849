import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import type { Note } from '../learn/context.ts';
import { makeContext } from './context.ts';
import { examplePorts } from './testing/example-task.ts';

test('context: holds the ports, the stream and the signal, if any', () => {
  const random = createRandom(1);
  const context = makeContext(examplePorts, random, []);
  assert.equal(context.random, random);
  assert.equal(context.catalogue, examplePorts.catalogue);
  assert.ok(!('signal' in context));
  const { signal } = new AbortController();
  assert.equal(makeContext({ ...examplePorts, signal }, random, []).signal, signal);
});

test('context: a note that was taken already is not taken again', () => {
  const notes: Note[] = [];
  const context = makeContext(examplePorts, createRandom(1), notes);
  for (const message of ['a is constant', 'b is constant', 'a is constant'])
    context.note({ code: 'x', message });
  assert.deepEqual(
    notes.map(({ message }) => message),
    ['a is constant', 'b is constant'],
  );
});
