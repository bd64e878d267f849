/** Trees of any shape and rows for them: numbers, levels and missing values, values at a threshold included. */
import { createRandom } from '../../../base/random.ts';
import type { Matrix } from '../../../math/linear-algebra.ts';
import type { AskedTrees } from '../asked-trees.ts';

export interface TreesShape {
  readonly trees: number;
  /** Most leaves of a tree. */
  readonly leaves: number;
  readonly numbers: number;
  readonly categories: number;
  readonly seed: number;
}

/** So that many questions of a column share a threshold, and rows meet it. */
const steps = 12;

/** With the weight of the rows of each node, which grows towards the root. */
export type WeighedTrees = Required<AskedTrees> & { readonly cover: Float64Array };

export function randomTrees({ trees, leaves, numbers, categories, seed }: TreesShape): WeighedTrees {
  const random = createRandom(seed);
  const nodes: { feature: number; threshold: number; left: number; right: number; set: number }[] = [];
  const roots = [0];
  const levelSets: number[] = [];
  const columns = numbers + categories;
  for (let t = 0; t < trees; t++) {
    const leaf = { feature: -1, threshold: 0, left: 0, right: 0, set: -1 };
    const open = [nodes.push({ ...leaf }) - 1];
    const due = 1 + random.integer(leaves);
    while (open.length < due && columns > 0) {
      // Mostly the one that grew last, so that some trees are deep.
      const at = random.uniform() < 0.5 ? open.length - 1 : random.integer(open.length);
      const node = nodes[open[at]!]!;
      node.feature = random.integer(columns);
      if (node.feature < numbers) node.threshold = random.integer(steps) / 4 - 1;
      else {
        node.set = levelSets.length;
        for (let w = 0; w < 8; w++) levelSets.push(random.integer(0x1_0000_0000));
      }
      node.left = nodes.push({ ...leaf }) - 1;
      node.right = nodes.push({ ...leaf }) - 1;
      open.splice(at, 1, node.left, node.right);
    }
    roots.push(nodes.length);
  }
  const cover = new Float64Array(nodes.length);
  for (let node = nodes.length - 1; node >= 0; node--) {
    const { feature, left, right } = nodes[node]!;
    cover[node] = feature < 0 ? 1 + random.integer(50) : cover[left]! + cover[right]!;
  }
  return {
    roots: Int32Array.from(roots),
    feature: Int32Array.from(nodes, (node) => node.feature),
    threshold: Float64Array.from(nodes, (node) => node.threshold),
    left: Int32Array.from(nodes, (node) => node.left),
    right: Int32Array.from(nodes, (node) => node.right),
    value: Float64Array.from(nodes, () => random.normal()),
    missingLeft: Uint8Array.from(nodes, () => random.integer(2)),
    levelSetAt: Int32Array.from(nodes, (node) => node.set),
    levelSets: Uint32Array.from(levelSets),
    cover,
  };
}

export function randomRows({ numbers, categories, seed }: TreesShape, rows: number): Matrix {
  const random = createRandom(seed).fork('rows');
  const columns = numbers + categories;
  const value = (column: number): number => {
    if (random.uniform() < 0.1) return Number.NaN;
    if (column >= numbers) return random.integer(255);
    return random.uniform() < 0.5 ? random.integer(steps) / 4 - 1 : random.normal();
  };
  return {
    rows,
    columns,
    values: Float64Array.from({ length: rows * columns }, (_, at) => value(at % columns)),
  };
}
