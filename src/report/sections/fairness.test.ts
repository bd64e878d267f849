import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readSection } from '../testing/sections.ts';
import { fullFacts } from '../testing/synthetic-facts.ts';
import { fairnessCard } from './fairness.ts';

const read = (facts: Parameters<typeof fairnessCard>[0]) =>
  readSection({ id: 'fairness', title: 'Fairness', body: fairnessCard(facts) });

test('fairness: each measure of each personal column has a line with groups, interval and a word on proof', () => {
  const { rows, text } = read(fullFacts());
  assert.equal(rows.length, 1 + 2 * 4);
  assert.deepEqual([...new Set(rows.slice(1).map(([column]) => column))], ['gender', 'SeniorCitizen']);
  const senior = rows.find(([column, what]) => column === 'SeniorCitizen' && what === 'share flagged')!;
  assert.match(senior[2]!, /^\d+\.\d −?\d+\.\d to \d+\.\d$/);
  assert.deepEqual(senior.slice(3), ['true', 'false', 'proven']);
  assert.ok(rows.some((row) => row.at(-1) === 'not proven'));
  assert.match(text, /for a person to decide/);
});

test('fairness: without personal columns it is a sentence without a table', () => {
  const { rows, text } = read({ fairness: [] });
  assert.equal(rows.length, 0);
  assert.match(text, /calls no column personal/);
});
