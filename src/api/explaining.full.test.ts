/** Reasons of a real model, told in turns. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { explainer } from '../serving/explainer.ts';
import { type LiveModel, liveModel } from '../serving/live-model.ts';
import { type TrainedWorkspace, trainedWorkspace } from './testing/served.ts';

let workspace: TrainedWorkspace;
let live: LiveModel;
const mostInside = 10;
const fresh = () => explainer(live.loaded, live.reader, workspace.app.catalogue, mostInside);
before(async () => {
  workspace = await trainedWorkspace();
  live = liveModel(await workspace.app.models.load('latest'), null, workspace.app.catalogue);
});
after(() => workspace?.[Symbol.asyncDispose]());

test('reasons do not depend on the customers beside', async () => {
  const customers = workspace.customers.slice(0, 50);
  using together = live.explainer.enter(customers.length);
  const texts = await together.reasons(customers, 5);
  assert.equal(texts.length, customers.length);
  for (const i of [0, 7, 8, 49]) assert.deepEqual(await together.reasons([customers[i]!], 5), [texts[i]]);
});

test('a short request that comes after a long one is not made to wait for its end', async () => {
  using long = live.explainer.enter(500);
  using short = live.explainer.enter(1);
  const ended: string[] = [];
  await Promise.all([
    long.reasons(workspace.customers.slice(0, 500), 3).then(() => ended.push('long')),
    short.reasons(workspace.customers.slice(0, 1), 3).then(() => ended.push('short')),
    short.score(workspace.customers[0]!, 3).then(() => ended.push('explained')),
  ]);
  assert.deepEqual(ended, ['short', 'explained', 'long']);
});

test('more than may be inside are refused until others have left; a place is given back once', () => {
  const { enter } = fresh();
  const busy = { code: 'serving.busy' };
  const first = enter(6);
  const second = enter(4);
  assert.throws(() => enter(1), busy);
  second[Symbol.dispose]();
  second[Symbol.dispose]();
  assert.throws(() => enter(5), busy);
  enter(4)[Symbol.dispose]();
  first[Symbol.dispose]();
  // Alone, a request above the bound could never enter otherwise.
  using _ = enter(1000);
  assert.throws(() => enter(1), busy);
});

test('work that fails does not end the turns of others', async () => {
  using explaining = fresh().enter(2);
  const broken = new Proxy({}, { getOwnPropertyDescriptor: () => assert.fail('no such customer') });
  const [failed, told] = await Promise.allSettled([
    explaining.reasons([broken], 3),
    explaining.reasons(workspace.customers.slice(0, 1), 3),
  ]);
  assert.deepEqual([failed.status, told.status], ['rejected', 'fulfilled']);
});
