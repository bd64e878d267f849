/**
 * A plan made ready for `assembly/row-shap.ts`, with room to work in at its end.
 *
 * Image: head { trees, their offset, offset of what is known of columns, offset of settled factors }; a tree { offset of its
 * questions, bytes of its pairs of points, offset of their weights, end of its branches, end of its questions, offset of
 * products and sums }; a question of 64 bytes as the kernel names its parts; factors of a pair of points { (1 - t) / f,
 * 1 / f^2 }, where f = t + share (1 - t) and the share is that of the questions before.
 */
import type { AskedTrees } from './asked-trees.ts';
import { type ImageBytes, imageBytes } from './image-bytes.ts';
import { mostImageBytes } from './scoring-memory.ts';
import { type PlannedTree, type ShapPlan, shapFactors } from './shap-plan.ts';
import { asksLevels, levelPlaces, levelWord } from './slots.ts';

const headWords = 4;
const treeWords = 8;
const questionWords = 16;
/** What going down leaves for coming up, before a question's products and sums. */
const slotHead = 32;
const pair = 16;

/** Undefined for trees so many that they would fill half of the memory. */
export function shapImage(trees: AskedTrees, { trees: planned }: ShapPlan): Uint8Array | undefined {
  const most = (of: (tree: PlannedTree) => number): number =>
    planned.reduce((all, tree) => Math.max(all, of(tree)), 0);
  const pairsOf = ({ points }: PlannedTree): number => points.length / 2;
  const slotBytes = (tree: PlannedTree): number => slotHead + 2 * pair * pairsOf(tree);
  const workBytes = most((tree) => slotBytes(tree) * tree.node.length);
  const questions = planned.reduce((sum, tree) => sum + tree.node.length, 0);
  // What it takes at least.
  if (4 * questionWords * questions + workBytes > mostImageBytes / 2) return undefined;
  const bytes = imageBytes();
  const head = bytes.reserve(headWords);
  const known = bytes.reserve(1 + most(({ node }) => node.length));
  const unread = bytes.reserve((pair / 4) * most(pairsOf));
  const slots = bytes.reserve(workBytes / 4);
  const settled = bytes.add(factorPairs(most(pairsOf), () => [1, 0]));
  const records = new Uint32Array(treeWords * planned.length);
  const rules = new Map<number, { readonly weights: number; readonly factors: number }>();
  for (let t = 0; t < planned.length; t++) {
    const tree = planned[t]!;
    const pairs = pairsOf(tree);
    const rule = rules.get(pairs) ?? {
      weights: bytes.add(tree.weights),
      factors: bytes.add(factorPairs(pairs, (n) => shapFactors(tree.points[n]!, undefined))),
    };
    rules.set(pairs, rule);
    const at = bytes.reserve(questionWords * tree.node.length);
    const end = at + 4 * questionWords * tree.node.length;
    addQuestions(bytes, trees, tree, { at, slots, slotBytes: slotBytes(tree), unread, fresh: rule.factors });
    if (bytes.size() > mostImageBytes / 2) return undefined;
    records.set(
      [at, pair * pairs, rule.weights, at + 4 * questionWords * tree.branches, end, slots],
      treeWords * t,
    );
  }
  bytes.setWords(head, [planned.length, bytes.add(records), known, settled]);
  return bytes.done();
}

interface Places {
  readonly at: number;
  readonly slots: number;
  readonly slotBytes: number;
  /** Where products go that nobody reads. */
  readonly unread: number;
  /** Factors of a column that was not asked before. */
  readonly fresh: number;
}

function addQuestions(
  bytes: ImageBytes,
  trees: AskedTrees,
  tree: PlannedTree,
  { at, slots, slotBytes, unread, fresh }: Places,
): void {
  const { node, slot, before, shareBefore, points } = tree;
  const pairs = points.length / 2;
  const words = new Uint32Array(questionWords * node.length);
  const numbers = new Float64Array(words.buffer);
  const flags = new Uint8Array(words.buffer);
  const leaves: number[] = [];
  const leavesAt = bytes.size();
  node.forEach((own, q) => {
    const word = questionWords * q;
    const isLevels = asksLevels(trees, own);
    flags[4 * word + 4] = isLevels ? 1 : 0;
    flags[4 * word + 5] = trees.missingLeft?.[own] ?? 0;
    numbers[word / 2 + 1] = isLevels ? 0 : trees.threshold[own]!;
    for (let side = 0; side < 2; side++) {
      const below = side === 0 ? tree.left[q]! : tree.right[q]!;
      const isLeaf = below < 0;
      if (isLeaf) leaves.push(trees.value[-1 - below]!, trees.value[-1 - below]!);
      const products = slots + slotBytes * below + slotHead;
      flags[4 * word + 6 + side] = isLeaf ? 0 : pair;
      words[word + 12 + side] = isLeaf ? unread : products;
      words[word + 14 + side] = isLeaf ? leavesAt + 8 * (leaves.length - 2) : products + pair * pairs;
    }
    words[word] = pair * slot[q]!;
    words[word + 4] = before[q]! + 1;
    numbers[word / 2 + 3] = tree.leftShare[q]!;
    numbers[word / 2 + 4] = tree.rightShare[q]!;
    numbers[word / 2 + 5] = shareBefore[q]!;
  });
  bytes.add(Float64Array.from(leaves));
  node.forEach((own, q) => {
    const word = questionWords * q;
    if (asksLevels(trees, own)) words[word + 2] = bytes.add(levelBits(trees, own));
    words[word + 5] =
      before[q]! < 0 ? fresh : bytes.add(factorPairs(pairs, (n) => shapFactors(points[n]!, shareBefore[q]!)));
  });
  bytes.setWords(at, words);
}

/** Both factors of each pair of points: the first of either point, then the second. */
function factorPairs(pairs: number, factorsOf: (point: number) => readonly [number, number]): Float64Array {
  const all = new Float64Array(4 * pairs);
  for (let n = 0; n < 2 * pairs; n++) {
    const [first, second] = factorsOf(n);
    const at = 4 * (n >> 1) + (n & 1);
    all[at] = first;
    all[at + 2] = second;
  }
  return all;
}

const levelBits = (trees: AskedTrees, node: number): Uint32Array =>
  Uint32Array.from({ length: levelPlaces / 32 }, (_, word) => levelWord(trees, node, word));
