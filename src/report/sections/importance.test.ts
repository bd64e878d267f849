import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readSection } from '../testing/sections.ts';
import { fullFacts, priorFacts } from '../testing/synthetic-facts.ts';
import { importanceSection } from './importance.ts';

test('importance: picture, words, and all columns in figures', async () => {
  const facts = fullFacts();
  const { rows, text, elements } = readSection(await importanceSection(facts));
  assert.equal(rows.length, facts.importance.length + 1);
  assert.equal(rows[1]![0], 'Contract');
  assert.match(text, /Most is lost without Contract, tenure and InternetService/);
  assert.match(text, /Associated, not caused/);
  assert.equal(elements.filter(({ name }) => name === 'figure').length, 1);
});

test('importance: all zero needs no picture', async () => {
  const { text, elements } = readSection(await importanceSection(priorFacts()));
  assert.match(text, /No column makes a difference that stands out/);
  assert.ok(!elements.some(({ name }) => name === 'svg' || name === 'table'));
});
