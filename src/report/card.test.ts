import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeCard } from './card.ts';
import { fullFacts, hostileFacts, priorFacts } from './testing/synthetic-facts.ts';

const headings = (card: string): string[] => card.split('\n').filter((line) => /^#+ /.test(line));

const expected = [
  '## Model details',
  '## Intended use',
  '## Data',
  '## Metrics',
  '## Threshold',
  '## Choice',
  '## Gate',
  '## Limits and caveats',
  '## Ethical considerations',
  '## How to reproduce',
];

test('card: has its parts in order, with figures, intervals, seed and personal columns', () => {
  const card = writeCard(fullFacts());
  assert.deepEqual(headings(card), ['# telco', ...expected]);
  assert.match(card, /\| ROC-AUC \| 0\.\d{3} \| 0\.\d{3} to 0\.\d{3} \|/);
  assert.match(card, /\| Recall \| \d\d\.\d% \|/);
  assert.match(card, /seed 42/);
  assert.match(card, /Label: 20260312\.a1b2c3d/);
  assert.match(card, /calls personal: SeniorCitizen\./);
  assert.match(card, /between groups of gender and SeniorCitizen/);
  assert.match(card, /no calibration was put over them/);
  assert.match(card, /association, not cause/);
  assert.doesNotMatch(card, /\d\.\d{5}|undefined|NaN|null/);
});

test('card: says when personal columns are not known, and when there are none', () => {
  const { personal: _, ...unknown } = fullFacts();
  assert.match(writeCard(unknown), /was not recorded here/);
  assert.match(writeCard({ ...unknown, personal: [] }), /uses no column that the contract calls personal/);
});

test('card: a refused model is told as refused', () => {
  const card = writeCard(priorFacts());
  assert.match(card, /\*\*Refused\.\*\* 2 of 4 conditions of the gate do not hold/);
  assert.match(card, /\*\*fails\*\*: ROC-AUC is 0\.500/);
  assert.match(card, /Not shown to be better than chance/);
});

test('card: without author, description, notes, groups or columns left out it is whole too', () => {
  const facts = fullFacts();
  const card = writeCard({
    ...facts,
    model: { ...facts.model, author: null, description: null },
    notes: [],
    segments: [],
    leftOut: [],
  });
  assert.deepEqual(headings(card), ['# telco', ...expected]);
  assert.doesNotMatch(card, /Author/);
  assert.match(card, /Every column of the contract is used/);
  assert.match(card, /No group of customers could be judged/);
});

test('card: hostile names change neither headings nor tables', () => {
  const facts = hostileFacts();
  const card = writeCard(facts);
  assert.deepEqual(headings(card).slice(1), expected);
  assert.doesNotMatch(card, /(?<!\\)<(?!\d)|https?:\/\//);
  const cells = card.split('\n').filter((line) => line.startsWith('|'));
  for (const line of cells) assert.ok([4, 5].includes(line.match(/(?<!\\)\|/g)!.length), line);
});

test('card: the same facts give the same card', () => {
  assert.equal(writeCard(fullFacts()), writeCard(structuredClone(fullFacts())));
});
