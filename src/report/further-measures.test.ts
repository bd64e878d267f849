import assert from 'node:assert/strict';
import { test } from 'node:test';
import { furtherMeasures } from './further-measures.ts';
import { fullFacts, syntheticFacts } from './testing/synthetic-facts.ts';

test('further measures: each measured metric once with its own value, money only where it was measured', () => {
  const facts = fullFacts();
  const measures = furtherMeasures(facts);
  assert.equal(measures.length, Object.keys(facts.further!).length);
  for (const [metric, value] of measures)
    assert.equal(value, (facts.further as Record<string, object>)[metric.jsonKey]);
  const { expectedProfit: _, profitAtThreshold: __, ...plain } = facts.further!;
  assert.equal(furtherMeasures({ further: plain }).length, 6);
  assert.deepEqual(furtherMeasures(syntheticFacts()), []);
});
