import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawChart } from '../draw-chart.ts';
import { syntheticFacts } from '../testing/synthetic-facts.ts';
import { textsOf } from '../testing/texts.ts';
import { confusionChart } from './confusion.ts';

test('confusion chart: four fields with count, words and share', async () => {
  const chart = confusionChart({
    ...syntheticFacts(),
    confusion: { truePositives: 300, falseNegatives: 100, falsePositives: 200, trueNegatives: 1400 },
  });
  assert.match(
    chart.description,
    /300 found, 200 bothered for nothing, 100 missed, 1,400 rightly left alone\.$/,
  );
  const texts = textsOf(await drawChart(chart));
  for (const text of [
    'Left',
    'Stayed',
    'Flagged',
    'Not flagged',
    '1,400',
    'rightly left alone',
    '70.0% of all',
  ])
    assert.ok(texts.includes(text), text);
});
