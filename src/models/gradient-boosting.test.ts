import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, readGolden } from '../../golden/compare.ts';
import { createRandom } from '../base/random.ts';
import { createCatalogue } from '../learn/catalogue.ts';
import { describe, importances, score } from '../learn/fit.ts';
import { categoryColumn, numberColumn } from '../table/column.ts';
import { createDataset } from '../table/dataset.ts';
import { createTable, type Table } from '../table/table.ts';
import { type GradientBoostingState, gradientBoosting } from './gradient-boosting.ts';
import { areaUnderRoc, dataOf, fitOn, tableOf } from './testing/fit.ts';
import { treeCount } from './tree/trees.ts';

interface Shown {
  readonly tenure: number[];
  readonly charge: (number | null)[];
  readonly calls: number[];
  readonly payment: string[];
}
const golden = readGolden<{
  training: Shown;
  labels: number[];
  rowWeights: number[];
  fresh: Shown;
  cases: {
    params: Parameters<typeof gradientBoosting>[0];
    weighted: boolean;
    scores: number[];
    freshScores: number[] | null;
  }[];
}>('models-depth-boosting');
const catalogue = createCatalogue([gradientBoosting], []);
/** Every tree sees all rows and columns. */
const whole = { rowShare: 1, columnShare: 1 };

const shownTable = ({ tenure, charge, calls, payment }: Shown): Table =>
  createTable([
    numberColumn('tenure', tenure),
    numberColumn('charge', charge),
    numberColumn('calls', calls),
    categoryColumn(
      'payment',
      payment.map((level) => level || null),
    ),
  ]);

test("gradient-boosting: equals scikit-learn's tree by tree, with missing values, categories and weights", async () => {
  assert.ok(golden.cases.length >= 5 && golden.cases.some(({ weighted }) => weighted));
  for (const { params, weighted, scores, freshScores } of golden.cases) {
    const more = weighted ? { weights: Float64Array.from(golden.rowWeights) } : {};
    const data = createDataset(shownTable(golden.training), golden.labels, more);
    const { fitted } = await fitOn(
      gradientBoosting,
      gradientBoosting({ ...(params as object), ...whole }),
      data,
    );
    const tolerance = { absolute: 1e-7, reason: 'scikit-learn holds gradients in 32 bits' };
    assertClose(score(fitted, data.table, catalogue), scores, tolerance);
    if (freshScores) assertClose(score(fitted, shownTable(golden.fresh), catalogue), freshScores, tolerance);
  }
});

test('gradient-boosting: finds what only two columns together tell', async () => {
  const customers = (seed: number) => {
    const random = createRandom(seed);
    const rows = Array.from({ length: 500 }, () => Array.from({ length: 4 }, () => random.normal()));
    return { rows, labels: rows.map(([a, b]) => (a! * b! + 0.2 * random.normal() > 0 ? 1 : 0)) };
  };
  const training = customers(1);
  const fresh = customers(2);
  const { fitted } = await fitOn(
    gradientBoosting,
    gradientBoosting(),
    dataOf(training.rows, training.labels),
  );
  assert.ok(areaUnderRoc(fresh.labels, score(fitted, tableOf(fresh.rows), catalogue)) > 0.9);
  const shares = importances(fitted, catalogue)!;
  assert.ok(shares[0]! + shares[1]! > 0.85);
});

const withGaps = (() => {
  const random = createRandom(4);
  const risk = Array.from({ length: 300 }, () => random.normal());
  const labels = risk.map((value) => (value > 0.3 ? 1 : 0));
  const isGone = risk.map((value) => value > 0.3 && random.uniform() < 0.7);
  return { labels, values: risk.map((_, row) => (isGone[row] ? null : random.normal())) };
})();

test('gradient-boosting: that a value is missing may itself tell the outcome', async () => {
  const table = createTable([numberColumn('x', withGaps.values)]);
  const { fitted } = await fitOn(
    gradientBoosting,
    gradientBoosting({ trees: 30 }),
    createDataset(table, withGaps.labels),
  );
  const scores = score(fitted, createTable([numberColumn('x', [null, 0])]), catalogue);
  assert.ok(scores[0]! > scores[1]! + 0.3, `${[...scores]}`);
});

test('gradient-boosting: a level that training did not see goes the way of missing ones', async () => {
  const levels = withGaps.values.map((value) => (value === null ? null : value > 0 ? 'up' : 'down'));
  const { fitted } = await fitOn(
    gradientBoosting,
    gradientBoosting({ trees: 30 }),
    createDataset(createTable([categoryColumn('x', levels)]), withGaps.labels),
  );
  const scores = score(fitted, createTable([categoryColumn('x', [null, 'new', 'up'])]), catalogue);
  assert.equal(scores[1], scores[0]);
  assert.ok(scores[0]! > scores[2]! + 0.2);
});

test('gradient-boosting: early stopping keeps fewer trees, and says when rows are too few for it', async () => {
  const random = createRandom(6);
  const rows = Array.from({ length: 300 }, () => [random.normal(), random.normal()]);
  const labels = rows.map(([a]) => (a! + 2 * random.normal() > 0.5 ? 1 : 0));
  const fit = (count: number) =>
    fitOn(
      gradientBoosting,
      gradientBoosting({ earlyStopping: true, trees: 400, learningRate: 0.2 }),
      dataOf(rows.slice(0, count), labels.slice(0, count)),
    );
  const stopped = await fit(300);
  assert.ok(treeCount((stopped.fitted.state as GradientBoostingState).trees) < 60);
  assert.deepEqual(stopped.notes, []);
  const few = await fit(12);
  assert.deepEqual(
    few.notes.map((note) => note.code),
    ['model.no-early-stopping'],
  );
});

