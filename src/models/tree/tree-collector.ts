/**
 * Gathers trees as they are grown, one behind the other. Room is made for as many nodes as all trees will have if they are
 * as large as those so far, so that a forest of a million nodes costs a few allocations and not a few a tree. O(nodes).
 */
import type { GrownTree } from '../../kernels/forest/tree-grower.ts';
import type { Trees } from './trees.ts';

/** Trees that know where missing values go; forests of the first state version do not, and refuse them. */
export type ForestTrees = Trees & {
  /** 1 where missing values go left. */
  readonly missingLeft?: Uint8Array;
};

export interface TreeCollector {
  /** How many nodes there are: the number of the next tree's root. */
  count(): number;
  /** Copies a tree whose children are numbered from there on. */
  add(tree: GrownTree): void;
  /** All trees so far, in the memory that they were gathered in: room for a twentieth more, as a rule. */
  trees(): ForestTrees;
}

export function createTreeCollector(expectedTrees: number): TreeCollector {
  const roots = [0];
  let room = 0;
  const nodes = {
    feature: new Int32Array(room),
    threshold: new Float64Array(room),
    left: new Int32Array(room),
    right: new Int32Array(room),
    value: new Float64Array(room),
    cover: new Float64Array(room),
    missingLeft: new Uint8Array(room),
  };
  const makeRoom = (needed: number): void => {
    if (needed <= room) return;
    // A twentieth more: later trees may be larger.
    room = Math.max(needed, Math.ceil((1.05 * needed * expectedTrees) / roots.length));
    nodes.feature = moved(nodes.feature, new Int32Array(room));
    nodes.threshold = moved(nodes.threshold, new Float64Array(room));
    nodes.left = moved(nodes.left, new Int32Array(room));
    nodes.right = moved(nodes.right, new Int32Array(room));
    nodes.value = moved(nodes.value, new Float64Array(room));
    nodes.cover = moved(nodes.cover, new Float64Array(room));
    nodes.missingLeft = moved(nodes.missingLeft, new Uint8Array(room));
  };
  return {
    count: () => roots.at(-1)!,
    add(tree) {
      const at = roots.at(-1)!;
      makeRoom(at + tree.feature.length);
      nodes.feature.set(tree.feature, at);
      nodes.threshold.set(tree.threshold, at);
      nodes.value.set(tree.value, at);
      nodes.cover.set(tree.cover, at);
      nodes.missingLeft.set(tree.missingLeft, at);
      nodes.left.set(tree.left, at);
      nodes.right.set(tree.right, at);
      roots.push(at + tree.feature.length);
    },
    trees() {
      const count = roots.at(-1)!;
      return {
        roots: Int32Array.from(roots),
        feature: nodes.feature.subarray(0, count),
        threshold: nodes.threshold.subarray(0, count),
        left: nodes.left.subarray(0, count),
        right: nodes.right.subarray(0, count),
        value: nodes.value.subarray(0, count),
        cover: nodes.cover.subarray(0, count),
        missingLeft: nodes.missingLeft.subarray(0, count),
      };
    },
  };
}

function moved<Numbers extends Int32Array | Float64Array | Uint8Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
