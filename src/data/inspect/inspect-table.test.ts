import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findPlants } from './testing/find-plants.ts';
import { generatedTable, inspectRaw, narrowed } from './testing/raw-table.ts';

test('inspection: generated customers have nothing that blocks and no leak', async () => {
  for (const seed of [1, 2]) {
    const findings = await inspectRaw(generatedTable(1500, seed));
    assert.deepEqual(
      findings.filter(({ code, severity }) => severity === 'block' || code.startsWith('leak.')),
      [],
    );
  }
});

test('inspection: 30 planted leaks and faults of every kind are found', async () => {
  // Few columns: most of the time goes into profiling each of them.
  const names = 'customerId tenureMonths plan monthlyCharge totalCharge usageHoursMonth churned'.split(' ');
  const { missed } = await findPlants([narrowed(generatedTable(1200, 5), names)], 30, 11);
  assert.deepEqual(missed, []);
});

test('inspection: what blocks is told first, then what warns, then notes', async () => {
  const clean = narrowed(generatedTable(600, 5), ['customerId', 'plan', 'tenureMonths', 'churned']);
  const at = clean.header.indexOf(clean.target);
  const rows = clean.rows.map((cells, row) => [...cells, cells[at]!, row % 3 === 0 ? '' : 'x']);
  const findings = await inspectRaw({ ...clean, header: [...clean.header, 'twin', 'gaps'], rows });
  const ranks = findings.map(({ severity }) => ['block', 'warn', 'note'].indexOf(severity));
  assert.deepEqual(ranks, [...ranks].sort());
  assert.deepEqual(
    findings.filter(({ column }) => column === 'twin').map(({ code, severity }) => [code, severity]),
    [['leak.single-column', 'block']],
  );
});
