import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullFacts, priorFacts, syntheticFacts } from './testing/synthetic-facts.ts';
import { dependenceCharts, trainingCharts } from './training-charts.ts';

const idsOf = (facts: Parameters<typeof trainingCharts>[0]) => trainingCharts(facts).map(({ id }) => id);

test('training charts: every chart once, each with a sentence for who can’t see it', () => {
  const charts = trainingCharts(fullFacts());
  assert.deepEqual(idsOf(fullFacts()), [
    'gain',
    'lift',
    'profit',
    'roc',
    'pr',
    'calibration',
    'confusion',
    'leaderboard',
    'importance',
    'beeswarm',
    'dependence-contract',
    'dependence-tenure',
    'dependence-paperless',
    'dependence-since',
  ]);
  for (const { description } of charts)
    assert.ok(description.length > 30 && !/NaN|undefined/.test(description));
});

test('training charts: what would be empty is left out', () => {
  const plain = idsOf(syntheticFacts());
  assert.ok(!plain.includes('profit') && !plain.includes('beeswarm') && plain.includes('importance'));
  assert.ok(!idsOf(priorFacts()).includes('importance'));
  assert.ok(!idsOf({ ...fullFacts(), leaderboard: [] }).includes('leaderboard'));
});

test('training charts: columns whose names differ only in signs have charts of different ids', () => {
  const [one] = fullFacts().dependence!;
  const same = ['plan a', 'plan_a', 'plan-a'].map((column) => ({ ...one!, column }));
  assert.deepEqual(
    dependenceCharts({ dependence: same }).map(({ id }) => id),
    ['dependence-plan-a', 'dependence-plan-a-2', 'dependence-plan-a-3'],
  );
});
