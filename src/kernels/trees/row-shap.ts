/**
 * The same exact SHAP values as `tree-shap.ts`, row by row on one walk through each tree: for deep trees, where hardly
 * two rows share a pattern.
 *
 * At each point t of the integral a node carries the product P of its way's factors o_i t + z_i (1 - t) on the way down,
 * and the sum S of value x product over the leaves below it on the way up. An edge that asks feature i, and has the
 * factor f (before it f'), gives i the integral of (o_i - z_i) S / f - (o'_i - z'_i) S / f': where a deeper edge asks i
 * again, that one takes back what this one said of its leaves. A feature not asked yet has o = z = 1, so its factor
 * is 1 and its term 0.
 *
 * O(rows x nodes x m / 2) for m different features on a way, at most `depth`; the definition costs m times that.
 * Source: Yu et al. 2022, "Linear TreeSHAP", with Gauss-Legendre points in place of interpolation.
 */
import { gaussLegendre } from '../../math/gauss-legendre.ts';
import type { ExplainedTrees, TreeShap } from './tree-shap.ts';

/** Whether a row goes left at a node. */
export type Goes = (row: number, node: number) => boolean;

/** SHAP values summed over all trees. `depth`: most questions on a way of any tree. */
export function rowShap(
  trees: ExplainedTrees,
  goesLeft: Goes,
  rows: number,
  features: number,
  depth: number,
): TreeShap {
  const { nodes: points, weights } = gaussLegendre(Math.max(1, (Math.min(depth, features) + 1) >> 1));
  const levels = () => new Float64Array((depth + 1) * points.length);
  const walk: Walk = {
    ...{ trees, points },
    products: levels(),
    sums: levels(),
    withoutBefore: levels(),
    withoutAfter: levels(),
    known: new Float64Array(features).fill(1),
    shares: new Float64Array(features).fill(1),
    values: new Float64Array(features),
    goesLeft: () => false,
  };
  walk.products.set(weights);
  const values = new Float64Array(rows * features);
  let base = 0;
  for (let t = 0; t + 1 < trees.roots.length; t++) base += meanOf(trees, trees.roots[t]!);
  for (let row = 0; row < rows; row++) {
    walk.goesLeft = (node) => goesLeft(row, node);
    walk.values.fill(0);
    for (let t = 0; t + 1 < trees.roots.length; t++) visit(walk, trees.roots[t]!, 0);
    values.set(walk.values, row * features);
  }
  return { base, values };
}

interface Walk {
  readonly trees: ExplainedTrees;
  /** Where the integral is taken. */
  readonly points: Float64Array;
  /** Level by level, a number a point: products on the way down, the first level being the weights; sums on the way up. */
  readonly products: Float64Array;
  readonly sums: Float64Array;
  /** 1 / f' and 1 / f of the edge that is walked at each level. */
  readonly withoutBefore: Float64Array;
  readonly withoutAfter: Float64Array;
  /** Of each feature on the present way: o and z. */
  readonly known: Float64Array;
  readonly shares: Float64Array;
  /** Of the present row. */
  readonly values: Float64Array;
  goesLeft: (node: number) => boolean;
}

function visit(walk: Walk, node: number, level: number): void {
  const { trees, points, products, sums, withoutBefore, withoutAfter, known, shares, values } = walk;
  const count = points.length;
  const here = level * count;
  const asked = trees.feature[node]!;
  if (asked < 0) {
    const value = trees.value[node]!;
    for (let n = 0; n < count; n++) sums[here + n] = value * products[here + n]!;
    return;
  }
  sums.fill(0, here, here + count);
  const isLeft = walk.goesLeft(node);
  const knownBefore = known[asked]!;
  const shareBefore = shares[asked]!;
  const below = here + count;
  for (let n = 0; n < count; n++) {
    const t = points[n]!;
    // Above 0: t is inside (0, 1) and no way without training rows is ever grown.
    withoutBefore[here + n] = 1 / (knownBefore * t + shareBefore * (1 - t));
  }
  for (let side = 0; side < 2; side++) {
    const child = side === 0 ? trees.left[node]! : trees.right[node]!;
    const knownAfter = (side === 0) === isLeft ? knownBefore : 0;
    const shareAfter = (shareBefore * trees.cover[child]!) / trees.cover[node]!;
    for (let n = 0; n < count; n++) {
      const t = points[n]!;
      const factor = knownAfter * t + shareAfter * (1 - t);
      products[below + n] = products[here + n]! * factor * withoutBefore[here + n]!;
      withoutAfter[here + n] = 1 / factor;
    }
    known[asked] = knownAfter;
    shares[asked] = shareAfter;
    visit(walk, child, level + 1);
    let after = 0;
    let before = 0;
    for (let n = 0; n < count; n++) {
      const sum = sums[below + n]!;
      sums[here + n]! += sum;
      after += sum * withoutAfter[here + n]!;
      before += sum * withoutBefore[here + n]!;
    }
    values[asked]! += (knownAfter - shareAfter) * after - (knownBefore - shareBefore) * before;
  }
  known[asked] = knownBefore;
  shares[asked] = shareBefore;
}

/** The mean value of a tree, weighted by cover. */
function meanOf(trees: ExplainedTrees, node: number): number {
  if (trees.feature[node]! < 0) return trees.value[node]!;
  const [left, right] = [trees.left[node]!, trees.right[node]!];
  return (
    (trees.cover[left]! * meanOf(trees, left) + trees.cover[right]! * meanOf(trees, right)) /
    trees.cover[node]!
  );
}
