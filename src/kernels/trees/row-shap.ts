/**
 * Exact path-dependent SHAP values of trees: how much each feature moves one prediction away from the average. Row by row,
 * down and up each tree once.
 *
 * A feature that is "not known" sends a row both ways in proportion to the training rows of each way (`cover`). For a
 * leaf of value v whose way asks m different features, feature i with z_i = the product of its cover shares on the way and
 * o_i = 1 when the row agrees with all its questions, else 0, gets
 *
 *     v x (o_i - z_i) x integral over t in [0, 1] of the product over j != i of (o_j t + z_j (1 - t)),
 *
 * which Gauss-Legendre with ceil(m / 2) points gives exactly. At each point a question has the product P of the factors
 * o t + z (1 - t) of the features above it, and the sum S of value x product of the factors below it over its leaves. With w
 * the share of rows on the side where the row does not go, and D = w (S of the row's side - S of the other):
 *
 *     a feature not asked above: S = S of the row's side - (1 - t) D; the feature gets the integral of P D;
 *     asked above, and the row agreed, z the share before, f = t + z (1 - t): w is z times as large,
 *         S = S of the row's side - (1 - t) / f D, the feature gets the integral of P D / f^2;
 *     asked above, and the row did not agree: S = S of the row's side - D, the feature gets nothing.
 *
 * The other side's P is P w times the factor that D has in S; the row's side has what is left of P.
 *
 * The values of a row sum to its prediction less the mean prediction over covers, within rounding. Cost:
 * O(rows x questions x m / 2).
 * Sources: Lundberg et al. 2020, "From local explanations to global understanding" (path-dependent values); Yu et al. 2022,
 * "Linear TreeSHAP". Matches shap.TreeExplainer(feature_perturbation='tree_path_dependent').
 */
import type { ExplainedTrees, TreeShap } from './explained-trees.ts';
import { type PlannedTree, type ShapPlan, shapFactors } from './shap-plan.ts';

/** Whether a row goes left at a node. */
export type Goes = (row: number, node: number) => boolean;

/** SHAP values summed over all trees of the plan. */
export function rowShap(
  { value }: ExplainedTrees,
  plan: ShapPlan,
  goesLeft: Goes,
  rows: number,
  features: number,
): TreeShap {
  const values = new Float64Array(rows * features);
  // Every other point adds to its own sum, as the kernel's two lanes do.
  const sums = new Float64Array(2 * plan.asked.length * rows);
  for (const tree of plan.trees) {
    const walk: Walk = {
      ...{ tree, value },
      isLeft: new Uint8Array(tree.node.length),
      agrees: new Uint8Array(tree.node.length),
      products: new Float64Array(tree.node.length * tree.points.length),
      belows: new Float64Array(tree.node.length * tree.points.length),
    };
    for (let row = 0; row < rows; row++) {
      tree.node.forEach((node, q) => {
        walk.isLeft[q] = goesLeft(row, node) ? 1 : 0;
      });
      goDown(walk);
      comeUp(walk, sums.subarray(2 * plan.asked.length * row));
    }
  }
  for (let row = 0, at = 0; row < rows; row++)
    for (const asked of plan.asked) {
      values[row * features + asked] = sums[at]! + sums[at + 1]!;
      at += 2;
    }
  return { base: plan.base, values };
}

interface Walk {
  readonly tree: PlannedTree;
  readonly value: Float64Array;
  /** Of each question: whether the row goes left, and whether it agreed with those before about the same column. */
  readonly isLeft: Uint8Array;
  readonly agrees: Uint8Array;
  /** P and S of each question, a number a point. */
  readonly products: Float64Array;
  readonly belows: Float64Array;
}

/** w: the share of the rows on the other side. */
function weightOf({ tree, isLeft, agrees }: Walk, q: number): number {
  const share = isLeft[q] ? tree.rightShare[q]! : tree.leftShare[q]!;
  return agrees[q] ? share * tree.shareBefore[q]! : share;
}

function factorsOf({ tree, agrees }: Walk, q: number, n: number): readonly [number, number] {
  if (!agrees[q]) return [1, 0];
  return shapFactors(tree.points[n]!, tree.before[q]! < 0 ? undefined : tree.shareBefore[q]!);
}

function goDown(walk: Walk): void {
  const { tree, isLeft, agrees, products } = walk;
  const count = tree.points.length;
  products.set(tree.weights);
  for (let q = 0; q < tree.node.length; q++) {
    const before = tree.before[q]!;
    const wentOn = before < 0 || (isLeft[before >> 1] === 1) === (before % 2 === 0);
    agrees[q] = wentOn && (before < 0 || agrees[before >> 1] === 1) ? 1 : 0;
    const [own, other] = isLeft[q] ? [tree.left[q]!, tree.right[q]!] : [tree.right[q]!, tree.left[q]!];
    const weight = weightOf(walk, q);
    for (let n = 0; n < count; n++) {
      const product = products[count * q + n]!;
      const part = product * (weight * factorsOf(walk, q, n)[0]);
      if (other >= 0) products[count * other + n] = part;
      if (own >= 0) products[count * own + n] = product - part;
    }
  }
}

/** Adds to the sums, two a slot. Questions without another below them come first, in their order, then the others back. */
function comeUp(walk: Walk, sums: Float64Array): void {
  const { tree, isLeft, value, products, belows } = walk;
  const count = tree.points.length;
  const sumOf = (child: number, n: number): number =>
    child < 0 ? value[-1 - child]! : belows[count * child + n]!;
  const visit = (q: number): void => {
    const [own, other] = isLeft[q] ? [tree.left[q]!, tree.right[q]!] : [tree.right[q]!, tree.left[q]!];
    const weight = weightOf(walk, q);
    const effect: [number, number] = [0, 0];
    for (let n = 0; n < count; n++) {
      const factors = factorsOf(walk, q, n);
      const apart = weight * (sumOf(own, n) - sumOf(other, n));
      effect[n & 1]! += products[count * q + n]! * (apart * factors[1]);
      belows[count * q + n] = sumOf(own, n) - apart * factors[0];
    }
    sums[2 * tree.slot[q]!]! += effect[0];
    sums[2 * tree.slot[q]! + 1]! += effect[1];
  };
  for (let q = tree.branches; q < tree.node.length; q++) visit(q);
  for (let q = tree.branches - 1; q >= 0; q--) visit(q);
}
