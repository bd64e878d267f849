import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawChart } from '../draw-chart.ts';
import { syntheticSearch } from '../testing/synthetic-search.ts';
import { textsOf } from '../testing/texts.ts';
import { searchChart } from './search.ts';

const seriesOf = (search = syntheticSearch()) =>
  searchChart(search)!.option.series as { data: [number, number][] }[];

test('search chart: a dot a trial, small where it ended early, and the best so far as steps', async () => {
  const [early, whole, line, best] = seriesOf();
  assert.deepEqual(
    early!.data.map(([number]) => number),
    [7, 10],
  );
  assert.ok(!whole!.data.some(([number]) => number === 1), 'trial 1 is too far behind to be drawn');
  assert.equal(whole!.data.length, 9);
  const heights = line!.data.map(([, y]) => y);
  assert.deepEqual(heights, [...heights].sort());
  assert.equal(heights[0], 0.81);
  assert.deepEqual(best!.data, [[11, 0.8412]]);
  const lucky = syntheticSearch();
  // A good first fold, on which the best was better still.
  const trials = lucky.trials.map((trial) =>
    trial.number === 10
      ? { ...trial, mean: 0.86, folds: [0.86] }
      : trial.number === 11
        ? { ...trial, folds: [0.87, 0.8268, 0.8268] }
        : trial,
  );
  assert.ok(Math.abs(seriesOf({ ...lucky, trials })[0]!.data.at(-1)![1] - 0.8312) < 1e-9);
  assert.deepEqual(line!.data.at(-1), [12, 0.8412]);
  const chart = searchChart(syntheticSearch())!;
  assert.match(chart.description, /12 trials by mean ROC-AUC.*to 0\.8412, found by trial 11/);
  const texts = textsOf(await drawChart(chart));
  for (const text of ['Trial', 'ROC-AUC']) assert.ok(texts.includes(text), text);
});

test('search chart: where less is better the line falls', () => {
  const falling = syntheticSearch({ metric: 'log-loss', higherIsBetter: false });
  const line = seriesOf(falling)[2]!.data;
  assert.ok(line.every(([, y], i) => i === 0 || y <= line[i - 1]![1]));
});

test('search chart: a single trial, or none that was tried whole, is no way to draw', () => {
  const { trials } = syntheticSearch();
  assert.equal(searchChart(syntheticSearch({ trials: trials.slice(0, 1) })), undefined);
  const cut = trials.map((trial) => ({ ...trial, outcome: 'cut' as const }));
  assert.equal(searchChart(syntheticSearch({ trials: cut })), undefined);
});
