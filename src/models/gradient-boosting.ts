/**
 * Adds up many small trees, each grown on what the ones before still get wrong: usually the most accurate model of a table.
 *
 * log-odds = base + sum over trees of the value of the leaf that a customer reaches. Trees grow leaf by leaf on binned
 * columns (at most 255 bins) by the gradient and hessian of the log loss, or level by level, all leaves by the same question. Numbers, booleans and categories go in as they
 * are: missing values and levels that training did not see have their own way at each question. A row's weight
 * multiplies its loss; `minLeaf` counts rows. Contributions are exact, in log-odds. Cost of a fit O(trees x rows x columns), of a score O(trees x depth).
 * Matches https://scikit-learn.org/stable/modules/generated/sklearn.ensemble.HistGradientBoostingClassifier.html
 */
import { z } from 'zod';
import { ParamError } from '../base/errors.ts';
import type { Random } from '../base/random.ts';
import type { SearchRange } from '../base/schema.ts';
import { countOf, nearestName, printable } from '../base/text.ts';
import { defineClassifier } from '../learn/definition.ts';
import { sigmoid } from '../math/sigmoid.ts';
import type { Table } from '../table/table.ts';
import { binFeatures, mostBinsOfAll } from './boosting/bins.ts';
import { type BoostingRows, boost } from './boosting/boost.ts';
import { type BoostedTrees, boostedSums, gainImportance } from './boosting/boosted-trees.ts';
import { boostedContributions } from './boosting/contributions.ts';
import { type BoostedFeature, featureColumns, featureMatrix, learnFeatures } from './boosting/features.ts';
import { orderedRates } from './boosting/ordered-rates.ts';
import { strongest } from './shared/describe.ts';
import { innerValidation, weightedRows } from './shared/inner-validation.ts';
import { classWeightParam, rowWeights } from './shared/row-weights.ts';
import { treeCount } from './tree/trees.ts';

/** Levels of a category that are known when they are asked by their rates. */
const mostLevels = 65_536;

const params = z.strictObject({
  trees: z
    .int()
    .min(1)
    .max(10_000)
    .default(150)
    .describe('How many trees; with earlyStopping at most so many.')
    .meta({ search: { type: 'integer', low: 50, high: 500 } satisfies SearchRange }),
  learningRate: z
    .number()
    .gt(0)
    .max(1)
    .default(0.05)
    .describe('How far each tree goes; smaller needs more trees.')
    .meta({ search: { type: 'log', low: 0.01, high: 0.2 } satisfies SearchRange }),
  maxLeaves: z
    .int()
    .min(2)
    .max(4096)
    .default(8)
    .describe('Most leaves of a tree.')
    .meta({ search: { type: 'integer', low: 4, high: 32 } satisfies SearchRange }),
  maxDepth: z
    .int()
    .min(1)
    .max(64)
    .nullable()
    .default(null)
    .describe('Most questions on the way to a leaf; null sets no limit.'),
  growth: z
    .enum(['leaf', 'depth', 'symmetric'])
    .default('leaf')
    .describe(
      'leaf cuts the leaf of the largest gain next; depth cuts level by level; symmetric asks all leaves of a level the same question, with as many levels as maxLeaves has room for.',
    )
    .meta({ search: { type: 'choice', values: ['leaf', 'depth', 'symmetric'] } satisfies SearchRange }),
  minLeaf: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(20)
    .describe('Fewest training rows in a leaf.')
    .meta({ search: { type: 'integer', low: 5, high: 100 } satisfies SearchRange }),
  minHessian: z
    .number()
    .min(0)
    .max(1e9)
    .default(1e-3)
    .describe('Least sum of weight x p (1 - p) in a leaf: bars leaves of rows already certain.')
    .meta({ search: { type: 'log', low: 1e-3, high: 10 } satisfies SearchRange }),
  l1: z
    .number()
    .min(0)
    .max(1e9)
    .default(0)
    .describe('Pull of the leaf values to 0 itself: leaves of a smaller slope add nothing.')
    .meta({ search: { type: 'linear', low: 0, high: 5 } satisfies SearchRange }),
  l2: z
    .number()
    .min(0)
    .max(1e9)
    .default(1)
    .describe('Pull of the leaf values towards 0.')
    .meta({ search: { type: 'log', low: 0.01, high: 30 } satisfies SearchRange }),
  rowShare: z
    .number()
    .gt(0)
    .max(1)
    .default(0.8)
    .describe('Share of the rows drawn for each tree.')
    .meta({ search: { type: 'linear', low: 0.5, high: 1 } satisfies SearchRange }),
  columnShare: z
    .number()
    .gt(0)
    .max(1)
    .default(0.8)
    .describe('Share of the columns drawn for each tree.')
    .meta({ search: { type: 'linear', low: 0.4, high: 1 } satisfies SearchRange }),
  orderedAbove: z
    .int()
    .min(1)
    .max(mostBinsOfAll)
    .default(128)
    .describe(
      'Categories of more levels are asked by the churn rate of their level, each row by rows before it in a drawn order; the levels of others are parted into two groups.',
    )
    .meta({ search: { type: 'choice', values: [1, 128] } satisfies SearchRange }),
  monotone: z
    .record(z.string(), z.enum(['rising', 'falling']))
    .default({})
    // No search range: a way is what is known of the business, not what fits best.
    .describe('Columns of numbers with a given way: rising never lowers the risk as the number grows.'),
  maxBins: z
    .int()
    .min(2)
    .max(mostBinsOfAll)
    .default(mostBinsOfAll)
    .describe('Most bins of a column: fewer are coarser, which helps where numbers are noisy.')
    .meta({ search: { type: 'choice', values: [32, 64, 128, mostBinsOfAll] } satisfies SearchRange }),
  earlyStopping: z
    .boolean()
    .default(false)
    .describe('Stop by the log loss on rows set aside; false grows all trees.'),
  validationShare: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.1)
    .describe('Share of the training rows set aside for early stopping.'),
  patience: z.int().min(1).max(10_000).default(20).describe('Trees without gain that are borne.'),
  tolerance: z.number().min(0).max(1).default(1e-7).describe('A smaller gain counts as none.'),
  classWeight: classWeightParam,
});

