import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HIGH_WORD, LOW_WORD } from './float-bits.ts';

test('float bits: the high word holds sign and exponent, the low word the end of the fraction', () => {
  const words = new Uint32Array(Float64Array.of(-1 - Number.EPSILON).buffer);
  assert.equal(words[HIGH_WORD], 0xbff00000);
  assert.equal(words[LOW_WORD], 1);
});
