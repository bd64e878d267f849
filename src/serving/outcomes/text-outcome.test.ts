import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromText } from './text-outcome.ts';

test('cells become what JSON would hold: empty ones are left out, an id stays a text', () => {
  assert.deepEqual(
    fromText({
      customerId: ' 007 ',
      churned: 'Yes',
      happenedAt: '2026-01-31',
      knownAt: ' ',
      requestId: null,
    }),
    { customerId: '007', churned: true, happenedAt: '2026-01-31' },
  );
  assert.deepEqual(fromText({ requestId: 'r', index: '12', churned: 'FALSE' }), {
    ...{ requestId: 'r', index: 12, churned: false },
  });
});

test('words that say neither yes nor no, and numbers that are none, stay texts', () => {
  for (const word of ['maybe', '2', 'constructor', '-1'])
    assert.deepEqual(fromText({ churned: word, index: `${word}.5` }), { churned: word, index: `${word}.5` });
});
