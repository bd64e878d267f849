/**
 * Sorts customers by a short list of yes-or-no questions ("tenure at most 5?") into groups with their own churn rate.
 *
 * At each node the question that leaves both sides purest by Gini's measure is chosen, thresholds halfway between
 * neighbouring values; of equal questions that of the earlier column. P(churn) = weighted share of churned training rows
 * in the leaf. Number and boolean columns; missing values are refused, impute before. Weights count in purity and
 * leaves, while `minSplit` and `minLeaf` count rows. Cost of a fit O(rows x columns x depth), of a score O(depth).
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.tree.DecisionTreeClassifier.html
 */
import { z } from 'zod';
import { countOf } from '../base/text.ts';
import { defineClassifier } from '../learn/definition.ts';
import { toMatrix } from '../table/matrix.ts';
import { columnNames } from '../table/table.ts';
import { strongest } from './shared/describe.ts';
import { classWeightParam, rowWeights } from './shared/row-weights.ts';
import { meanTreeContributions } from './tree/contributions.ts';
import { growTree } from './tree/grow-tree.ts';
import { growthLimits, maxDepthParam, minLeafParam, minSplitParam } from './tree/params.ts';
import { rankFeatures } from './tree/ranked-features.ts';
import { depthOf, impurityImportance, meanLeafValue, type Trees } from './tree/trees.ts';

const params = z.strictObject({
  maxDepth: maxDepthParam(5),
  minSplit: minSplitParam(2),
  minLeaf: minLeafParam(20),
  classWeight: classWeightParam,
});

export type DecisionTreeState = { readonly columns: readonly string[]; readonly trees: Trees };

export const decisionTree = defineClassifier({
  id: 'decision-tree',
  version: 1,
  title: 'Decision tree',
  params,
  tags: { kinds: ['number', 'boolean'], acceptsMissing: false, acceptsWeights: true, isRandom: false },
  // With minLeaf 1 a row of weight 2 and the row twice are the same to the bit; above, rows are counted.
  examples: [{ params: { minLeaf: 1 } }, { params: { maxDepth: 2, minLeaf: 1 } }],
  async fit(data, settings, ctx): Promise<DecisionTreeState> {
    const matrix = toMatrix('decision-tree', data.table);
    const limits = growthLimits({ ...settings, features: 'all' }, matrix.columns);
    const weights = rowWeights(data, settings.classWeight);
    return {
      columns: columnNames(data.table),
      trees: growTree(rankFeatures(matrix), data.labels, weights, limits, ctx.random),
    };
  },
  predictProba: (state, table) => meanLeafValue(state.trees, toMatrix('decision-tree', table)),
  describe({ columns, trees }) {
    const leaves = trees.feature.reduce((count, feature) => count + (feature < 0 ? 1 : 0), 0);
    const asked = strongest(impurityImportance(trees, columns.length)).map((place) => columns[place]!);
    const most = asked.length > 0 ? `; asks most about ${asked.join(', ')}` : '';
    return `Decision tree on ${columns.length} columns: ${countOf(leaves, 'group')}, at most ${countOf(depthOf(trees), 'question')} each${most}.`;
  },
  contributions: ({ columns, trees }, table) =>
    meanTreeContributions(trees, columns, toMatrix('decision-tree', table)),
  importances: ({ columns, trees }) => impurityImportance(trees, columns.length),
  simplicity: (settings) => [2, settings.maxDepth ?? 64, -settings.minLeaf],
});
