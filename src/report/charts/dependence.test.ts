import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawChart } from '../draw-chart.ts';
import { textsOf } from '../testing/texts.ts';
import { dependenceChart } from './dependence.ts';

const point = (value: string | number | boolean | null, mean: number) => ({
  value,
  mean,
  low: mean - 0.1,
  high: mean + 0.1,
});

test('dependence chart: a number is a curve along its values, with its unit and the spread', async () => {
  const points = [1, 12, 24, 48, 72].map((value, i) => point(value, 0.5 - i / 20));
  const chart = dependenceChart(
    { column: 'tenure', kind: 'number', rows: 300, points: [...points, point(null, 0.3)] },
    'months',
  );
  assert.equal(chart.id, 'dependence-tenure');
  assert.match(
    chart.description,
    /of 300 customers when tenure is set to a value for all of them: from 30\.0% to 50\.0%/,
  );
  const texts = textsOf(await drawChart(chart));
  for (const text of ['tenure (months)', 'Mean churn probability', '20%', '60%'])
    assert.ok(texts.includes(text), text);
});

test('dependence chart: levels stand highest first, a missing value in words, of many the most different', async () => {
  const chart = dependenceChart({
    column: 'plan type',
    kind: 'category',
    rows: 10,
    points: [point('basic', 0.2), point(null, 0.3), point('gold', 0.4)],
  });
  assert.equal(chart.id, 'dependence-plan-type');
  const texts = textsOf(await drawChart(chart));
  const names = ['gold', 'not known', 'basic'];
  assert.deepEqual(
    texts.filter((text) => names.includes(text)),
    names,
  );
  assert.ok(texts.includes('Mean churn probability by plan type'));
  const many = Array.from({ length: 40 }, (_, i) => point(`level ${i}`, 0.2 + i / 100));
  const drawn = textsOf(
    await drawChart(dependenceChart({ column: 'x', kind: 'category', rows: 1, points: many })),
  );
  assert.deepEqual(
    ['level 39', 'level 34', 'level 5', 'level 0', 'level 20'].map((name) => drawn.includes(name)),
    [true, true, true, true, false],
  );
});

test('dependence chart: dates stand along their years', async () => {
  const points = [2015, 2018, 2020].map((year, i) => point(`${year}-07-02T00:00:00.000Z`, 0.2 + i / 10));
  const texts = textsOf(await drawChart(dependenceChart({ column: 'since', kind: 'time', rows: 1, points })));
  for (const text of ['since (year)', '2015', '2021']) assert.ok(texts.includes(text), text);
});