test('gradient-boosting: symmetric trees ask no more different questions than they have levels', async () => {
  const data = createDataset(shownTable(golden.training), golden.labels);
  const estimator = gradientBoosting({ trees: 20, growth: 'symmetric', maxLeaves: 16, minLeaf: 5 });
  const { trees } = (await fitOn(gradientBoosting, estimator, data)).fitted.state as GradientBoostingState;
  const { roots, feature, threshold, levelSetAt, levelSets } = trees;
  const asked = (node: number): string => {
    const set = levelSetAt[node]!;
    return `${feature[node]} ${set < 0 ? threshold[node] : levelSets.subarray(set, set + 8)}`;
  };
  let shared = 0;
  for (let t = 0; t < 20; t++) {
    const nodes = Array.from({ length: roots[t + 1]! - roots[t]! }, (_, i) => roots[t]! + i);
    const questions = nodes.filter((node) => feature[node]! >= 0);
    assert.ok(questions.length <= 15);
    const different = new Set(questions.map(asked)).size;
    assert.ok(different <= 4, questions.map(asked).join('; '));
    if (questions.length > different) shared++;
  }
  assert.ok(shared > 15, `${shared} of 20 trees ask a question in several places`);
});

test('gradient-boosting: rows of weight 0 are never learned from', async () => {
  const data = shownTable(golden.training);
  const fit = async (labels: number[]) => {
    const weights = Float64Array.from(labels, (_, row) => (row < 250 ? 1 : 0));
    return (
      await fitOn(gradientBoosting, gradientBoosting({ trees: 5 }), createDataset(data, labels, { weights }))
    ).fitted.state;
  };
  const flipped = golden.labels.map((label, row) => (row < 250 ? label : 1 - label));
  assert.deepEqual(await fit(flipped), await fit(golden.labels));
});

test('gradient-boosting: describes its size and what it leans on', async () => {
  const data = createDataset(shownTable(golden.training), golden.labels);
  const { fitted } = await fitOn(gradientBoosting, gradientBoosting({ trees: 10 }), data);
  assert.match(
    describe(fitted, catalogue),
    /^Gradient boosting on 4 columns: 10 trees; leans most on (tenure|payment|charge), /,
  );
});

test('gradient-boosting: fewer trees with fewer leaves are simpler', () => {
  const of = (trees: number, maxLeaves: number): number =>
    gradientBoosting.simplicity(
      gradientBoosting({ trees, maxLeaves }).params as Parameters<typeof gradientBoosting.simplicity>[0],
    )[1]!;
  assert.ok(of(50, 8) < of(100, 8) && of(100, 4) < of(100, 8));
});

test('gradient-boosting: with a given way the risk never falls as the number grows; a name that is none is refused', async () => {
  const random = createRandom(8);
  const rows = Array.from({ length: 400 }, () => [random.normal(), random.normal()]);
  const labels = rows.map(([a, b]) => (Math.sin(3 * a!) + b! + random.normal() > 0 ? 1 : 0));
  const scoresOf = async (monotone: Record<string, 'rising' | 'falling'>) => {
    const { fitted } = await fitOn(gradientBoosting, gradientBoosting({ monotone }), dataOf(rows, labels));
    return score(fitted, tableOf(Array.from({ length: 61 }, (_, i) => [-3 + i / 10, 0.2])), catalogue);
  };
  const [name] = dataOf(rows, labels).table.columns.map((column) => column.name);
  const falls = (scores: Float64Array) => scores.filter((value, i) => i > 0 && value < scores[i - 1]!).length;
  assert.ok(falls(await scoresOf({})) > 3);
  assert.equal(falls(await scoresOf({ [name!]: 'rising' })), 0);
  const falling = await scoresOf({ [name!]: 'falling' });
  assert.equal(falls(falling.slice().reverse()), 0);
  await assert.rejects(scoresOf({ [`${name}x`]: 'rising' }), {
    code: 'param.value',
    fields: { who: 'gradient-boosting', param: 'monotone' },
  });
  assert.throws(() => gradientBoosting({ monotone: JSON.parse('{ "__proto__": "rising" }') }), {
    code: 'param.unknown',
    fields: { who: 'gradient-boosting', param: 'monotone.__proto__' },
  });
});

test('gradient-boosting: of many levels rates tell what parting them cannot hold', async () => {
  const levels = 240;
  const effects = createRandom(9);
  const effect = Array.from({ length: levels }, () => effects.normal());
  const customers = (seed: number) => {
    const random = createRandom(seed);
    const own = Array.from({ length: 2400 }, () => random.integer(levels));
    const labels = own.map((level) => (random.uniform() < 1 / (1 + Math.exp(-effect[level]!)) ? 1 : 0));
    return { table: createTable([categoryColumn('town', own.map(String))]), labels };
  };
  const training = customers(1);
  const fresh = customers(2);
  const areaOf = async (orderedAbove: number) => {
    const params = { trees: 40, orderedAbove, rowShare: 1, columnShare: 1 };
    const { fitted } = await fitOn(
      gradientBoosting,
      gradientBoosting(params),
      createDataset(training.table, training.labels),
    );
    return areaUnderRoc(fresh.labels, score(fitted, fresh.table, catalogue));
  };
  const [ordered, sorted] = [await areaOf(128), await areaOf(255)];
  assert.ok(ordered > 0.6 && ordered > sorted + 0.03, `${ordered}, ${sorted}`);
});
