import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawChart } from '../draw-chart.ts';
import { textsOf } from '../testing/texts.ts';
import { beeswarmChart, mostSwarms } from './beeswarm.ts';

const swarm = (column: string, size: number) => ({
  column,
  values: Array.from({ length: 200 }, (_, i) => size * (i / 199 - 0.5)),
  places: Array.from({ length: 200 }, (_, i) => (i % 10 === 0 ? null : i / 199)),
});

test('beeswarm chart: names columns, axis and colours, and tells the strongest', async () => {
  const chart = beeswarmChart({
    link: 'probability',
    rows: 200,
    columns: [swarm('Contract', 0.4), swarm('tenure', 0.2)],
  });
  assert.match(
    chart.description,
    /200 customers\. Strongest on average: Contract 10\.1 points and tenure 5\.0 points\.$/,
  );
  const texts = textsOf(await drawChart(chart));
  for (const text of [
    'Contract',
    'tenure',
    'low value',
    'high value',
    'Adds to the churn probability (points)',
  ])
    assert.ok(texts.includes(text), text);
});

test('beeswarm chart: at most ten columns, and two thousand dots take less than 80 kB', async () => {
  const columns = Array.from({ length: 14 }, (_, i) => swarm(`column ${i}`, 1 / (i + 1)));
  const svg = await drawChart(beeswarmChart({ link: 'logit', rows: 200, columns }));
  assert.equal(textsOf(svg).filter((text) => text.startsWith('column ')).length, mostSwarms);
  assert.ok(textsOf(svg).includes('Adds to the churn score (log-odds)'));
  assert.ok(svg.length < 80_000, `${svg.length}`);
});

test('beeswarm chart: customers of one value all the same stand around one place', async () => {
  const same = { column: 'flag', values: new Array(50).fill(0.1), places: new Array(50).fill(0.5) };
  const svg = await drawChart(beeswarmChart({ link: 'probability', rows: 50, columns: [same] }));
  assert.ok(textsOf(svg).includes('flag'));
});
