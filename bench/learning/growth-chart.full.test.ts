import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chartFile } from '../../src/report/chart-file.ts';
import { growthChart, rowsText } from './growth-chart.ts';

test('growth: names the last point of each line, and its axes are whole powers of ten around all of them', async () => {
  const chart = growthChart([
    {
      name: 'train',
      points: [
        [1e4, 2],
        [1e6, 90],
      ],
    },
    {
      name: 'score',
      points: [
        [1e4, 0.6],
        [1e7, 60],
      ],
    },
  ]);
  assert.equal(chart.description, 'train: 90.00 s for 1M rows; score: 60.00 s for 10M rows');
  const { xAxis, yAxis } = chart.option as Record<string, { min: number; max: number }>;
  assert.deepEqual([xAxis!.min, xAxis!.max, yAxis!.min, yAxis!.max], [4, 7, -1, 2]);
  const svg = await chartFile(chart);
  for (const word of ['train', 'score', '10k', '10M', '100 ms']) assert.ok(svg.includes(`>${word}<`), word);
});

test('growth: rows are written short', () => {
  assert.deepEqual([500, 5000, 1e5, 1e6, 1e7].map(rowsText), ['500', '5k', '100k', '1M', '10M']);
});
