import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readSection } from '../testing/sections.ts';
import { fullFacts, priorFacts } from '../testing/synthetic-facts.ts';
import { verdictSection } from './verdict.ts';

test('verdict: three hundreds, what matters, what to beware of', () => {
  const { text, elements } = readSection(verdictSection(fullFacts()));
  assert.equal(elements.filter(({ attributes }) => attributes.class === 'hundred').length, 3);
  for (const words of ['Passed the gate', 'Contract, tenure and InternetService', 'not cause', 'hold-out'])
    assert.ok(text.includes(words), words);
});

test('verdict: one column that matters is told in the singular', () => {
  const facts = fullFacts();
  const { text } = readSection(verdictSection({ ...facts, importance: facts.importance.slice(0, 1) }));
  assert.match(text, /Contract: without it the model ranks/);
});

test('verdict: a model without anything to lean on says so', () => {
  const { text } = readSection(verdictSection(priorFacts()));
  assert.match(text, /Refused by the gate/);
  assert.match(text, /the model has nothing to lean on/);
  assert.match(text, /It is kept, but it is not put to work/);
});
