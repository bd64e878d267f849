/** Exact contributions of trees that ask whether a number is at most a threshold. */
import type { Contributions } from '../../learn/definition.ts';
import type { Matrix } from '../../table/matrix.ts';
import { rowShap } from './row-shap.ts';
import { type TreeShap, treeShap } from './tree-shap.ts';
import { depthOf, type Trees, treeCount } from './trees.ts';

/** Rows explained at a time: enough that patterns repeat, few enough for the processor's cache. */
const block = 4096;
/** Deeper trees have so many patterns that each row is better walked alone; by the model, so that a row alone and in a batch agrees. */
const deep = 8;

/** SHAP values of the mean leaf value over the trees, in probability; `base` is the average prediction over covers. */
export function meanTreeContributions(
  trees: Trees,
  columns: readonly string[],
  matrix: Matrix,
): Contributions {
  const count = treeCount(trees);
  const depth = depthOf(trees);
  const { base, values } = depth > deep ? byRow(trees, matrix, depth) : byPattern(trees, matrix);
  return { link: 'probability', base: base / count, columns, values: values.map((value) => value / count) };
}

function byRow(trees: Trees, { rows, columns, values }: Matrix, depth: number): TreeShap {
  const { feature, threshold } = trees;
  return rowShap(
    trees,
    (row, node) => values[row * columns + feature[node]!]! <= threshold[node]!,
    rows,
    columns,
    depth,
  );
}

function byPattern(trees: Trees, { rows, columns, values }: Matrix): TreeShap {
  const all = new Float64Array(rows * columns);
  let base = 0;
  for (let from = 0; from < Math.max(1, rows); from += block) {
    const taken = Math.min(block, rows - from);
    const part = treeShap(
      trees,
      (node, goesLeft) => {
        const asked = trees.feature[node]!;
        const threshold = trees.threshold[node]!;
        for (let row = 0; row < taken; row++)
          goesLeft[row] = values[(from + row) * columns + asked]! <= threshold ? 1 : 0;
      },
      taken,
      columns,
    );
    base = part.base;
    all.set(part.values, from * columns);
  }
  return { base, values: all };
}
