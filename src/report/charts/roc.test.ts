import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawChart } from '../draw-chart.ts';
import { fullFacts } from '../testing/synthetic-facts.ts';
import { textsOf } from '../testing/texts.ts';
import { rocChart } from './roc.ts';

test('roc chart: names chance and threshold, and tells the figures at the threshold', async () => {
  const facts = fullFacts();
  const chart = rocChart({
    ...facts,
    confusion: { truePositives: 30, falseNegatives: 10, falsePositives: 20, trueNegatives: 180 },
  });
  assert.match(chart.description, /75% of those who leave are found and 10% of those who stay/);
  const texts = textsOf(await drawChart(chart));
  for (const text of ['chance', 'threshold', 'Leavers found', 'Stayers flagged by mistake', '0%', '100%'])
    assert.ok(texts.includes(text), text);
});
