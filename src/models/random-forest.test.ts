import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../base/random.ts';
import { createCatalogue } from '../learn/catalogue.ts';
import { describe, score } from '../learn/fit.ts';
import { decisionTree } from './decision-tree.ts';
import { type RandomForestState, randomForest } from './random-forest.ts';
import { areaUnderRoc, dataOf, fitOn, tableOf } from './testing/fit.ts';
import { treeCount } from './tree/trees.ts';

const catalogue = createCatalogue([randomForest, decisionTree], []);

/** Two columns that matter, in a way that bends, and three that do not. */
function customers(count: number, seed: number) {
  const random = createRandom(seed);
  const rows = Array.from({ length: count }, () => Array.from({ length: 5 }, () => random.normal()));
  const labels = rows.map(([a, b]) => (Math.abs(a!) + b! + random.normal() > 0.8 ? 1 : 0));
  return { rows, labels };
}

const training = customers(600, 1);
const fresh = customers(600, 2);
const stateOf = (fitted: { state: unknown }): RandomForestState => fitted.state as RandomForestState;

test('random-forest: all rows and all columns for every tree make every tree the decision tree', async () => {
  const data = dataOf(training.rows, training.labels);
  const settings = { maxDepth: 4, minLeaf: 3 };
  const forest = await fitOn(
    randomForest,
    randomForest({ ...settings, trees: 3, features: 'all', bootstrap: false }),
    data,
  );
  const tree = await fitOn(decisionTree, decisionTree(settings), data);
  const table = tableOf(fresh.rows);
  assert.deepEqual(
    [...score(forest.fitted, table, catalogue)].map((value) => value.toFixed(14)),
    [...score(tree.fitted, table, catalogue)].map((value) => value.toFixed(14)),
  );
});

test('random-forest: many drawn trees rank new customers better than one tree grown to the end', async () => {
  const data = dataOf(training.rows, training.labels);
  const table = tableOf(fresh.rows);
  const forest = await fitOn(randomForest, randomForest({ trees: 60 }), data);
  const tree = await fitOn(decisionTree, decisionTree({ maxDepth: null, minLeaf: 1 }), data);
  const of = ({ fitted }: typeof forest): number =>
    areaUnderRoc(fresh.labels, score(fitted, table, catalogue));
  assert.ok(of(forest) > of(tree) + 0.05, `${of(forest)} against ${of(tree)}`);
  assert.ok(of(forest) > 0.8);
});

test('random-forest: the seed decides the forest, and tree 3 does not depend on how many follow', async () => {
  const data = dataOf(training.rows.slice(0, 100), training.labels.slice(0, 100));
  const grow = async (trees: number, seed: number): Promise<RandomForestState> =>
    stateOf((await fitOn(randomForest, randomForest({ trees }), data, seed)).fitted);
  const four = await grow(4, 3);
  const nine = await grow(9, 3);
  assert.equal(treeCount(nine.trees), 9);
  const upTo = four.trees.roots[4]!;
  assert.deepEqual(nine.trees.feature.slice(0, upTo), four.trees.feature);
  assert.deepEqual(nine.trees.threshold.slice(0, upTo), four.trees.threshold);
  assert.notDeepEqual((await grow(4, 4)).trees.threshold, four.trees.threshold);
});

test('random-forest: a drawn tree weighs as many rows as there are, about 63% of them different', async () => {
  const data = dataOf(training.rows, training.labels);
  const { fitted } = await fitOn(randomForest, randomForest({ trees: 20, maxDepth: 1 }), data);
  const { trees } = stateOf(fitted);
  for (let t = 0; t < 20; t++) assert.equal(trees.cover[trees.roots[t]!], 600);
  const whole = await fitOn(randomForest, randomForest({ trees: 2, maxDepth: null, minLeaf: 1 }), data);
  // Grown to the end each different row has a leaf of its own or shares a pure one: never more leaves than rows.
  const leaves = stateOf(whole.fitted).trees.feature.filter((feature) => feature < 0).length / 2;
  assert.ok(leaves < 0.63 * 600, `${leaves} leaves`);
});

test('random-forest: rows of weight 0 are never learned from', async () => {
  const labels = training.labels.slice(0, 200);
  const rows = training.rows.slice(0, 200);
  const weights = labels.map((_, row) => (row < 100 ? 1 : 0));
  const flipped = labels.map((label, row) => (row < 100 ? label : 1 - label));
  const fit = async (given: number[]) =>
    stateOf((await fitOn(randomForest, randomForest({ trees: 5 }), dataOf(rows, given, weights))).fitted)
      .trees;
  assert.deepEqual(await fit(flipped), await fit(labels));
});

test('random-forest: a stopped fit ends with the reason of the stop', async () => {
  const data = dataOf(training.rows, training.labels);
  const stop = new AbortController();
  stop.abort(new Error('enough'));
  const ctx = { random: createRandom(1), signal: stop.signal } as unknown as Parameters<
    typeof randomForest.fit
  >[2];
  const params = randomForest({ trees: 5 }).params as Parameters<typeof randomForest.fit>[1];
  await assert.rejects(randomForest.fit(data, params, ctx), { message: 'enough' });
});

test('random-forest: describes its size and what it asks about', async () => {
  const { fitted } = await fitOn(
    randomForest,
    randomForest({ trees: 10 }),
    dataOf(training.rows, training.labels),
  );
  assert.match(
    describe(fitted, catalogue),
    /^Random forest on 5 columns: 10 trees, at most \d+ questions each; ask most about x[12], x[12], /,
  );
});

test('random-forest: fewer and shallower trees are simpler', () => {
  const of = (trees: number, maxDepth: number | null) =>
    randomForest.simplicity({
      trees,
      maxDepth,
      minSplit: 2,
      minLeaf: 5,
      features: 'sqrt',
      bootstrap: true,
      classWeight: 'none',
    })[1]!;
  assert.ok(of(50, 10) < of(100, 10) && of(100, 10) < of(100, null));
});
