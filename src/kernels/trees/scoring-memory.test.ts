import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeImage, workBytes } from './scoring-memory.ts';

const megabytes = 1 << 20;

test('scoring-memory: an image is copied in once, and behind the part to work in', () => {
  const image = new Uint8Array(100).fill(7);
  const { memory, address } = placeImage(image);
  assert.deepEqual(memory.bytes.subarray(address, address + 100), image);
  assert.ok(address >= memory.work + workBytes);
  memory.bytes[address] = 8;
  assert.equal(placeImage(image).address, address);
  assert.equal(placeImage(image).memory.bytes[address], 8);
});

test('scoring-memory: views follow when the memory grows', () => {
  const first = placeImage(new Uint8Array(64).fill(1));
  const large = placeImage(new Uint8Array(4 * megabytes).fill(2));
  assert.equal(large.memory.bytes[large.address + 4 * megabytes - 1], 2);
  assert.equal(large.memory.bytes[first.address], 1);
});

test('scoring-memory: past its limit it begins anew, with the images that are still asked for', () => {
  const kept = new Uint8Array(64).fill(3);
  const before = placeImage(kept).memory.bytes.buffer;
  for (let i = 0; i < 3; i++) placeImage(new Uint8Array(25 * megabytes));
  const { memory, address } = placeImage(kept);
  assert.notEqual(memory.bytes.buffer, before);
  assert.deepEqual(memory.bytes.subarray(address, address + 64), kept);
});
