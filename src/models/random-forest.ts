/**
 * Asks many decision trees, each grown on its own random draw of customers and columns, and takes their mean.
 *
 * Each tree sees as many rows as there are, drawn with repetition, and looks at a few randomly drawn columns for
 * each cut (Gini's purity, thresholds halfway between neighbouring values). P(churn) = mean over the trees of the churned
 * share in the leaf that a customer reaches. Number and boolean columns; missing values are refused, impute before.
 * A row's weight multiplies how often it was drawn; `minSplit` and `minLeaf` count different rows.
 * Cost of a fit O(trees x rows x drawn columns x depth), of a score O(trees x depth).
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.ensemble.RandomForestClassifier.html
 */
import { z } from 'zod';
import type { Random } from '../base/random.ts';
import type { SearchRange } from '../base/schema.ts';
import { countOf } from '../base/text.ts';
import { defineClassifier } from '../learn/definition.ts';
import { toMatrix } from '../table/matrix.ts';
import { columnNames } from '../table/table.ts';
import { strongest } from './shared/describe.ts';
import { classWeightParam, rowWeights } from './shared/row-weights.ts';
import { meanTreeContributions } from './tree/contributions.ts';
import { growTree } from './tree/grow-tree.ts';
import { featuresParam, growthLimits, maxDepthParam, minLeafParam, minSplitParam } from './tree/params.ts';
import { rankFeatures } from './tree/ranked-features.ts';
import {
  depthOf,
  impurityImportance,
  joinTrees,
  meanLeafValue,
  type Trees,
  treeCount,
} from './tree/trees.ts';

const params = z.strictObject({
  trees: z
    .int()
    .min(1)
    .max(10_000)
    .default(100)
    .describe('How many trees; more are steadier and slower, never worse on average.')
    .meta({ search: { type: 'integer', low: 50, high: 300 } satisfies SearchRange }),
  maxDepth: maxDepthParam(10),
  minSplit: minSplitParam(2),
  minLeaf: minLeafParam(5),
  features: featuresParam,
  bootstrap: z
    .boolean()
    .default(true)
    .describe('Draw rows with repetition for each tree; false shows every tree all rows.'),
  classWeight: classWeightParam,
});

export type RandomForestState = { readonly columns: readonly string[]; readonly trees: Trees };

export const randomForest = defineClassifier({
  id: 'random-forest',
  version: 1,
  title: 'Random forest',
  params,
  tags: { kinds: ['number', 'boolean'], acceptsMissing: false, acceptsWeights: true, isRandom: true },
  examples: [
    { params: { trees: 30 } },
    { params: { trees: 10, features: 0.5, bootstrap: false, minLeaf: 1 } },
  ],
  async fit(data, settings, ctx): Promise<RandomForestState> {
    const matrix = toMatrix('random-forest', data.table);
    const ranked = rankFeatures(matrix);
    const limits = growthLimits(settings, matrix.columns);
    const weights = rowWeights(data, settings.classWeight);
    const trees: Trees[] = [];
    for (let t = 0; t < settings.trees; t++) {
      ctx.signal?.throwIfAborted();
      const random = ctx.random.fork('tree', t);
      const drawn = settings.bootstrap ? drawnWeights(weights, random) : weights;
      trees.push(growTree(ranked, data.labels, drawn, limits, random));
    }
    return { columns: columnNames(data.table), trees: joinTrees(trees) };
  },
  predictProba: (state, table) => meanLeafValue(state.trees, toMatrix('random-forest', table)),
  describe({ columns, trees }) {
    const asked = strongest(impurityImportance(trees, columns.length)).map((place) => columns[place]!);
    const most = asked.length > 0 ? `; ask most about ${asked.join(', ')}` : '';
    return `Random forest on ${columns.length} columns: ${countOf(treeCount(trees), 'tree')}, at most ${countOf(depthOf(trees), 'question')} each${most}.`;
  },
  contributions: ({ columns, trees }, table) =>
    meanTreeContributions(trees, columns, toMatrix('random-forest', table)),
  importances: ({ columns, trees }) => impurityImportance(trees, columns.length),
  simplicity: ({ trees, maxDepth, minLeaf }) => [3, trees * (maxDepth ?? 64), -minLeaf],
});

/** Each row's weight times how often it was drawn in as many draws as there are rows. */
function drawnWeights(weights: Float64Array, random: Random): Float64Array {
  const rows = weights.length;
  const drawn = new Float64Array(rows);
  // A draw that hits only rows of weight 0 would leave nothing to grow on.
  for (let total = 0; total === 0; ) {
    drawn.fill(0);
    for (let i = 0; i < rows; i++) drawn[random.integer(rows)]! += 1;
    for (let row = 0; row < rows; row++) {
      drawn[row]! *= weights[row]!;
      total += drawn[row]!;
    }
  }
  return drawn;
}
