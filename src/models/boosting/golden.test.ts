/** LightGBM's own trees, with missing values and levels, scored and explained as LightGBM does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, readGolden } from '../../../golden/compare.ts';
import { type BoostedTrees, boostedSums } from './boosted-trees.ts';
import { boostedContributions } from './contributions.ts';

type Numbers = readonly number[];

interface Golden {
  readonly trees: {
    readonly [Key in 'roots' | 'feature' | 'threshold' | 'left' | 'right' | 'value' | 'cover']: Numbers;
  } & { readonly missingLeft: Numbers; readonly levels: readonly Numbers[] };
  /** null is missing. */
  readonly rows: readonly (readonly (number | null)[])[];
  readonly raw: Numbers;
  readonly base: number;
  readonly values: readonly Numbers[];
}

const golden = readGolden<Golden>('tree-shap');
const names = ['a', 'b', 'c', 'd', 'level'];
const matrix = {
  rows: golden.rows.length,
  columns: names.length,
  values: Float64Array.from(golden.rows.flat(), (value) => value ?? Number.NaN),
};

function treesOf({ levels, ...arrays }: Golden['trees']): BoostedTrees {
  const levelSets: number[] = [];
  const levelSetAt = levels.map((left) => {
    if (left.length === 0) return -1;
    const set = new Uint32Array(8);
    for (const level of left) set[level >> 5]! |= 1 << (level & 31);
    return levelSets.push(...set) - set.length;
  });
  return {
    roots: Int32Array.from(arrays.roots),
    feature: Int32Array.from(arrays.feature),
    threshold: Float64Array.from(arrays.threshold),
    left: Int32Array.from(arrays.left),
    right: Int32Array.from(arrays.right),
    value: Float64Array.from(arrays.value),
    cover: Float64Array.from(arrays.cover),
    missingLeft: Uint8Array.from(arrays.missingLeft),
    gain: new Float64Array(arrays.feature.length),
    levelSetAt: Int32Array.from(levelSetAt),
    levelSets: Uint32Array.from(levelSets),
  };
}

const trees = treesOf(golden.trees);

test('golden: the trees ask for levels and missing values, so that the comparison is worth something', () => {
  assert.ok(trees.levelSetAt.some((at) => at >= 0));
  assert.ok(trees.missingLeft.includes(1));
  assert.ok(matrix.values.some(Number.isNaN));
});

test("golden: raw scores are LightGBM's to the bit", () => {
  assert.deepEqual([...boostedSums(trees, matrix)], [...golden.raw]);
});

test("golden: contributions and base are LightGBM's pred_contrib within 1e-12", () => {
  const { base, values } = boostedContributions(0, trees, names, matrix);
  assertClose(base, golden.base, { absolute: 1e-12, reason: 'other order of the same sums' });
  const ours = golden.rows.map((_, row) => values.slice(row * names.length, (row + 1) * names.length));
  assertClose(ours, golden.values, { absolute: 1e-12, reason: 'other order of the same sums' });
});
