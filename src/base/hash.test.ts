import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256, sha256Stream } from './hash.ts';

test('sha256: the two examples of FIPS 180-2', () => {
  assert.equal(sha256('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  assert.equal(sha256(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('sha256: text and its UTF-8 bytes give the same, piece by piece too', () => {
  const bytes = new TextEncoder().encode('Zürich');
  assert.equal(sha256(bytes), sha256('Zürich'));
  assert.equal(
    sha256Stream().update(bytes.subarray(0, 2)).update(bytes.subarray(2)).digest('hex'),
    sha256(bytes),
  );
});
