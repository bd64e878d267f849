import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullFacts } from '../testing/synthetic-facts.ts';
import { calibrationChart } from './calibration.ts';

test('calibration chart: a dot and a line from end to end of the interval for each group', () => {
  const facts = fullFacts();
  const point = (meanScore: number, low: number, value: number, high: number) => ({
    from: 0,
    to: 1,
    meanScore,
    churnRate: { low, value, high },
    count: 10,
  });
  const chart = calibrationChart({
    ...facts,
    curves: { ...facts.curves, calibration: [point(0.1, 0, 0.05, 0.2), point(0.8, 0.3, 0.4, 0.5)] },
  });
  const series = chart.option.series as { type: string; data: unknown[] }[];
  assert.deepEqual(series.find(({ type, data }) => type === 'scatter' && data.length === 2)!.data, [
    [0.1, 0.05],
    [0.8, 0.4],
  ]);
  assert.ok(series.some(({ data }) => JSON.stringify(data.slice(0, 2)) === '[[0.1,0],[0.1,0.2]]'));
  assert.match(chart.description, /In 1 of 2 groups .* predicted 80% and came to 40%/);
});

test('calibration chart: every group of a real sample lies inside its interval or is counted as outside', () => {
  assert.match(calibrationChart(fullFacts()).description, /In (\d|10) of 10 groups/);
});
