import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogEntry } from './log-writer.ts';
import { packEntries, unpackEntries } from './write-order.ts';

const entry: LogEntry = {
  requestId: 'r-1',
  rowIndex: 3,
  at: 1_763_000_000_000,
  source: 'api',
  modelId: 'm-1',
  modelLabel: '20261121.1a2b3c4',
  slot: 'canary',
  customerId: 'c-7',
  featuresHash: 'f00',
  score: 0.25,
  churn: false,
  band: 'low',
  certainty: 'sure',
  latencyUs: 812,
  status: 200,
  errorCode: 'none.such',
  keyId: 'k-1',
  handled: '{"imputed":["tenure"]}',
  input: '{"tenure":null}',
  once: true,
  again: true,
};

test('write-order: entries come out of a pack as they went in, each field in its own place', () => {
  const { again: _, ...first } = entry;
  const nothing: LogEntry = {
    ...first,
    ...{ customerId: null, featuresHash: null, score: null, churn: null, band: null, certainty: null },
    ...{ latencyUs: null, errorCode: null, keyId: null, handled: null, input: null, once: false },
  };
  const entries = [entry, nothing, first];
  assert.deepEqual(unpackEntries(packEntries(entries)), entries);
});

test('write-order: a pack survives JSON and a structured clone', () => {
  const packed = packEntries([entry]);
  assert.deepEqual(unpackEntries(JSON.parse(JSON.stringify(packed))), [entry]);
  assert.deepEqual(unpackEntries(structuredClone(packed)), [entry]);
});
