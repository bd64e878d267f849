import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSection } from '../testing/sections.ts';
import { fullFacts, syntheticFacts } from '../testing/synthetic-facts.ts';
import { effectsSection } from './effects.ts';

test('effects: the swarm, then a picture for each column with what it says in a sentence', async () => {
  const { elements, text } = readSection((await effectsSection(fullFacts()))!);
  const figures = elements.filter(({ name }) => name === 'figure');
  assert.deepEqual(
    figures.map(({ children }) => children[0]!.children[0]!.text),
    ['Customer by customer', 'Score by Contract', 'Score by tenure', 'Score by Paperless', 'Score by since'],
  );
  assert.match(text, /Each dot is one of 200 customers/);
  assert.match(text, /It hardly changes with Paperless/);
  assert.match(text, /from 8% \(at 72 months\) to 50%/);
});

test('effects: a model without them has no such section; with curves alone there is no swarm', async () => {
  assert.equal(await effectsSection(syntheticFacts()), null);
  const { contributions: _, ...facts } = fullFacts();
  const { text } = readSection((await effectsSection(facts))!);
  assert.doesNotMatch(text, /Customer by customer/);
});
