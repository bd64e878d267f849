import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSection } from '../testing/sections.ts';
import { fullFacts, syntheticFacts } from '../testing/synthetic-facts.ts';
import { findingsSection, withoutName } from './findings.ts';

const overview = (count: number, severity: 'warn' | 'note') => ({
  ...fullFacts().overview!,
  findings: Array.from({ length: count }, (_, i) => ({
    code: 'missing.high',
    severity,
    column: `c${i}`,
    message: `c${i}: missing in 80% of the rows`,
  })),
});

test('findings: severity, column and message without its repeated name; the constant column of the example is found', () => {
  const { rows } = readSection(findingsSection(fullFacts())!);
  const found = rows.find(([, column]) => column === 'Constant')!;
  assert.match(found[2]!, /constant$/);
  assert.equal(withoutName('a: b', 'a'), 'b');
  assert.equal(withoutName('ab: c', 'a'), 'ab: c');
  assert.equal(withoutName('whole', null), 'whole');
});

test('findings: says how many want a decision, or that nothing was found; more than ten are folded away', () => {
  const read = (count: number, severity: 'warn' | 'note') =>
    readSection(findingsSection({ overview: overview(count, severity) })!);
  assert.match(read(0, 'warn').text, /900 rows and 7 columns were looked at .*: nothing was found\./);
  assert.match(read(1, 'warn').text, /1 thing wants a decision/);
  assert.match(read(2, 'note').text, /2 things are good to know, nothing serious/);
  const many = read(14, 'warn');
  assert.equal(many.elements.filter(({ name }) => name === 'details').length, 1);
  assert.match(many.text, /4 more findings/);
});

test('findings: a model that was saved before they were kept has no such section', () => {
  assert.equal(findingsSection(syntheticFacts()), null);
});
