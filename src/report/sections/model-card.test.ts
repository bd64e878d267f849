import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readSection } from '../testing/sections.ts';
import { fullFacts } from '../testing/synthetic-facts.ts';
import { modelCardSection } from './model-card.ts';

const factsOf = (facts = fullFacts()): Map<string, string> => {
  const { elements } = readSection(modelCardSection(facts));
  const words = (name: string) => elements.filter((element) => element.name === name).map(({ text }) => text);
  const values = words('dd');
  return new Map(words('dt').map((name, i) => [name, values[i]!]));
};

test('model card section: identity, origin, chosen model and how to repeat it', () => {
  const facts = factsOf();
  assert.equal(facts.get('Label'), '20260312.a1b2c3d');
  assert.equal(facts.get('Author'), 'retention-team');
  assert.equal(facts.get('Created'), '12 March 2026, 14:05 UTC');
  assert.equal(facts.get('Model'), 'Logistic regression');
  assert.equal(facts.get('Parameters'), 'l2 = 10');
  assert.equal(facts.get('Seed'), '42');
  assert.match(facts.get('Threshold')!, /^0\.\d{4,6} \(highest F1\)$/);
  assert.match(facts.get('To repeat')!, /to the byte/);
});

test('model card section: what is not known has no line', () => {
  const facts = fullFacts();
  const names = factsOf({
    ...facts,
    model: { ...facts.model, author: null, description: null },
    leaderboard: [],
  });
  for (const name of ['Author', 'Description', 'Model', 'Parameters']) assert.ok(!names.has(name), name);
});
