import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contributions, describe, preparationOf, score } from '../learn/fit.ts';
import { type SoftVotingState, softVoting, voteFitted } from './soft-voting.ts';
import { areaUnderRoc } from './testing/fit.ts';
import { fitComposite, wholeCatalogue } from './testing/fit-composite.ts';
import { data, fresh, line, table, tree } from './testing/line-and-tree.ts';

test('soft-voting: the probability is the weighted mean of those of its models', async () => {
  const { fitted } = await fitComposite(softVoting({ models: [line, tree], weights: [1, 3] }), data);
  const { models } = fitted.state as SoftVotingState;
  const [first, second] = models.map((model) => score(model, table, wholeCatalogue));
  score(fitted, table, wholeCatalogue).forEach((p, row) => {
    assert.ok(Math.abs(p - (first![row]! + 3 * second![row]!) / 4) < 1e-15);
  });
});

test('soft-voting: two models that err differently rank better together than each alone', async () => {
  const area = async (models: (typeof line | typeof tree)[]): Promise<number> => {
    const { fitted } = await fitComposite(softVoting({ models }), data);
    return areaUnderRoc(fresh.labels, score(fitted, table, wholeCatalogue));
  };
  const together = await area([line, tree]);
  assert.ok(together > (await area([line])) + 0.01 && together > (await area([tree])) + 0.01);
});

test('soft-voting: each model has a stream of its own, so two forests are not one', async () => {
  const forest = { id: 'random-forest', params: { trees: 5 } };
  const { fitted, jobs } = await fitComposite(softVoting({ models: [forest, forest] }), data);
  assert.equal(new Set(jobs.map((job) => job.stream)).size, 2);
  const [first, second] = (fitted.state as SoftVotingState).models;
  assert.notDeepEqual(first!.state, second!.state);
});

test('soft-voting: notes of its models come through', async () => {
  const short = { id: 'mlp', params: { hidden: [2], maxEpochs: 1 } };
  const { notes } = await fitComposite(softVoting({ models: [line, short] }), data);
  assert.deepEqual(
    notes.map((note) => note.code),
    ['model.not-converged'],
  );
});

test('soft-voting: as many weights as models are due', async () => {
  await assert.rejects(fitComposite(softVoting({ models: [line, tree], weights: [1] }), data), {
    code: 'param.value',
    fields: { who: 'soft-voting', param: 'weights' },
  });
});

test('soft-voting: takes columns as they are only when all of its models do', () => {
  const of = (...ids: string[]) =>
    preparationOf(softVoting({ models: ids.map((id) => ({ id, params: {} })) }), wholeCatalogue);
  assert.deepEqual(
    [of('gradient-boosting', 'gradient-boosting'), of('gradient-boosting', 'mlp')],
    ['native', 'full'],
  );
});

test('soft-voting: describes how many vote and each of them; fewer are simpler', async () => {
  const { fitted } = await fitComposite(softVoting({ models: [line, tree] }), data);
  assert.match(
    describe(fitted, wholeCatalogue),
    /^The mean of 2 models\. Logistic regression on 2 columns.*\. Decision tree on 2 columns/,
  );
  const simplicity = (count: number): number =>
    softVoting.simplicity({ models: new Array(count).fill(line), weights: null })[1]!;
  assert.ok(simplicity(2) < simplicity(3));
});

test('soft-voting: over models that add up in probability the parts are the mean of theirs, else there are none', async () => {
  const forest = { id: 'random-forest', params: { trees: 5 } };
  const { fitted } = await fitComposite(softVoting({ models: [forest, tree], weights: [1, 3] }), data);
  const parts = contributions(fitted, table, wholeCatalogue)!;
  assert.deepEqual([parts.link, ...parts.columns], ['probability', 'x1', 'x2']);
  score(fitted, table, wholeCatalogue).forEach((p, row) => {
    const sum = parts.base + parts.values[2 * row]! + parts.values[2 * row + 1]!;
    assert.ok(Math.abs(sum - p) < 1e-12, `${sum} for ${p}`);
  });
  const mixed = await fitComposite(softVoting({ models: [forest, line] }), data);
  assert.equal(contributions(mixed.fitted, table, wholeCatalogue), undefined);
});

test('soft-voting: a vote of models that are fitted already is the vote that fits them; weight 0 has no say', async () => {
  const { fitted } = await fitComposite(softVoting({ models: [line, tree], weights: [1, 3] }), data);
  const { models } = fitted.state as SoftVotingState;
  const vote = voteFitted(models, [1, 3]);
  assert.deepEqual([vote.state, vote.inputs], [fitted.state, fitted.inputs]);
  const own = models.map(({ id, params }) => ({ id, params }));
  assert.deepEqual(vote.params, { models: own, weights: [1, 3] });
  const alone = voteFitted(models, [0, 3]);
  assert.deepEqual((alone.state as SoftVotingState).models, [models[1]]);
  assert.deepEqual(score(alone, table, wholeCatalogue), score(models[1]!, table, wholeCatalogue));
  const fields = { who: 'soft-voting', param: 'weights' };
  assert.throws(() => voteFitted(models, [1]), { code: 'param.value', fields });
  assert.throws(() => voteFitted(models, [1, -1]), { name: 'ParamError' });
});
