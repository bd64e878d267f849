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

test('scoring-memory: large images asked by turns stay where they are', () => {
  // Two do not fit one memory.
  const images = [1, 2].map((value) => new Uint8Array(33 * megabytes).fill(value));
  const placed = images.map((image) => placeImage(image));
  images.forEach((image, i) => {
    const { memory, address } = placeImage(image);
    assert.equal(memory.bytes.buffer, placed[i]!.memory.bytes.buffer);
    assert.equal(address, placed[i]!.address);
    assert.equal(memory.bytes[address], i + 1);
  });
});

test('scoring-memory: past its limit the oldest memory is given up, and what is asked for of it copied anew', () => {
  const kept = new Uint8Array(64).fill(3);
  const before = placeImage(kept).memory.bytes.buffer;
  for (let i = 0; i < 4; i++) placeImage(new Uint8Array(33 * megabytes));
  const { memory, address } = placeImage(kept);
  assert.notEqual(memory.bytes.buffer, before);
  assert.deepEqual(memory.bytes.subarray(address, address + 64), kept);
});