export type GradientBoostingState = {
  readonly features: readonly BoostedFeature[];
  /** Log-odds that every customer starts from. */
  readonly base: number;
  readonly trees: BoostedTrees;
};

export const gradientBoosting = defineClassifier({
  id: 'gradient-boosting',
  version: 1,
  title: 'Gradient boosting',
  params,
  tags: {
    kinds: ['number', 'boolean', 'category'],
    acceptsMissing: true,
    acceptsWeights: true,
    isRandom: true,
  },
  // On six public tables better than the defaults on two, and no worse on the others (decision 42).
  starts: [{ growth: 'symmetric', maxLeaves: 32 }],
  examples: [
    { params: { trees: 40, minLeaf: 5, maxBins: 40 } },
    {
      params: {
        trees: 60,
        minLeaf: 5,
        learningRate: 0.1,
        earlyStopping: true,
        rowShare: 0.8,
        columnShare: 0.7,
        growth: 'depth',
        l1: 0.1,
        orderedAbove: 1,
      },
    },
    { params: { trees: 30, minLeaf: 5, growth: 'symmetric', maxLeaves: 16 } },
  ],
  async fit(data, settings, ctx): Promise<GradientBoostingState> {
    const weights = rowWeights(data, settings.classWeight);
    const rows = weightedRows(weights);
    const parts = settings.earlyStopping
      ? innerValidation(data, rows, settings.validationShare, ctx.random.fork('validation'))
      : undefined;
    if (settings.earlyStopping && !parts) {
      ctx.note({
        code: 'model.no-early-stopping',
        message: 'gradient-boosting: too few rows to set some aside, so all trees were grown',
      });
    }
    const training = parts?.training ?? rows;
    const rowsOf = { labels: data.labels, weights, training };
    const { features, columns } = learnColumns(data.table, rowsOf, settings, ctx.random.fork('categories'));
    const boosted = boost(
      binFeatures(columns, features, weights, training, settings.maxBins),
      { ...rowsOf, validation: parts?.validation },
      {
        ...settings,
        maxDepth: settings.maxDepth ?? Number.POSITIVE_INFINITY,
        ways: waysOf(settings.monotone, features),
      },
      ctx.random,
      ctx.signal,
    );
    return { features, ...boosted };
  },
  predictProba: ({ features, base, trees }, table) =>
    boostedSums(trees, featureMatrix('gradient-boosting', features, table)).map((sum) => sigmoid(base + sum)),
  describe({ features, trees }) {
    const asked = strongest(gainImportance(trees, features.length)).map((place) => features[place]!.name);
    const most = asked.length > 0 ? `; leans most on ${asked.join(', ')}` : '';
    return `Gradient boosting on ${countOf(features.length, 'column')}: ${countOf(treeCount(trees), 'tree')}${most}.`;
  },
  simplicity: ({ trees, maxLeaves, minLeaf }) => [4, trees * maxLeaves, -minLeaf],
  preparation: () => 'native',
  contributions: ({ features, base, trees }, table) =>
    boostedContributions(
      base,
      trees,
      features.map(({ name }) => name),
      featureMatrix('gradient-boosting', features, table),
    ),
  importances: ({ features, trees }) => gainImportance(trees, features.length),
});

/** What each column will be, and its values for training; a category asked by its rates becomes them. */
function learnColumns(
  table: Table,
  { labels, weights, training }: Pick<BoostingRows, 'labels' | 'weights' | 'training'>,
  { orderedAbove, maxBins }: z.infer<typeof params>,
  random: Random,
): { readonly features: readonly BoostedFeature[]; readonly columns: readonly Float64Array[] } {
  const known = learnFeatures(table, training, (levels) => (levels > orderedAbove ? mostLevels : maxBins));
  const values = featureColumns('gradient-boosting', known, table);
  const made = known.map((feature, f) => {
    const column = values[f]!;
    const levels = feature.levels?.length ?? 0;
    if (levels <= orderedAbove) return { feature, column };
    const { rates, values: rateOfRows } = orderedRates(
      ...([column, levels, { labels, weights }, training, random.fork(feature.name)] as const),
    );
    return { feature: { ...feature, rates }, column: rateOfRows };
  });
  return { features: made.map(({ feature }) => feature), columns: made.map(({ column }) => column) };
}

/** 1, -1 or 0 for each feature; a name that is no column of numbers is refused with `param.value`. */
function waysOf(
  monotone: Readonly<Record<string, 'rising' | 'falling'>>,
  features: readonly BoostedFeature[],
) {
  const numbers = features.filter(({ levels }) => levels === null).map(({ name }) => name);
  for (const name of Object.keys(monotone)) {
    if (numbers.includes(name)) continue;
    const near = nearestName(name, numbers);
    throw new ParamError(
      'param.value',
      `gradient-boosting: monotone must name columns of numbers that are learned from, got ${printable(name)}; ${near ? `did you mean ${printable(near)}?` : 'leave it out'}`,
      { who: 'gradient-boosting', param: 'monotone' },
    );
  }
  const signs = { rising: 1, falling: -1 };
  return Int8Array.from(features, ({ name }) => {
    const way = Object.hasOwn(monotone, name) ? monotone[name] : undefined;
    return way ? signs[way] : 0;
  });
}
