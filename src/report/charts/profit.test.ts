import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { drawChart } from '../draw-chart.ts';
import { textsOf } from '../testing/texts.ts';
import { profitBy, profitChart } from './profit.ts';

const points = [
  { threshold: null, contacted: 0, profit: 0 },
  { threshold: 0.6, contacted: 0.25, profit: 5 },
  { threshold: 0.3, contacted: 0.5, profit: 4 },
  { threshold: 0, contacted: 1, profit: -2 },
];
const flagHalf = { truePositives: 30, falsePositives: 20, falseNegatives: 5, trueNegatives: 45 };

test('profit chart: for a thousand customers; names the best place, the threshold, everybody and nobody', async () => {
  const chart = profitChart(points, { confusion: flagHalf });
  assert.match(
    chart.description,
    /contacting the 25% with the highest scores is expected to earn most, 5,000; those above the threshold, 50%, 4,000; everybody −2,000; nobody 0/,
  );
  const texts = textsOf(await drawChart(chart));
  for (const text of ['best', 'threshold', 'Profit per 1,000 customers', '−2,000'])
    assert.ok(texts.includes(text), text);
});

test('profit chart: a threshold near the best place is marked alone', async () => {
  const confusion = {
    ...flagHalf,
    truePositives: 20,
    falsePositives: 6,
    trueNegatives: 59,
    falseNegatives: 15,
  };
  const texts = textsOf(await drawChart(profitChart(points, { confusion })));
  assert.deepEqual([texts.includes('threshold'), texts.includes('best')], [true, false]);
});

test('profit chart: a campaign that only loses says that nobody is the best list', () => {
  const losing = points.map((point) => ({ ...point, profit: -3 * point.contacted }));
  assert.match(profitChart(losing, { confusion: flagHalf }).description, /the 0% .* earn most, 0\.00/);
});

test('profit: for any share it lies between the points around it', () => {
  assert.equal(profitBy(points, 0.375), 4.5);
  assert.equal(profitBy(points, 1), -2);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
      const after = points.findIndex(({ contacted }) => contacted >= share);
      const around = points.slice(Math.max(0, after - 1), after + 1).map(({ profit }) => profit);
      const value = profitBy(points, share);
      return value >= Math.min(...around) - 1e-12 && value <= Math.max(...around) + 1e-12;
    }),
  );
});
