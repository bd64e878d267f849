import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createArena } from './arena.ts';
import { kernelName, openKernels, trainingBuild } from './kernel-module.ts';

const onePage = () => new WebAssembly.Memory({ initial: 1, maximum: 1 });

test('kernels: the strict build rounds twice on every machine', () => {
  assert.equal(openKernels('strict', onePage()).roundsOnce(), 0);
});

test('kernels: training takes the relaxed build only where it rounds once', () => {
  const build = trainingBuild();
  assert.equal(openKernels(build, onePage()).roundsOnce(), build === 'relaxed' ? 1 : 0);
});

test('kernels: a name tells build and bytes', () => {
  assert.match(kernelName(), /^(?:relaxed|strict) [0-9a-f]{8}$/);
  assert.notEqual(kernelName('strict').slice(-8), kernelName('relaxed').slice(-8));
});

test('kernels: constants stand before the first address that memory is handed out from', () => {
  for (const build of ['strict', trainingBuild()] as const) {
    const memory = onePage();
    openKernels(build, memory);
    const bytes = new Uint8Array(memory.buffer);
    assert.ok(
      bytes.some((byte) => byte !== 0),
      'there are some',
    );
    assert.ok(bytes.subarray(createArena().allocate(1)).every((byte) => byte === 0));
  }
});
