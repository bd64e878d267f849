import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSection } from '../testing/sections.ts';
import { fullFacts, priorFacts, syntheticFacts } from '../testing/synthetic-facts.ts';
import { listSection } from './list.ts';

test('list: a row for each length with calls, leavers of 100, leavers reached and money; four answers below', () => {
  const { rows, elements, text } = readSection(listSection(fullFacts()));
  assert.equal(rows.length, 6);
  assert.match(rows[1]!.join(' '), /^the first 5% 50 \d\d \d\d–\d\d +\d+ [\d,]+$/);
  const headings = elements.filter(({ name }) => name === 'h3').map(({ text: words }) => words);
  assert.deepEqual(headings, [
    'Who leaves',
    'Why, as far as the model knows',
    'What it is worth',
    'What it can’t say',
  ]);
  assert.match(text, /association, not cause/);
  assert.equal(elements.filter(({ attributes }) => attributes.class === 'chosen').length, 1);
});

test('list: without a profit section no column of money; without a signal no kind of customer stands out', () => {
  assert.equal(readSection(listSection(syntheticFacts())).rows[0]!.length, 5);
  const { text } = readSection(listSection(priorFacts()));
  assert.match(text, /No kind of customer stands out/);
  assert.match(text, /No column makes a difference that stands out/);
});
