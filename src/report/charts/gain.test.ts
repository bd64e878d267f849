import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawChart } from '../draw-chart.ts';
import { fullFacts } from '../testing/synthetic-facts.ts';
import { textsOf } from '../testing/texts.ts';
import { gainChart } from './gain.ts';

test('gain chart: tells the first tenth and the threshold; a perfect model bends at the churn rate', async () => {
  const chart = gainChart({
    curves: {
      ...fullFacts().curves,
      gain: [
        { threshold: null, contacted: 0, reached: 0, lift: null },
        { threshold: 0.5, contacted: 0.2, reached: 0.6, lift: 3 },
        { threshold: 0.1, contacted: 1, reached: 1, lift: 1 },
      ],
    },
    confusion: { truePositives: 30, falseNegatives: 10, falsePositives: 20, trueNegatives: 100 },
  });
  assert.match(
    chart.description,
    /highest scores holds 30% of the leavers; at the threshold 31% are contacted/,
  );
  const texts = textsOf(await drawChart(chart));
  for (const text of ['at random', 'perfect', 'threshold']) assert.ok(texts.includes(text), text);
  const [, perfect] = chart.option.series as { data: unknown }[];
  assert.deepEqual(perfect!.data, [
    [0, 0],
    [0.25, 1],
    [1, 1],
  ]);
});
