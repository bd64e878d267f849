import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawChart } from '../draw-chart.ts';
import { fullFacts, priorFacts } from '../testing/synthetic-facts.ts';
import { textsOf } from '../testing/texts.ts';
import { liftChart } from './lift.ts';

const confusion = { truePositives: 30, falseNegatives: 10, falsePositives: 20, trueNegatives: 100 };

test('lift chart: tells the first tenth and fifth and the threshold; among the first few customers nothing is drawn', async () => {
  const chart = liftChart({
    curves: {
      ...fullFacts().curves,
      gain: [
        { threshold: null, contacted: 0, reached: 0, lift: null },
        { threshold: 0.9, contacted: 0.005, reached: 0.02, lift: 4 },
        { threshold: 0.5, contacted: 0.2, reached: 0.6, lift: 3 },
        { threshold: 0.1, contacted: 1, reached: 1, lift: 1 },
      ],
    },
    confusion,
  });
  assert.match(
    chart.description,
    /first fifth 3\.0 times; at the threshold, 31% of the customers, it is 2\.4 times/,
  );
  const [chance, line] = chart.option.series as { data: unknown }[];
  assert.deepEqual(chance!.data, [
    [0, 1],
    [1, 1],
  ]);
  assert.deepEqual(line!.data, [
    [0.2, 3],
    [1, 1],
  ]);
  const texts = textsOf(await drawChart(chart));
  for (const text of ['at random', 'threshold', 'Times as many leavers as at random'])
    assert.ok(texts.includes(text), text);
});

test('lift chart: where nobody is flagged no threshold is marked', async () => {
  const chart = liftChart({
    ...priorFacts(),
    confusion: { ...confusion, truePositives: 0, falsePositives: 0, falseNegatives: 40, trueNegatives: 120 },
  });
  assert.ok(!textsOf(await drawChart(chart)).includes('threshold'));
  assert.doesNotMatch(chart.description, /NaN|–/);
});
