import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSection } from '../testing/sections.ts';
import { fullFacts, syntheticFacts } from '../testing/synthetic-facts.ts';
import { columnFacts, columnsSection, columnsSentence } from './columns.ts';

test('columns: each with what it is, its values and how often such customers left, the most telling first', () => {
  const { overview } = fullFacts();
  const { elements, rows } = readSection(columnsSection(fullFacts())!);
  const headings = elements.filter(({ name }) => name === 'h3').map(({ text }) => text);
  assert.deepEqual(new Set(headings), new Set(overview!.columns.map(({ column }) => column)));
  assert.deepEqual(headings.slice(0, 2).sort(), ['Contract', 'tenure']);
  const monthly = rows.find(([name]) => name === 'Month-to-month')!;
  assert.match(monthly.join(' '), /^Month-to-month \d\d% {2}\d\d%$/);
  assert.ok(rows.some(([name]) => /^\d+ to 71 months$/.test(name!)));
  assert.equal(rows.filter(([name]) => name === '(missing)').length, 1);
});

test('columns: numbers with a group for each value and levels have no histogram, ranges have one with its words', () => {
  const { elements } = readSection(columnsSection(fullFacts())!);
  const labels = elements.flatMap(({ attributes }) =>
    attributes.class === 'histogram' ? [attributes['aria-label']!] : [],
  );
  assert.equal(labels.length, 3);
  assert.ok(
    labels.some((label) => /^Values of tenure: 1% lie below \d+ months, half below \d+ months/.test(label)),
  );
});

test('columns: facts name kind, unit, missing share, effect and what it is not used for', () => {
  const { columns } = fullFacts().overview!;
  const of = (name: string) => columns.find(({ column }) => column === name)!;
  assert.match(
    columnFacts(of('tenure'), 'months'),
    /^Number \(months\), 1\.7% missing, 72 values\. (Medium|Large) effect, d\u00a0=\u00a0−\d\.\d\d, ROC-AUC 0\.\d\d alone\.$/,
  );
  assert.match(columnFacts(of('Paperless')), /^Boolean, none missing, 2 values\. .* Only judges groups\.$/);
  assert.match(columnFacts(of('Constant')), /^Number, none missing, 1 value\. No effect measured/);
});

test('columns: what a column means is told where the contract says it, and never taken from elsewhere', () => {
  const facts = { ...fullFacts(), meanings: { tenure: 'Months since the first contract' } };
  assert.match(readSection(columnsSection(facts)!).text, /tenureMonths since the first contract/);
  const [one] = facts.overview!.columns;
  const odd = { ...facts.overview!, columns: [{ ...one!, column: 'constructor' }] };
  assert.doesNotMatch(readSection(columnsSection({ ...facts, overview: odd })!).text, /function|native/);
});

test('columns: the sentence names those that tell most, or that none does; old models have no such section', () => {
  const { overview } = fullFacts();
  assert.match(
    columnsSentence({ overview: overview! }),
    /^By themselves (tenure|Contract) \(ROC-AUC 0\.\d\d\)/,
  );
  const dull = { ...overview!, columns: overview!.columns.map((column) => ({ ...column, auc: 0.5 })) };
  assert.equal(columnsSentence({ overview: dull }), 'No column says much about churn by itself.');
  assert.equal(columnsSection(syntheticFacts()), null);
});

test('columns: of many the first nine are open, the others folded', () => {
  const facts = fullFacts();
  const [one] = facts.overview!.columns;
  const many = Array.from({ length: 15 }, (_, i) => ({ ...one!, column: `c${i}` }));
  const { text, elements } = readSection(
    columnsSection({ ...facts, overview: { ...facts.overview!, columns: many, columnCount: 15 } })!,
  );
  assert.match(text, /6 more columns/);
  assert.equal(elements.filter(({ name }) => name === 'details').length, 1);
});

test('columns: what is nobody’s business has its figures but no groups', () => {
  const facts = fullFacts();
  const hidden = facts.overview!.columns.map((column) => ({
    ...column,
    groups: [],
    histogram: [],
    spread: null,
  }));
  const { rows, text } = readSection(
    columnsSection({ ...facts, overview: { ...facts.overview!, columns: hidden } })!,
  );
  assert.equal(rows.length, 0);
  assert.match(text, /Its values are not told/);
});
