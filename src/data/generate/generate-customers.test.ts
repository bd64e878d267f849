import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { plainEqual } from '../../base/plain.ts';
import { requireColumn } from '../../table/table.ts';
import { type GenerateOptions, generateCustomers, generateOptions } from './generate-customers.ts';
import { dayText } from './snapshot.ts';

test('generate: without options it makes 5,000 subscription customers of seed 42 at a rate of 0.24', () => {
  const { table } = generateCustomers();
  assert.equal(table.rowCount, 5000);
  const stated = generateCustomers({ kind: 'subscription', rows: 5000, seed: 42, churnRate: 0.24 });
  assert.ok(plainEqual(table, stated.table));
});

test('generate: each option outside its range is refused by name', () => {
  const refused = (options: unknown, param: string, message: RegExp): void =>
    assert.throws(() => generateCustomers(options as GenerateOptions), {
      code: 'generate.option',
      fields: { who: 'generate', param },
      message,
    });
  refused({ kind: 'bakery' }, 'kind', /^generate: kind must be .*subscription.*, got "bakery"$/);
  refused({ rows: 0 }, 'rows', /^generate: rows must be at least 1, got 0$/);
  refused({ rows: 1_000_001 }, 'rows', /at most 1000000/);
  refused({ rows: 2.5 }, 'rows', /a whole number/);
  refused({ seed: -1 }, 'seed', /at least 0/);
  refused({ churnRate: 0 }, 'churnRate', /at least 0.01/);
  refused({ churnRate: 0.95 }, 'churnRate', /at most 0.9/);
  refused({ drift: 'earthquake' }, 'drift', /one of .*unit-change.*, got "earthquake"/);
  refused({ driftFrom: '2026-03-01' }, 'driftFrom', /driftFrom needs drift/);
  refused({ driftSize: 0.5 }, 'driftSize', /driftSize needs drift/);
  refused({ drift: 'unit-change', driftSize: 0 }, 'driftSize', /above 0|greater than 0|more than 0/);
  refused({ drift: 'unit-change', snapshots: 1 }, 'snapshots', /at least 2 with drift, got 1/);
  refused(
    { drift: 'unit-change', driftFrom: '2025-07-31' },
    'driftFrom',
    /after 2025-07-31, the oldest snapshot/,
  );
  refused({ drift: 'unit-change', driftFrom: '2026-07-01' }, 'driftFrom', /not after 2026-06-30, the newest/);
  refused({ drift: 'gradual-shift', driftFrom: '2026-06-30' }, 'driftFrom', /before 2026-06-30/);
  refused({ churnrate: 0.2 }, 'churnrate', /did you mean churnRate\?/);
});

test('generate: every option says what it is', () => {
  const { properties } = z.toJSONSchema(generateOptions) as {
    properties: Record<string, { description?: string }>;
  };
  for (const [name, { description }] of Object.entries(properties))
    assert.ok(description?.endsWith('.'), name);
});

test('generate: drift without a day begins in the middle of twelve snapshots, and says so', () => {
  const { driftTruth, table } = generateCustomers({ rows: 100, drift: 'unit-change' });
  const from = requireColumn('test', driftTruth!, 'from', 'time').values[0]!;
  assert.equal(dayText(from), '2026-01-01');
  const days = new Set(requireColumn('test', table, 'snapshotDate', 'time').values);
  assert.equal(days.size, 12);
  assert.equal(Math.max(...days), Date.parse('2026-06-30'));
});
