import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { plainEqual } from '../../base/plain.ts';
import { type GenerateOptions, generateCustomers, generateOptions } from './generate-customers.ts';

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
  refused({ churnrate: 0.2 }, 'churnrate', /did you mean churnRate\?/);
});

test('generate: every option says what it is', () => {
  const { properties } = z.toJSONSchema(generateOptions) as {
    properties: Record<string, { description?: string }>;
  };
  for (const [name, { description }] of Object.entries(properties))
    assert.ok(description?.endsWith('.'), name);
});
