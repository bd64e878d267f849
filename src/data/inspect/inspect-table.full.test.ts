import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findPlants } from './testing/find-plants.ts';
import { generatedTable, inspectRaw, realTable } from './testing/raw-table.ts';

const real = [realTable('telco', 10_000), realTable('bank', 10_000)].filter((table) => table !== undefined);

test('inspection: of 200 planted leaks and faults 95% are found, the rest listed', async (t) => {
  const small = [realTable('telco', 2500), realTable('bank', 2500)].filter((table) => table !== undefined);
  const { planted, missed } = await findPlants([...small, generatedTable(1500, 8)], 200, 2024);
  for (const line of missed) t.diagnostic(line);
  assert.equal(planted, 200);
  assert.ok(missed.length <= 10, missed.join('\n'));
});

test('inspection: clean tables have nothing that blocks and no leak', async () => {
  const clean = [...real, ...[1, 2, 3, 4, 5].map((seed) => generatedTable(5000, seed))];
  for (const table of clean) {
    const findings = await inspectRaw(table);
    const alarms = findings.filter(({ code, severity }) => severity === 'block' || code.startsWith('leak.'));
    assert.deepEqual(alarms, [], table.name);
  }
});
