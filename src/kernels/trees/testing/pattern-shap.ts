/**
 * Exact path-dependent SHAP values of trees: how much each feature moves one prediction away from the average.
 *
 * A feature that is "not known" sends a row both ways in proportion to the training rows of each way (`cover`). For a
 * leaf of value v whose path asks m different features, feature i with z_i = the product of its cover shares on the
 * path and o_i = 1 when the row agrees with all its questions, else 0, gets
 *
 *     v x (o_i - z_i) x integral over t in [0, 1] of the product over j != i of (o_j t + z_j (1 - t)),
 *
 * since the integral of t^k (1 - t)^(m - 1 - k) is the Shapley weight k! (m - 1 - k)! / m!. The product is a polynomial of
 * degree m - 1, so Gauss-Legendre with ceil(m / 2) points is exact. Which features a row agrees with is one bit pattern,
 * carried from node to node on the way down; rows of the same pattern share one answer a leaf, which is remembered.
 *
 * The values of a row sum to its prediction less the mean prediction over covers, within rounding. Cost:
 * O(rows x (nodes + leaves x m)), and O(m^2) for each new pattern of a leaf.
 * Sources: Lundberg et al. 2020, "From local explanations to global understanding" (path-dependent values); the integral
 * as in Yu et al. 2022, "Linear TreeSHAP". Matches shap.TreeExplainer(feature_perturbation='tree_path_dependent').
 */
import { gaussLegendre } from '../../../math/gauss-legendre.ts';
import type { ExplainedTrees, TreeShap } from '../explained-trees.ts';

/** Writes for every row whether it goes left (1) or right (0) at a node. */
export type Directions = (node: number, goesLeft: Uint8Array) => void;

/** SHAP values summed over all trees. */
export function patternShap(
  trees: ExplainedTrees,
  directions: Directions,
  rows: number,
  features: number,
): TreeShap {
  const work: Work = {
    trees,
    directions,
    rows,
    features,
    values: new Float64Array(rows * features),
    patterns: [],
    base: 0,
  };
  for (let t = 0; t + 1 < trees.roots.length; t++) {
    descend(work, trees.roots[t]!, { share: 1, features: [], shares: [] }, patternAt(work, 0));
  }
  return { base: work.base, values: work.values };
}

interface Work {
  readonly trees: ExplainedTrees;
  readonly directions: Directions;
  readonly rows: number;
  readonly features: number;
  readonly values: Float64Array;
  /** For each level of the way down: bit i of a row is set when it agrees with feature i of the way. */
  readonly patterns: Uint32Array[];
  base: number;
}

/** The way from the root to a node. */
interface Way {
  /** Share of the training rows that come this way. */
  readonly share: number;
  /** The different features asked so far, at most 32. */
  readonly features: readonly number[];
  /** For each of them the product of its cover shares. */
  readonly shares: readonly number[];
}

/** A way that asks more different features than a pattern has bits is refused: no sensible tree is that deep. */
export const mostFeatures = 32;

function patternAt(work: Work, level: number): Uint32Array {
  work.patterns[level] ??= new Uint32Array(work.rows);
  return work.patterns[level];
}

function descend(work: Work, node: number, way: Way, pattern: Uint32Array, level = 0): void {
  const { trees, rows } = work;
  const asked = trees.feature[node]!;
  if (asked < 0) {
    work.base += trees.value[node]! * way.share;
    if (way.features.length > 0) addLeaf(work, way, trees.value[node]!, pattern);
    return;
  }
  const known = way.features.indexOf(asked);
  const slot = known < 0 ? way.features.length : known;
  if (slot >= mostFeatures)
    throw new RangeError(`tree-shap: a path asks more than ${mostFeatures} different features`);
  const bit = (1 << slot) >>> 0;
  const goesLeft = new Uint8Array(rows);
  work.directions(node, goesLeft);
  const below = patternAt(work, level + 1);
  for (const left of [1, 0] as const) {
    const child = left === 1 ? trees.left[node]! : trees.right[node]!;
    const part = trees.cover[child]! / trees.cover[node]!;
    for (let row = 0; row < rows; row++) {
      const before = known < 0 ? pattern[row]! | bit : pattern[row]!;
      below[row] = goesLeft[row] === left ? before : before & ~bit;
    }
    descend(
      work,
      child,
      {
        share: way.share * part,
        features: known < 0 ? [...way.features, asked] : way.features,
        shares:
          known < 0
            ? [...way.shares, part]
            : way.shares.map((share, i) => (i === known ? share * part : share)),
      },
      below,
      level + 1,
    );
  }
}

/** Up to this many features a leaf remembers its answers in a plain array, beyond in a map. */
const denseFeatures = 12;
/** For fewer rows than a share of the patterns, clearing the array would cost more than the map. */
const densePatternsPerRow = 4;

function addLeaf(
  { values, rows, features: width }: Work,
  way: Way,
  value: number,
  pattern: Uint32Array,
): void {
  const asked = way.features.length;
  const features = Int32Array.from(way.features);
  const dense = asked <= denseFeatures && 1 << asked <= densePatternsPerRow * rows;
  const placeOf = dense ? new Int32Array(1 << asked).fill(-1) : undefined;
  const places = dense ? undefined : new Map<number, number>();
  const answers: Float64Array[] = [];
  for (let row = 0; row < rows; row++) {
    const key = pattern[row]!;
    let place = placeOf ? placeOf[key]! : (places!.get(key) ?? -1);
    if (place < 0) {
      place = answers.length;
      if (placeOf) placeOf[key] = place;
      else places!.set(key, place);
      answers.push(leafParts(way, value, key));
    }
    const parts = answers[place]!;
    const at = row * width;
    for (let i = 0; i < asked; i++) values[at + features[i]!]! += parts[i]!;
  }
}

/** What each feature of a leaf's way contributes to a row of this pattern. */
function leafParts({ shares }: Way, value: number, pattern: number): Float64Array {
  const asked = shares.length;
  const parts = new Float64Array(asked);
  const { nodes, weights } = gaussLegendre((asked + 1) >> 1);
  const factors = new Float64Array(asked);
  for (let n = 0; n < nodes.length; n++) {
    const t = nodes[n]!;
    let product = weights[n]!;
    for (let j = 0; j < asked; j++) {
      // Above 0: t is inside (0, 1) and no way without training rows is ever grown.
      factors[j] = ((pattern >>> j) & 1) * t + shares[j]! * (1 - t);
      product *= factors[j]!;
    }
    for (let i = 0; i < asked; i++) parts[i]! += product / factors[i]!;
  }
  for (let i = 0; i < asked; i++) parts[i]! *= value * (((pattern >>> i) & 1) - shares[i]!);
  return parts;
}
