/**
 * Trees made ready for `assembly/tree-walk.ts`: a node has 16 bytes, both children stand side by side, and a leaf points at
 * itself, so that a walk may take more steps than it needs.
 *
 * Image: head { slots, their offset, trees, their offset, offset of the nodes, offset of the values, 1 for levels }; a tree
 * { its root from the first node on, its depth }; a node { slot in bytes of a word, last place that goes left in bytes
 * of a word, how far its left child is, offset of its levels or 0 }.
 */
import type { AskedTrees } from './asked-trees.ts';
import { imageBytes } from './image-bytes.ts';
import { addSlots, asksLevels, goesLeftAt, levelPlaces, slotsOf, thresholdOf } from './slots.ts';
import type { TreeImage } from './tree-image.ts';

const headWords = 7;
const nodeWords = 4;
/** A bit a level and one for missing values. */
const setWords = levelPlaces / 32 + 1;
/** Every place goes left. */
const always = 0xffff_ffff;

export function walkImage(trees: AskedTrees): TreeImage {
  const { roots, feature, left, missingLeft } = trees;
  const count = roots.length - 1;
  const slots = slotsOf(trees, (node) => {
    if (asksLevels(trees, node)) return 'levels';
    return missingLeft?.[node] === 1 ? 'missing-first' : 'missing-last';
  });
  const bytes = imageBytes();
  const head = bytes.reserve(headWords);
  const slotsAt = addSlots(bytes, slots.all);
  const ranks = slots.all.map(
    ({ thresholds }) => new Map([...thresholds].map((value, rank) => [value, rank])),
  );
  const order = inPairs(trees);
  const nodes = new Uint32Array(nodeWords * order.length);
  const values = new Float64Array(order.length);
  const placeOf = new Int32Array(feature.length);
  order.forEach((node, place) => {
    placeOf[node] = place;
  });
  let hasLevels = 0;
  order.forEach((node, place) => {
    values[place] = trees.value[node]!;
    const at = nodeWords * place;
    if (feature[node]! < 0) {
      nodes[at + 1] = always;
      return;
    }
    const slot = slots.of(node);
    const { kind } = slots.all[slot]!;
    nodes[at] = 4 * slot;
    nodes[at + 2] = 4 * nodeWords * (placeOf[left[node]!]! - place);
    if (kind === 'levels') {
      hasLevels = 1;
      nodes[at + 3] = bytes.add(levelBits(trees, node));
    } else {
      const rank = ranks[slot]!.get(thresholdOf(trees, node))!;
      nodes[at + 1] = 4 * (kind === 'missing-first' ? rank + 1 : rank);
    }
  });
  const depths = depthsOf(trees);
  const records = new Uint32Array(2 * count);
  for (let t = 0; t < count; t++) records.set([4 * nodeWords * placeOf[roots[t]!]!, depths[t]!], 2 * t);
  const [treesAt, nodesAt, valuesAt] = [bytes.add(records), bytes.add(nodes), bytes.add(values)];
  bytes.setWords(head, [slots.all.length, slotsAt, count, treesAt, nodesAt, valuesAt, hasLevels]);
  return { image: bytes.done(), slots: slots.all.length, columns: slots.columns };
}

/** The nodes of all trees, level by level, the right child behind the left one. */
function inPairs({ roots, feature, left, right }: AskedTrees): number[] {
  const all: number[] = [];
  for (let t = 0; t + 1 < roots.length; t++) {
    let next = all.length;
    all.push(roots[t]!);
    for (; next < all.length; next++) {
      const node = all[next]!;
      if (feature[node]! >= 0) all.push(left[node]!, right[node]!);
    }
  }
  return all;
}

function levelBits(trees: AskedTrees, node: number): Uint32Array {
  const bits = new Uint32Array(setWords);
  for (let level = 0; level < levelPlaces; level++)
    if (goesLeftAt(trees, node, level)) bits[level >> 5]! |= 1 << (level & 31);
  if (trees.missingLeft?.[node] === 1) bits[levelPlaces >> 5] = 1;
  return bits;
}

/** Most questions on a way of each tree; a child stands behind its parent. */
function depthsOf({ roots, feature, left, right }: AskedTrees): Int32Array {
  const depths = new Int32Array(feature.length);
  return Int32Array.from({ length: roots.length - 1 }, (_, t) => {
    let deepest = 0;
    for (let node = roots[t]!; node < roots[t + 1]!; node++) {
      if (feature[node]! < 0) continue;
      const depth = depths[node]! + 1;
      depths[left[node]!] = depth;
      depths[right[node]!] = depth;
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  });
}
