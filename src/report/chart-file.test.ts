import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chartFile } from './chart-file.ts';
import { rocChart } from './charts/roc.ts';
import { syntheticFacts } from './testing/synthetic-facts.ts';
import { allElements, parseXml } from './testing/well-formed.ts';

test('chart file: well-formed, on a light ground as large as the picture, without variables of a page', async () => {
  const chart = rocChart(syntheticFacts());
  const svg = await chartFile(chart);
  const ground = allElements(parseXml(svg)).find(({ name }) => name === 'rect');
  assert.deepEqual(
    { ...ground?.attributes },
    {
      width: String(chart.width),
      height: String(chart.height),
      fill: '#ffffff',
    },
  );
  assert.ok(!svg.includes('var('));
});
