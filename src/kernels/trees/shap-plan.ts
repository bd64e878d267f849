/**
 * What an explanation needs of a tree beside the row, worked out once: its questions in the order in which products go down and
 * sums come up, the shares of the training rows, and the points of the integral. `row-shap.ts` says what is done with it.
 *
 * O(nodes) a tree, whatever its depth: no call goes down a tree.
 */
import { gaussLegendre } from '../../math/gauss-legendre.ts';
import type { ExplainedTrees } from './explained-trees.ts';

export interface ShapPlan {
  readonly trees: readonly PlannedTree[];
  /** The columns that are asked, each once. */
  readonly asked: Int32Array;
  /** Sum over the trees of their mean value, weighted by cover. */
  readonly base: number;
}

/** A tree that asks something; its questions are numbered, a child behind its parent, those without a question below them last. */
export interface PlannedTree {
  /** Points of the integral and their weights: an even number, at least half as many as the widest way has columns. */
  readonly points: Float64Array;
  readonly weights: Float64Array;
  /** How many questions have another one below them. */
  readonly branches: number;
  /** The node of each question. */
  readonly node: Int32Array;
  /** Where its column stands in `asked`. */
  readonly slot: Int32Array;
  /** The question on the left and on the right; less 1 less the node of a leaf. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Of the rows of the question, the share that goes left and right. */
  readonly leftShare: Float64Array;
  readonly rightShare: Float64Array;
  /**
   * The question above that last asked the same column: twice its number, and 1 more when the way goes on its right; -1
   * where none did. And the share of rows that the questions above it about the column, and it, let through: 1 without any.
   */
  readonly before: Int32Array;
  readonly shareBefore: Float64Array;
}

/** A way that asks more different columns is not explained: the integral would need more than 1,000 points. */
export const mostColumns = 2000;

/** Undefined where a way asks more than 2,000 different columns. */
export function planShap(trees: ExplainedTrees): ShapPlan | undefined {
  const slots = new Map<number, number>();
  const planned: PlannedTree[] = [];
  let base = 0;
  for (let t = 0; t + 1 < trees.roots.length; t++) {
    base += meanOf(trees, trees.roots[t]!, trees.roots[t + 1]!);
    if (trees.feature[trees.roots[t]!]! < 0) continue;
    const tree = planTree(trees, trees.roots[t]!, trees.roots[t + 1]!, slots);
    if (!tree) return undefined;
    planned.push(tree);
  }
  return { trees: planned, asked: Int32Array.from(slots.keys()), base };
}

/** A child stands behind its parent. */
function meanOf({ feature, left, right, value, cover }: ExplainedTrees, root: number, end: number): number {
  const means = new Float64Array(end - root);
  for (let node = end - 1; node >= root; node--) {
    const [l, r] = [left[node]!, right[node]!];
    means[node - root] =
      feature[node]! < 0
        ? value[node]!
        : (cover[l]! * means[l - root]! + cover[r]! * means[r - root]!) / (cover[l]! + cover[r]!);
  }
  return means[0]!;
}

function planTree(
  { feature, left, right, cover }: ExplainedTrees,
  root: number,
  end: number,
  slots: Map<number, number>,
): PlannedTree | undefined {
  const isQuestion = (node: number): boolean => feature[node]! >= 0;
  const isBranch = (node: number): boolean => isQuestion(left[node]!) || isQuestion(right[node]!);
  const questions: number[] = [];
  for (let node = root; node < end; node++) if (isQuestion(node)) questions.push(node);
  const branches = questions.filter(isBranch);
  const order = Int32Array.from([...branches, ...questions.filter((node) => !isBranch(node))]);
  const numberOf = new Int32Array(end - root);
  order.forEach((node, q) => {
    numberOf[node - root] = q;
  });
  const child = (node: number): number => (isQuestion(node) ? numberOf[node - root]! : -1 - node);
  const count = order.length;
  const tree = {
    branches: branches.length,
    node: order,
    slot: new Int32Array(count),
    left: order.map((node) => child(left[node]!)),
    right: order.map((node) => child(right[node]!)),
    leftShare: new Float64Array(count),
    rightShare: new Float64Array(count),
    before: new Int32Array(count),
    shareBefore: new Float64Array(count).fill(1),
  };
  // What a walk from the root, left before right, knows of the way to where it is: which question last asked a slot.
  const last: number[] = [];
  const parents = new Int32Array(count).fill(-1);
  const columns = new Int32Array(count);
  let most = 0;
  const waiting = [child(root)];
  while (waiting.length > 0) {
    const next = waiting.pop()!;
    if (next < 0) {
      const done = -1 - next;
      last[tree.slot[done]!] = tree.before[done]!;
      continue;
    }
    const q = next;
    const parent = parents[q]!;
    if (parent >= 0) last[tree.slot[parent >> 1]!] = parent;
    const node = order[q]!;
    const [l, r] = [cover[left[node]!]!, cover[right[node]!]!];
    tree.leftShare[q] = l / (l + r);
    tree.rightShare[q] = r / (l + r);
    const column = feature[node]!;
    const slot = slots.get(column) ?? slots.size;
    slots.set(column, slot);
    tree.slot[q] = slot;
    const before = last[slot] ?? -1;
    tree.before[q] = before;
    if (before >= 0) {
      const shares = before & 1 ? tree.rightShare : tree.leftShare;
      tree.shareBefore[q] = tree.shareBefore[before >> 1]! * shares[before >> 1]!;
    }
    columns[q] = (parent < 0 ? 0 : columns[parent >> 1]!) + (before < 0 ? 1 : 0);
    most = Math.max(most, columns[q]!);
    waiting.push(-1 - q);
    for (const side of [1, 0]) {
      const below = side === 1 ? tree.right[q]! : tree.left[q]!;
      if (below < 0) continue;
      parents[below] = 2 * q + side;
      waiting.push(below);
    }
  }
  if (most > mostColumns) return undefined;
  const { nodes: points, weights } = gaussLegendre(2 * Math.ceil(most / 4));
  return { ...tree, points, weights };
}

/**
 * At a point t of the integral, with f = t + share (1 - t), where the share is that of the questions about the column
 * before: (1 - t) / f and 1 / f^2. Without any before, f is 1.
 */
export function shapFactors(t: number, shareBefore: number | undefined): readonly [number, number] {
  const rest = 1 - t;
  if (shareBefore === undefined) return [rest, 1];
  const factor = t + shareBefore * rest;
  return [rest / factor, 1 / (factor * factor)];
}
