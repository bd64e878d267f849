import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createArena } from './arena.ts';

test('arena: addresses are multiples of 64, do not meet, begin after the constants and hold zeros', () => {
  const arena = createArena();
  const sizes = [1, 64, 65, 200_000, 3];
  const addresses = sizes.map((bytes) => arena.allocate(bytes));
  assert.ok(addresses[0]! >= 1024);
  addresses.forEach((address, i) => {
    assert.equal(address % 64, 0);
    if (i > 0) assert.ok(address >= addresses[i - 1]! + sizes[i - 1]!);
    assert.ok(new Uint8Array(arena.memory.buffer, address, sizes[i]).every((value) => value === 0));
  });
});

test('arena: more than an address reaches is refused with a code and with who asked, and smaller pieces are still to be had', () => {
  const arena = createArena({ who: 'mlp', lower: 'lower batchSize' });
  for (const bytes of [2 ** 32, 5e9, 1e15]) {
    assert.throws(() => arena.allocate(bytes), {
      code: 'kernels.memory',
      message: /^mlp: \d+ MB more memory are not to be had; lower batchSize, or close other programs$/,
    });
  }
  assert.equal(arena.allocate(100) % 64, 0);
});
