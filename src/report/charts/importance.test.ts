import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawChart } from '../draw-chart.ts';
import { fullFacts } from '../testing/synthetic-facts.ts';
import { textsOf } from '../testing/texts.ts';
import { importanceChart, mostBars } from './importance.ts';

test('importance chart: the first columns in order, long names shortened, the largest named', async () => {
  const column = (name: string, value: number) => ({ column: name, value, sd: 0.01 });
  const chart = importanceChart({
    importance: [column('a name that goes on and on and on', 0.5), column('b', 0.2), column('c', -0.005)],
  });
  assert.match(chart.description, /Largest: a name that goes on and on and on 0.500, b 0.200 and c −0.005\./);
  const texts = textsOf(await drawChart(chart));
  assert.ok(texts.includes('a name that goes on and…'));
  assert.ok(texts.indexOf('b') < texts.indexOf('c'));
});

test('importance chart: no more than fifteen bars', async () => {
  const { importance } = fullFacts();
  assert.ok(importance.length > mostBars);
  const texts = textsOf(await drawChart(importanceChart({ importance })));
  assert.ok(texts.includes(importance[mostBars - 1]!.column));
  assert.ok(!texts.includes(importance[mostBars]!.column));
});

test('importance chart: columns that all hurt by chance are drawn too', async () => {
  const texts = textsOf(
    await drawChart(importanceChart({ importance: [{ column: 'a', value: -0.01, sd: 0 }] })),
  );
  assert.ok(texts.includes('a'));
});
