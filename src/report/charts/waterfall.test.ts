import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawChart } from '../draw-chart.ts';
import { textsOf } from '../testing/texts.ts';
import { mostParts, waterfallChart } from './waterfall.ts';

const facts = {
  link: 'probability' as const,
  base: 0.25,
  baseProbability: 0.25,
  probability: 0.55,
  parts: [
    { label: 'noise: 1', contribution: 0 },
    { label: 'tenure: 2 months', contribution: 0.12 },
    { label: 'Contract: Month-to-month', contribution: 0.28 },
    { label: 'autopay: true', contribution: -0.1 },
  ],
};

test('waterfall chart: from the average customer to this one, strongest first, with what each column adds', async () => {
  const chart = waterfallChart(facts);
  assert.match(chart.description, /average customer has 25\.0%, this one 55\.0%/);
  assert.match(
    chart.description,
    /Raised most by Contract: Month-to-month and tenure: 2 months\. Lowered most by autopay/,
  );
  const texts = textsOf(await drawChart(chart));
  const names = [
    'Average customer',
    'Contract: Month-to-month',
    'tenure: 2 months',
    'autopay: true',
    'This customer',
  ];
  assert.deepEqual(
    texts.filter((text) => names.includes(text)),
    names,
  );
  for (const text of ['+28.0', '+12.0', '−10.0', '25.0%', '55.0%', 'Churn probability'])
    assert.ok(texts.includes(text), text);
  assert.ok(!texts.includes('noise: 1'), 'what adds nothing is not drawn');
});

test('waterfall chart: many columns become ten and the rest', async () => {
  const parts = Array.from({ length: 30 }, (_, i) => ({
    label: `column ${i}`,
    contribution: 0.03 - i / 2000,
  }));
  const texts = textsOf(await drawChart(waterfallChart({ ...facts, parts })));
  assert.equal(texts.filter((text) => /^column \d+$/.test(text)).length, mostParts);
  assert.ok(texts.includes('20 other columns'));
});

test('waterfall chart: log-odds are named as such, their ends told as probabilities; no part at all is still a chart', async () => {
  const texts = textsOf(
    await drawChart(
      waterfallChart({ ...facts, link: 'logit', base: -1.1, probability: 0.1, parts: facts.parts }),
    ),
  );
  for (const text of ['Churn score (log-odds)', '10.0%', '+0.28']) assert.ok(texts.includes(text), text);
  const none = await drawChart(waterfallChart({ ...facts, parts: [] }));
  assert.ok(textsOf(none).includes('This customer'));
});

test('waterfall chart: a hostile label breaks neither picture nor description', async () => {
  const chart = waterfallChart({
    ...facts,
    parts: [{ label: '<script>"&\u202e'.repeat(20), contribution: 0.3 }],
  });
  assert.ok(textsOf(await drawChart(chart)).every((text) => text.length < 60));
});
