import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawChart } from '../draw-chart.ts';
import { fullFacts } from '../testing/synthetic-facts.ts';
import { textsOf } from '../testing/texts.ts';
import { prChart } from './pr.ts';

test('precision-recall chart: draws what flagging everybody gives, and steps', async () => {
  const chart = prChart({
    ...fullFacts(),
    confusion: { truePositives: 30, falseNegatives: 10, falsePositives: 20, trueNegatives: 100 },
  });
  assert.match(chart.description, /60% of the flagged customers leave and 75% of the leavers are found/);
  assert.ok(textsOf(await drawChart(chart)).includes('flag everybody: 25%'));
  const [, main] = chart.option.series as { step?: string }[];
  assert.equal(main!.step, 'start');
});
