import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readSection } from '../testing/sections.ts';
import { fullFacts, priorFacts, syntheticFacts } from '../testing/synthetic-facts.ts';
import type { TrainingFacts } from '../training-facts.ts';
import { bandRows, decisionsSection } from './decisions.ts';

test('decisions: the four counts with words, and their sums beside them', () => {
  const { rows } = readSection(
    decisionsSection({
      ...fullFacts(),
      confusion: { truePositives: 30, falseNegatives: 10, falsePositives: 20, trueNegatives: 1140 },
    }),
  );
  assert.deepEqual(rows.slice(0, 3), [
    ['', 'Left (40)', 'Stayed (1,160)'],
    ['Flagged (50)', '30found2.5% of all', '20bothered for nothing1.7% of all'],
    ['Not flagged (1,150)', '10missed0.8% of all', '1,140rightly left alone95.0% of all'],
  ]);
});

test('bands: shares add up to all, churn rates fall, and high is what the threshold flags', () => {
  const facts = fullFacts();
  const rows = bandRows(facts);
  assert.deepEqual(
    rows.map(({ band }) => band),
    ['high', 'medium', 'low'],
  );
  assert.ok(Math.abs(rows.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-12);
  const { truePositives, falsePositives } = facts.confusion;
  assert.ok(Math.abs(rows[0]!.share - (truePositives + falsePositives) / facts.holdout.rows) < 1e-12);
  assert.ok(Math.abs(rows[0]!.churnRate - facts.holdout.precision.value) < 1e-12);
  assert.ok(rows[0]!.churnRate > rows[1]!.churnRate && rows[1]!.churnRate > rows[2]!.churnRate);
});

test('bands: an empty band has a dash for its churn rate, bands without width are named none', () => {
  const bandsOf = (facts: TrainingFacts) =>
    readSection(decisionsSection(facts)).rows.filter(([name]) => ['medium', 'low'].includes(name!));
  assert.match(bandsOf(priorFacts())[1]!.join(' '), /^low below 9\.5% 0% –$/);
  const [medium, low] = bandsOf({ ...fullFacts(), bands: { high: 0.3, medium: 0.3 } });
  assert.equal(medium![1], 'none');
  assert.equal(low![1], 'below 30.0%');
});

test('certainty: limits, the share of sure scores and how often each outcome was covered; nothing without limits', () => {
  const { rows, text } = readSection(decisionsSection(fullFacts()));
  const { limits, measured } = fullFacts().certainty!;
  const of = (name: string) => rows.find(([first]) => first === name)!;
  assert.match(of('sure')[1]!, new RegExp(`^${Math.round(100 * measured.sure.value)}% \\d`));
  assert.match(
    of('unsure')[2]!,
    limits.churn <= limits.stay ? /both outcomes are likely/ : /neither outcome is usual/,
  );
  assert.ok(of('leavers covered') && of('stayers covered'));
  assert.match(text, /judged right in 90% of cases/);
  assert.doesNotMatch(readSection(decisionsSection(syntheticFacts())).text, /Sure and unsure/);
});
