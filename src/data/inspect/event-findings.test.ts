import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataSection } from '../contract.ts';
import { eventColumnNames, withEventDefaults } from '../events/event-contract.ts';
import type { Finding } from './definition.ts';
import { withoutMadeColumns } from './event-findings.ts';

const log = { source: 'log.csv', customer: 'who', time: 'at', cutoff: '2024-03-01', window: '40d' };
const contractOf = (data: object) =>
  dataSection.parse((withEventDefaults({ data }) as { data: unknown }).data);
const fromLog = contractOf({ events: { ...log, horizon: '20d' } });
const target = { column: 'left', churned: 'yes' };
const beside = contractOf({ source: 'c.csv', id: 'id', target, columns: {}, events: log });
const made = [...eventColumnNames(fromLog)][0]!;

const families = ['leak.single-column', 'recency.label', 'derived.column', 'missing.together'];
const found = (column: string | null, codes = [...families, 'zero.inflated']): Finding[] =>
  codes.map((code) => ({ code, severity: 'warn', column, message: code, evidence: null }));
const codesOf = (findings: readonly Finding[]): string[] => findings.map(({ code }) => code);

test('event findings: of a made column nothing is told that its making explains, the rest stays in order', () => {
  assert.deepEqual(codesOf(withoutMadeColumns(found(made), fromLog)), ['zero.inflated']);
});

test('event findings: columns of a joined customer table keep every finding, and so does the table as a whole', () => {
  for (const column of ['seats', null])
    assert.deepEqual(withoutMadeColumns(found(column), fromLog), found(column));
});

test('event findings: a label of a customer table may be older than the cutoff, so a made column may still give it away', () => {
  assert.deepEqual(codesOf(withoutMadeColumns(found(made), beside)), [
    'leak.single-column',
    'recency.label',
    'zero.inflated',
  ]);
});

test('event findings: without event logs nothing is made', () => {
  const plain = contractOf({ source: 'c.csv', id: 'id', target, columns: {} });
  assert.equal(eventColumnNames(plain).size, 0);
  assert.deepEqual(withoutMadeColumns(found(made), plain), found(made));
});
