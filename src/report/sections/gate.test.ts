import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readSection } from '../testing/sections.ts';
import { fullFacts, priorFacts } from '../testing/synthetic-facts.ts';
import { gateSection } from './gate.ts';

test('gate: each condition by its name, with both figures', () => {
  const { rows } = readSection(gateSection(fullFacts()));
  assert.deepEqual(
    rows.slice(1).map(([verdict, name]) => [verdict, name]),
    [
      ['holds', 'Better than chance'],
      ['holds', 'ROC-AUC'],
      ['holds', 'Learned, not memorised'],
      ['holds', 'Not worse than the model in use'],
    ],
  );
  assert.match(rows[2]![2]!, /^ROC-AUC is 0\.\d{3}, at least 0\.800 required\.$/);
});

test('gate: failed conditions say so in words, not by colour alone', () => {
  const { rows, text } = readSection(gateSection(priorFacts()));
  assert.equal(rows.filter(([verdict]) => verdict === 'fails').length, 2);
  assert.match(text, /Refused by the gate/);
});

test('gate: without conditions it says how to set them; a condition it does not know keeps its key', () => {
  assert.match(readSection(gateSection({ gate: { passed: true, checks: [] } })).text, /Add a gate section/);
  const check = { name: 'newOne', limit: 1, value: null, passed: true, reason: 'x' };
  assert.equal(readSection(gateSection({ gate: { passed: true, checks: [check] } })).rows[1]![1], 'newOne');
});
