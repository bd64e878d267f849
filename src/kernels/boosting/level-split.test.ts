import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noSplit, type SplitLimits, type SplitNode, sideScore } from './find-split.ts';
import { considerLevel, type LevelNode, levelsOf, noQuestion, takenScore } from './level-split.ts';

const limits: SplitLimits = {
  ...{ minLeaf: 1, leastBend: 1e-3, l1: 0, l2: 1, support: 10, isBounded: false },
};

/** Slope, bend and count of each bin, that of missing values last. */
type Bins = readonly (readonly [number, number, number])[];

function nodeOf(bins: Bins): LevelNode {
  const sum = (at: 0 | 1 | 2): number => bins.reduce((total, bin) => total + bin[at], 0);
  const sums: SplitNode = {
    ...{ slope: sum(0), bend: sum(1), count: sum(2) },
    ...{ lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY },
  };
  return { ...sums, cost: sideScore(sums.slope, sums.bend, limits, sums), split: noSplit(sums, limits) };
}

const histogram = (bins: Bins): Float64Array => Float64Array.from(bins.flat());
const number = { feature: 4, isCategory: false, way: 0, hasMissing: false };

function questionOf(leaves: readonly Bins[], asked: typeof number, own = limits) {
  const question = noQuestion();
  considerLevel(leaves.map(nodeOf), leaves.map(histogram), asked, own, question);
  return question;
}

test('level-split: levels are as many as leaves and depth have room for', () => {
  const of = (maxLeaves: number, maxDepth: number) => levelsOf({ maxLeaves, maxDepth });
  assert.deepEqual([of(2, 9), of(8, 9), of(31, 9), of(32, 9), of(64, 3)], [1, 3, 4, 5, 3]);
});

test('level-split: the question is that by which all leaves gain most together, not the best of one', () => {
  // The first leaf alone would be cut behind bin 0, both together behind bin 1.
  const first: Bins = [
    [-6, 4, 4],
    [1, 4, 4],
    [5, 4, 4],
    [0, 0, 0],
  ];
  const second: Bins = [
    [-8, 4, 4],
    [-8, 4, 4],
    [9, 4, 4],
    [0, 0, 0],
  ];
  assert.equal(questionOf([first], number).bin, 0);
  const both = questionOf([first, second], number);
  assert.deepEqual([both.feature, both.bin, both.isMissingLeft], [4, 1, false]);
  const gain = (left: number, right: number, leftBend: number, rightBend: number) =>
    left ** 2 / (leftBend + 1) +
    right ** 2 / (rightBend + 1) -
    (left + right) ** 2 / (leftBend + rightBend + 1);
  assert.ok(Math.abs(both.score - gain(-5, 5, 8, 4) - gain(-16, 9, 8, 4)) < 1e-12);
});

test('level-split: missing values go to the same side in all leaves, also where bins before them are empty', () => {
  const asked = { ...number, hasMissing: true };
  const first: Bins = [
    [-6, 4, 4],
    [6, 4, 4],
    [-6, 4, 4],
  ];
  const second: Bins = [
    [0, 0, 0],
    [5, 4, 4],
    [-5, 4, 4],
  ];
  const { bin, isMissingLeft } = questionOf([first, second], asked);
  assert.deepEqual([bin, isMissingLeft], [0, true]);
});

test('level-split: a leaf that may not be cut so, or gains nothing, adds nothing and does not take the question', () => {
  const large: Bins = [
    [-6, 4, 40],
    [6, 4, 40],
    [0, 0, 0],
  ];
  const small: Bins = [
    [-9, 4, 3],
    [9, 4, 3],
    [0, 0, 0],
  ];
  const alike: Bins = [
    [0, 4, 40],
    [0, 4, 40],
    [0, 0, 0],
  ];
  const own = { ...limits, minLeaf: 20 };
  const question = questionOf([large, small, alike], number, own);
  assert.equal(question.score, questionOf([large], number, own).score);
  const taken = [large, small, alike].map((bins) =>
    takenScore(nodeOf(bins), histogram(bins), question, 0, own),
  );
  assert.deepEqual(
    taken.map((score) => score !== undefined),
    [true, false, false],
  );
  assert.equal(questionOf([small, alike], number, own).feature, -1);
});

test('level-split: of a category one level is parted from the rest, missing as well', () => {
  const asked = { ...number, isCategory: true };
  const bins: Bins = [
    [-2, 4, 4],
    [9, 4, 4],
    [-3, 4, 4],
    [-4, 4, 4],
  ];
  const level = questionOf([bins], asked);
  assert.deepEqual([level.bin, [...level.levels.subarray(0, 2)], level.isMissingLeft], [-1, [2, 0], false]);
  const missing = questionOf(
    [
      [
        [-2, 4, 4],
        [-3, 4, 4],
        [9, 4, 4],
      ],
    ],
    asked,
  );
  assert.deepEqual([[...missing.levels.subarray(0, 1)], missing.isMissingLeft], [[0], true]);
  assert.ok(takenScore(nodeOf(bins), histogram(bins), level, 0, limits)! > 0);
});

test('level-split: a given way holds in each leaf', () => {
  const own = { ...limits, isBounded: true };
  const rising: Bins = [
    [6, 4, 4],
    [-6, 4, 4],
    [0, 0, 0],
  ];
  const falling: Bins = [
    [-9, 4, 4],
    [9, 4, 4],
    [0, 0, 0],
  ];
  const asked = { ...number, way: 1 };
  const question = questionOf([rising, falling], asked, own);
  assert.equal(question.score, questionOf([rising], asked, own).score);
  assert.equal(takenScore(nodeOf(falling), histogram(falling), question, 1, own), undefined);
});
