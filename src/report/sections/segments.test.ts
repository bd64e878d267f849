import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readSection } from '../testing/sections.ts';
import { fullFacts } from '../testing/synthetic-facts.ts';
import { segmentsSection } from './segments.ts';

test('segments: a heading for each column, a row for each level, low ones marked in words', () => {
  const facts = fullFacts();
  const columns = new Set(facts.segments.map(({ column }) => column));
  const { rows, elements } = readSection(segmentsSection({ ...facts, fairness: [] }));
  assert.equal(rows.length, 1 + columns.size + facts.segments.length);
  const marked = rows.filter(([level]) => level!.endsWith(' lower'));
  const weak = facts.segments.filter(({ metrics }) => metrics.rocAuc.high < facts.holdout.rocAuc.value);
  assert.ok(weak.length > 0);
  assert.equal(marked.length, weak.length);
  assert.equal(
    elements.filter(({ attributes }) => attributes.class === 'strip').length,
    facts.segments.length,
  );
  assert.match(rows[2]!.join('; '), /^Month-to-month; \d+; \d+% \d+%–\d+%; ; 0\.\d{3} 0\.\d{3}–0\.\d{3}; /);
});

test('segments: below them stands what was found between groups of people', () => {
  const { text, rows } = readSection(segmentsSection(fullFacts()));
  assert.match(text, /Are people treated alike\?/);
  assert.ok(rows.some((row) => row.at(-1) === 'not proven'));
});

test('segments: none is a sentence without a table', () => {
  const { text, rows } = readSection(segmentsSection({ ...fullFacts(), segments: [], fairness: [] }));
  assert.match(text, /No group could be judged on its own/);
  assert.equal(rows.length, 0);
});
