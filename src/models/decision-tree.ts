/**
 * Sorts customers by a short list of yes-or-no questions ("tenure at most 5?") into groups with their own churn rate.
 *
 * At each node the question that leaves both sides purest by Gini's measure is chosen; of equal questions that of the earlier
 * column. Thresholds stand halfway between neighbouring values where a column has at most 255, else between 255 ranges with
 * about equal rows each. P(churn) = weighted share of churned training rows in the leaf. Number and boolean columns;
 * missing values go to the side that a cut is purest with, with the larger one where training missed none. Weights count in
 * purity and leaves, while `minSplit` and `minLeaf` count rows. Cost of a fit O(rows x columns x depth), of a score O(depth).
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.tree.DecisionTreeClassifier.html
 */
import { z } from 'zod';
import { countOf } from '../base/text.ts';
import { defineClassifier } from '../learn/definition.ts';
import { type Matrix, toMatrix } from '../table/matrix.ts';
import { numberColumns } from '../table/number-columns.ts';
import { columnNames, type Table } from '../table/table.ts';
import { strongest } from './shared/describe.ts';
import { classFactors, classWeightParam } from './shared/row-weights.ts';
import { meanTreeContributions } from './tree/contributions.ts';
import { growForest } from './tree/grow-forest.ts';
import { growthLimits, maxDepthParam, minLeafParam, minSplitParam } from './tree/params.ts';
import type { ForestTrees } from './tree/tree-collector.ts';
import { depthOf, impurityImportance, meanLeafValue } from './tree/trees.ts';

const params = z.strictObject({
  maxDepth: maxDepthParam(5),
  minSplit: minSplitParam(2),
  minLeaf: minLeafParam(20),
  classWeight: classWeightParam,
});

export type DecisionTreeState = { readonly columns: readonly string[]; readonly trees: ForestTrees };

export const decisionTree = defineClassifier({
  id: 'decision-tree',
  version: 2,
  // Of the first version nobody knows where missing values go: `rowsFor` refuses them.
  upgrades: { 1: (state) => state },
  title: 'Decision tree',
  params,
  tags: { kinds: ['number', 'boolean'], acceptsMissing: true, acceptsWeights: true, isRandom: false },
  // With minLeaf 1 a row of weight 2 and the row twice are the same to the bit; above, rows are counted.
  examples: [{ params: { minLeaf: 1 } }, { params: { maxDepth: 2, minLeaf: 1 } }],
  async fit(data, settings, ctx): Promise<DecisionTreeState> {
    const columns = numberColumns('decision-tree', data.table, 'keep');
    const limits = growthLimits({ ...settings, features: 'all' }, columns.length);
    const [ofStaying, ofChurned] = classFactors(data, settings.classWeight);
    const trees = growForest(
      columns,
      { labels: data.labels, weights: data.weights, ofStaying, ofChurned },
      { ...limits, trees: 1, isDrawn: false },
      ctx.random,
      ctx.signal,
    );
    return { columns: columnNames(data.table), trees };
  },
  predictProba: ({ trees }, table) => meanLeafValue(trees, rowsFor(trees, table)),
  describe({ columns, trees }) {
    const leaves = trees.feature.reduce((count, feature) => count + (feature < 0 ? 1 : 0), 0);
    const asked = strongest(impurityImportance(trees, columns.length)).map((place) => columns[place]!);
    const most = asked.length > 0 ? `; asks most about ${asked.join(', ')}` : '';
    return `Decision tree on ${columns.length} columns: ${countOf(leaves, 'group')}, at most ${countOf(depthOf(trees), 'question')} each${most}.`;
  },
  contributions: ({ columns, trees }, table) => meanTreeContributions(trees, columns, rowsFor(trees, table)),
  importances: ({ columns, trees }) => impurityImportance(trees, columns.length),
  simplicity: (settings) => [2, settings.maxDepth ?? 64, -settings.minLeaf],
});

const rowsFor = (trees: ForestTrees, table: Table): Matrix =>
  toMatrix('decision-tree', table, trees.missingLeft ? 'keep' : 'refuse');
