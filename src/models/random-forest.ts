/**
 * Asks many decision trees, each grown on its own random draw of customers and columns, and takes their mean.
 *
 * Each tree sees as many rows as there are, drawn with repetition, and looks at a few randomly drawn columns for
 * each cut (Gini's purity). Cuts stand between 255 ranges of a column with about equal rows each, between its values where
 * it has no more. P(churn) = mean over the trees of the churned share in the leaf that a customer reaches. Number and
 * boolean columns; missing values go to the side that a cut is purest with, with the larger one where training missed none.
 * A row's weight multiplies how often it was drawn; `minSplit` and `minLeaf` count different rows.
 * Cost of a fit O(trees x rows x drawn columns x depth), of a score O(trees x depth).
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.ensemble.RandomForestClassifier.html
 */
import { z } from 'zod';
import type { SearchRange } from '../base/schema.ts';
import { countOf } from '../base/text.ts';
import type { Context } from '../learn/context.ts';
import { defineClassifier } from '../learn/definition.ts';
import { type Matrix, toMatrix } from '../table/matrix.ts';
import { numberColumns } from '../table/number-columns.ts';
import { columnNames, type Table } from '../table/table.ts';
import { strongest } from './shared/describe.ts';
import { classFactors, classWeightParam } from './shared/row-weights.ts';
import { meanTreeContributions } from './tree/contributions.ts';
import { growForest } from './tree/grow-forest.ts';
import { featuresParam, growthLimits, maxDepthParam, minLeafParam, minSplitParam } from './tree/params.ts';
import type { ForestTrees } from './tree/tree-collector.ts';
import { depthOf, impurityImportance, meanLeafValue, treeCount } from './tree/trees.ts';

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

export type RandomForestState = { readonly columns: readonly string[]; readonly trees: ForestTrees };

export const randomForest = defineClassifier({
  id: 'random-forest',
  version: 2,
  // Of the first version nobody knows where missing values go: `rowsFor` refuses them.
  upgrades: { 1: (state) => state },
  title: 'Random forest',
  params,
  tags: { kinds: ['number', 'boolean'], acceptsMissing: true, acceptsWeights: true, isRandom: true },
  examples: [
    { params: { trees: 30 } },
    { params: { trees: 10, features: 0.5, bootstrap: false, minLeaf: 1 } },
  ],
  async fit(data, settings, ctx): Promise<RandomForestState> {
    const columns = numberColumns('random-forest', data.table, 'keep');
    const limits = growthLimits(settings, columns.length);
    const [ofStaying, ofChurned] = classFactors(data, settings.classWeight);
    const trees = growForest(
      columns,
      { labels: data.labels, weights: data.weights, ofStaying, ofChurned },
      { ...limits, trees: settings.trees, isDrawn: settings.bootstrap },
      ctx.random,
      ctx.signal,
    );
    noteIfLarge(trees, ctx.note);
    return { columns: columnNames(data.table), trees };
  },
  predictProba: ({ trees }, table) => meanLeafValue(trees, rowsFor(trees, table)),
  describe({ columns, trees }) {
    const asked = strongest(impurityImportance(trees, columns.length)).map((place) => columns[place]!);
    const most = asked.length > 0 ? `; ask most about ${asked.join(', ')}` : '';
    return `Random forest on ${columns.length} columns: ${countOf(treeCount(trees), 'tree')}, at most ${countOf(depthOf(trees), 'question')} each${most}.`;
  },
  contributions: ({ columns, trees }, table) => meanTreeContributions(trees, columns, rowsFor(trees, table)),
  importances: ({ columns, trees }) => impurityImportance(trees, columns.length),
  simplicity: ({ trees, maxDepth, minLeaf }) => [3, trees * (maxDepth ?? 64), -minLeaf],
});

/** What a node takes in a file before it is packed, and what no model should take. */
const nodeBytes = 37;
const mostBytes = 100e6;

function noteIfLarge({ feature }: ForestTrees, note: Context['note']): void {
  const bytes = nodeBytes * feature.length;
  if (bytes <= mostBytes) return;
  note({
    code: 'model.large',
    message: `random-forest: its trees take ${Math.round(bytes / 1e6)} MB, 100 MB is what a model should take; set maxDepth, raise minLeaf or grow fewer trees`,
  });
}

const rowsFor = (trees: ForestTrees, table: Table): Matrix =>
  toMatrix('random-forest', table, trees.missingLeft ? 'keep' : 'refuse');
