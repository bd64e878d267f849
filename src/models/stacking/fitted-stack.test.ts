/** Stacks of models and scores that are there already. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../base/random.ts';
import { foldRows, stratifiedFolds } from '../../data/splits/stratified-folds.ts';
import type { FittedClassifier } from '../../learn/definition.ts';
import { takeDatasetRows } from '../../table/dataset.ts';
import { stacking } from '../stacking.ts';
import { areaUnderRoc, tableOf } from '../testing/fit.ts';
import { contextWithoutJobs, fitComposite } from '../testing/fit-composite.ts';
import { data, line, training, tree } from '../testing/line-and-tree.ts';
import { searched } from '../testing/searched.ts';
import { stackFitted, stackOutOfFold } from './fitted-stack.ts';

const ctx = contextWithoutJobs();
/** The folds that a fit with the seed 7 deals. */
const parts = foldRows(stratifiedFolds(data.labels, 5, createRandom(7).fork('folds')), 5);

test('stacking: a stack of fits and scores that are there already is the stack that makes them anew', async () => {
  const known = await searched([line, tree], data, parts);
  const stack = await stackFitted({ ...known, folds: 5 }, ctx);
  assert.deepEqual(
    stack.params,
    stacking({ models: known.models.map(({ id, params }) => ({ id, params })) }).params,
  );
  assert.deepEqual(stack.inputs, known.models[0]!.inputs);
  const { fitted } = await fitComposite(stacking({ models: [line, tree] }), data, 7);
  assert.deepEqual(stack.state, fitted.state);
  const gapped = known.outOfFold.map((own, m) => own.map((p, row) => (row % 10 === m ? Number.NaN : p)));
  const rows = Int32Array.from(data.labels.keys()).filter((row) => row % 10 > 1);
  const ofRows = known.outOfFold.map((own) => Float64Array.from(rows, (row) => own[row]!));
  const [left, chosen] = await Promise.all([
    stackFitted({ ...known, outOfFold: gapped }, ctx),
    stackFitted({ ...known, outOfFold: ofRows, labels: takeDatasetRows(data, rows).labels }, ctx),
  ]);
  assert.deepEqual(left.state, chosen.state, 'rows without a score of every model have no say');
});

test('stacking: out of fold the stack is judged by last models that did not see the row', async () => {
  const { models: _, ...known } = await searched([line, tree], data, parts);
  const scores = await stackOutOfFold(known, parts, ctx);
  const area = areaUnderRoc(training.labels, scores);
  for (const own of known.outOfFold) assert.ok(area > areaUnderRoc(training.labels, own) + 0.01);
  // What a part's rows have to do with outcome must not reach their own scores.
  const { validation } = parts[2]!;
  const flipped = { ...known, labels: known.labels.map((y, row) => (validation.includes(row) ? 1 - y : y)) };
  const again = await stackOutOfFold(flipped, parts, ctx);
  for (const row of validation) assert.equal(again[row], scores[row]);
  assert.notDeepEqual(again, scores);
  const some = await stackOutOfFold(known, parts.slice(1), ctx);
  assert.ok(parts[0]!.validation.every((row) => Number.isNaN(some[row]!)));
  assert.ok(parts[1]!.validation.every((row) => some[row] === scores[row]));
});

test('stacking: inputs of models on different columns are joined; one name of two kinds is refused', async () => {
  const of = async (names: string[]): Promise<FittedClassifier> => {
    const rows = { ...data, table: tableOf(training.rows, names) };
    return (await fitComposite(line, rows)).fitted;
  };
  const [first, second] = [await of(['a', 'b']), await of(['b', 'c'])];
  const scores = Float64Array.from(training.rows, ([a]) => (a! > 0 ? 0.6 : 0.4));
  const known = { outOfFold: [scores, scores], labels: data.labels };
  const stack = await stackFitted({ models: [first, second], ...known }, ctx);
  assert.deepEqual(
    stack.inputs.map(({ name }) => name),
    ['a', 'b', 'c'],
  );
  const strange = { ...second, inputs: [{ name: 'b', kind: 'boolean' as const }] };
  await assert.rejects(stackFitted({ models: [first, strange], ...known }, ctx), {
    code: 'column.kind',
    fields: { who: 'stacking', column: 'b', kind: 'boolean' },
  });
});
