import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom, type Random, randomAt } from './random.ts';

const draw = <T>(count: number, next: () => T): T[] => Array.from({ length: count }, () => next());
const path = fc.string({ maxLength: 12 });

test('random: the numbers of seed 42 never change', () => {
  // Frozen from the first release: saved models and splits are repeated from them.
  const random = createRandom(42);
  assert.deepEqual(draw(4, random.uint32), [4274680158, 2992982757, 2652309920, 2370565132]);
  assert.deepEqual(draw(3, random.uniform), [0.23904835826461412, 0.15053766619017117, 0.16876730921101613]);
  assert.deepEqual(
    draw(3, () => random.normal()),
    [-2.0355978985599252, -1.9069304190173204, 1.9139482230672864],
  );
  assert.deepEqual(
    draw(5, () => random.integer(100)),
    [17, 54, 23, 25, 58],
  );
  assert.deepEqual(random.shuffle([0, 1, 2, 3, 4, 5, 6, 7]), [1, 6, 3, 2, 0, 5, 4, 7]);
  assert.deepEqual(draw(2, random.fork('forest').fork('tree', 3).uint32), [840531771, 1606296239]);
});

test('random: a path reads as it was forked', () => {
  assert.equal(createRandom(42).fork('forest').fork('tree', 3).path, '42/forest/tree:3');
});

test('random: for any path, the stream at the path is the forked stream', () => {
  fc.assert(
    fc.property(fc.integer(), path, fc.nat(), (seed, name, index) => {
      const forked = createRandom(seed).fork(name, index);
      assert.deepEqual(draw(8, randomAt(forked.path).uint32), draw(8, forked.uint32));
    }),
  );
});

test('random: for any number of draws, a fork is the same before and after them', () => {
  fc.assert(
    fc.property(fc.integer(), path, fc.nat({ max: 50 }), (seed, name, drawn) => {
      const parent = createRandom(seed);
      const before = draw(4, parent.fork(name).uint32);
      draw(drawn, parent.uint32);
      assert.deepEqual(draw(4, parent.fork(name).uint32), before);
    }),
  );
});

test('random: drawing from a fork leaves its parent as it was', () => {
  const alone = createRandom(1);
  const parent = createRandom(1);
  draw(10, parent.fork('child').uint32);
  assert.deepEqual(draw(5, parent.uint32), draw(5, alone.uint32));
});

test('random: neighbouring seeds, names and indexes share nothing', () => {
  const streams = [
    ...Array.from({ length: 200 }, (_, seed) => createRandom(seed)),
    ...Array.from({ length: 200 }, (_, index) => createRandom(0).fork('tree', index)),
    ...[...'abcdefghij'].map((name) => createRandom(0).fork(name)),
  ];
  const words = new Set(streams.flatMap((random) => draw(4, random.uint32)));
  // 1,640 words of 2^32: one clash in a thousand such sets by chance.
  assert.ok(words.size >= streams.length * 4 - 1);
  const gaps = streams.slice(1).map((random, i) => correlation(random, streams[i]!));
  // The standard error of a correlation of 200 pairs is 0.071: the largest of 409 stays below 4.5 of them.
  assert.ok(Math.max(...gaps.map(Math.abs)) < 0.32);
});

test('random: uniform numbers fill [0, 1) evenly', () => {
  const random = createRandom(5).fork('uniform');
  const counts = new Int32Array(100);
  for (let i = 0; i < 100_000; i++) {
    const value = random.uniform();
    assert.ok(value >= 0 && value < 1);
    counts[Math.floor(value * 100)]!++;
  }
  assertEven(counts, 1000);
});

test('random: integers fill their range evenly, also where 2^32 is no multiple of the bound', () => {
  const random = createRandom(5).fork('integer');
  const counts = new Int32Array(7);
  for (let i = 0; i < 70_000; i++) counts[random.integer(7)]!++;
  assertEven(counts, 10_000);
  const wide = 3 * 2 ** 30;
  const low = draw(20_000, () => random.integer(wide)).filter((value) => value < wide / 2).length;
  // A biased draw would put two thirds into the lower half here.
  assert.ok(Math.abs(low - 10_000) < 300, `${low} of 20000`);
});

test('random: for any bound, an integer is whole and below it', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 4294967296 }), (seed, bound) => {
      const value = createRandom(seed).integer(bound);
      assert.ok(Number.isInteger(value) && value >= 0 && value < bound);
    }),
  );
});

test('random: every bit of a word is set half the time', () => {
  const random = createRandom(11);
  const counts = new Int32Array(32);
  for (let i = 0; i < 20_000; i++) {
    const word = random.uint32();
    for (let bit = 0; bit < 32; bit++) counts[bit]! += (word >>> bit) & 1;
  }
  // The standard error is 71: four and a half of them.
  for (const [bit, count] of counts.entries())
    assert.ok(Math.abs(count - 10_000) < 320, `bit ${bit}: ${count}`);
});

test('random: normal numbers have mean 0, deviation 1, symmetric tails', () => {
  const random = createRandom(9);
  const values = draw(50_000, () => random.normal());
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  const fourth = values.reduce((sum, value) => sum + value ** 4, 0) / values.length;
  assert.ok(Math.abs(mean) < 0.02, `mean ${mean}`);
  assert.ok(Math.abs(square - 1) < 0.03, `variance ${square}`);
  assert.ok(Math.abs(fourth - 3) < 0.2, `fourth moment ${fourth}`);
  const beyond = values.filter((value) => Math.abs(value) > 1.959964).length / values.length;
  assert.ok(Math.abs(beyond - 0.05) < 0.005, `share beyond 1.96: ${beyond}`);
});

test('random: for any array, a shuffle keeps its items', () => {
  fc.assert(
    fc.property(fc.integer(), fc.array(fc.integer()), (seed, items) => {
      const shuffled = createRandom(seed).shuffle([...items]);
      assert.deepEqual(shuffled.toSorted(), items.toSorted());
    }),
  );
});

test('random: for any seed, whole numbers are shuffled as any list is, and the stream goes on alike', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 300 }), (seed, length) => {
      const [ofNumbers, ofList] = [createRandom(seed), createRandom(seed)];
      const items = Array.from({ length }, (_, i) => i);
      assert.deepEqual([...ofNumbers.shuffle(Int32Array.from(items))], ofList.shuffle(items));
      assert.equal(ofNumbers.uint32(), ofList.uint32());
    }),
  );
});

test('random: a shuffle puts every item everywhere equally often', () => {
  const random = createRandom(2);
  const counts = new Int32Array(25);
  for (let i = 0; i < 10_000; i++) {
    const order = random.shuffle(Int32Array.of(0, 1, 2, 3, 4));
    for (const [place, item] of order.entries()) counts[place * 5 + item]!++;
  }
  assertEven(counts, 2000);
});

/** Chi-squared against equal counts, refused beyond the mean by five standard deviations. */
function assertEven(counts: Int32Array, due: number): void {
  const chi = counts.reduce((sum, count) => sum + (count - due) ** 2 / due, 0);
  const freedom = counts.length - 1;
  assert.ok(
    chi < freedom + 5 * Math.sqrt(2 * freedom),
    `chi-squared ${chi} with ${freedom} degrees of freedom`,
  );
}

function correlation(one: Random, other: Random): number {
  let sum = 0;
  for (let i = 0; i < 200; i++) sum += (one.uniform() - 0.5) * (other.uniform() - 0.5) * 12;
  return sum / 200;
}
