import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AggregatorRegistry, Histogram, Registry } from 'prom-client';
import { quickHistogram } from './quick-histogram.ts';

const name = 'answer_seconds';
const help = 'How long "answers" take.';
const buckets = [0.001, 0.25, 1];
const labels = ['predict', 'health'] as const;

/** The same values in prom-client's own histogram: the authority. */
function both(values: readonly (readonly [(typeof labels)[number], number])[]) {
  const own = new Registry();
  const theirs = new Registry();
  const quick = quickHistogram({ name, help, labelName: 'route', labels, buckets, registers: [own] });
  const slow = new Histogram({
    name,
    help,
    labelNames: ['route'],
    buckets: [...buckets],
    registers: [theirs],
  });
  for (const route of labels) slow.zero({ route });
  for (const [label, value] of values) {
    quick.observe(label, value);
    slow.observe({ route: label }, value);
  }
  return { own, theirs };
}

/** Label by label in order of their names: their order on a line says nothing. */
const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/\{(.*)\}/, (_, list: string) => `{${list.split(',').sort().join(',')}}`));

const values = [
  ['predict', 0.0005],
  ['predict', 0.001],
  ['predict', 0.2],
  ['predict', 7],
  ['health', 1],
  ['health', 1.0000001],
] as const;

test('quick-histogram: says what the histogram of prom-client says, on and above its bounds', async () => {
  const { own, theirs } = both(values);
  assert.deepEqual(lines(await own.metrics()), lines(await theirs.metrics()));
  assert.match(await own.metrics(), /answer_seconds_bucket\{le="\+Inf",route="predict"\} 4/);
});

test('quick-histogram: without a value every label stands with zeros', async () => {
  const { own, theirs } = both([]);
  assert.deepEqual(lines(await own.metrics()), lines(await theirs.metrics()));
});

test('quick-histogram: those of several processes add up', async () => {
  const of = async (registry: Registry) => registry.getMetricsAsJSON();
  const { own } = both(values);
  const summed = AggregatorRegistry.aggregate([await of(own), await of(both(values).own)] as never);
  assert.match(await summed.metrics(), /answer_seconds_count\{route="predict"\} 8/);
});

test('quick-histogram: a label that it was not told of and no number are left out', async () => {
  const registry = new Registry();
  const quick = quickHistogram<string>({
    name,
    help,
    labelName: 'route',
    labels,
    buckets,
    registers: [registry],
  });
  quick.observe('other', 1);
  quick.observe('predict', Number.NaN);
  assert.doesNotMatch(await registry.metrics(), /other| [1-9]|NaN/);
});
