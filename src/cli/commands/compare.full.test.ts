import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { newTrainedPlace, type Place } from '../testing/holdfast.ts';

let place: Place;
/** Version 1 has learned, version 2 says the same of everybody. */
before(async () => {
  ({ place } = await newTrainedPlace());
  const yaml = readFileSync(place.path('holdfast.yaml'), 'utf8');
  const weak = yaml.replace(/ {4}logistic-regression: .*\n/, '').replace('chance: true', 'chance: false');
  writeFileSync(place.path('holdfast.yaml'), weak);
  const trained = await place.runHere('train');
  assert.equal(trained.exit, 0, trained.stderr);
  await place.runHere('generate', 'others.csv', '--rows', '900', '--seed', '11');
  writeFileSync(place.path('fresh.csv'), readFileSync(place.path('others.csv'), 'utf8').replace(/^C/gm, 'N'));
});
after(() => place[Symbol.dispose]());

interface Compared {
  data: { rows: number; of: number } | null;
  metrics: {
    metric: string;
    first: object;
    second: object;
    difference: { value: number; low: number; high: number } | null;
    better: string | null;
  }[];
}

test('compare: on customers that neither has seen each difference has an interval, whichever is named first', async () => {
  const ended = await place.run('compare', 'customers@1', 'customers@2', '--data', 'fresh.csv');
  assert.equal(ended.exit, 0, ended.stderr);
  assert.match(ended.stdout, /^Second {2}customers \S+ on the same \d+ customers of 900$/m);
  assert.match(ended.stdout, /^ {2}metric +first +second +difference +95% interval +better$/m);
  const there = (
    await place.runHere('compare', 'customers@1', 'customers@2', '--data', 'fresh.csv', '--json')
  ).json<Compared>();
  const back = (
    await place.runHere('compare', 'customers@2', 'customers@1', '--data', 'fresh.csv', '--json')
  ).json<Compared>();
  assert.ok(there.data!.rows > 850 && there.data!.rows < 900, `${there.data!.rows} rows`);
  there.metrics.forEach(({ metric, first, second, difference, better }, i) => {
    const other = back.metrics[i]!;
    assert.deepEqual([other.first, other.second], [second, first], metric);
    assert.ok(Math.abs(difference!.value + other.difference!.value) < 1e-12, metric);
    assert.ok(Math.abs(difference!.low + other.difference!.high) < 1e-12, metric);
    assert.equal(other.better, better === null ? null : better === 'first' ? 'second' : 'first', metric);
  });
  const rocAuc = there.metrics.find(({ metric }) => metric === 'rocAuc')!;
  assert.equal(rocAuc.better, 'first', JSON.stringify(rocAuc));
  assert.match(ended.stdout, /^By ROC-AUC the first is better, with 95% confidence\.$/m);
});

test('compare: a model with itself differs by nothing, which is said, and nothing is proven', async () => {
  const { metrics } = (
    await place.runHere('compare', 'customers@1', 'customers@1', '--data', 'fresh.csv', '--json')
  ).json<Compared>();
  for (const { difference, better } of metrics)
    assert.deepEqual([difference, better], [{ value: 0, low: 0, high: 0 }, null]);
  for (const data of [[], ['--data', 'fresh.csv']]) {
    const { stdout } = await place.runHere('compare', 'customers@1', 'customers@1', ...data);
    assert.match(stdout, /^Both are the same model: there is nothing to compare\.$/m);
    assert.doesNotMatch(stdout, /neither is proven/);
  }
});

test('compare: without a table the figures stand side by side, with the word that they prove nothing', async () => {
  const ended = await place.runHere('compare', 'customers@1', 'latest');
  assert.equal(ended.exit, 0, ended.stderr);
  assert.match(
    ended.stdout,
    /^Each on the hold-out of its own training, 45 customers and 45 customers of one source and seed/m,
  );
  assert.doesNotMatch(ended.stdout, /difference +95%|better/);
});

test('compare: of the source itself only rows that neither learned from count, and too few are refused', async () => {
  const lines = readFileSync(place.path('customers.csv'), 'utf8').split('\n');
  writeFileSync(place.path('few.csv'), `${lines.slice(0, 40).join('\n')}\n`);
  const ended = await place.runHere('compare', 'customers@1', 'customers@2', '--data', 'few.csv', '--json');
  assert.equal(ended.exit, 1);
  assert.equal(ended.json<{ error: { code: string } }>().error.code, 'compare.no-rows');
  assert.match(ended.stderr, /of 39 customers \d+ are left that neither model has learned from/);
});
