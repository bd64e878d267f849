/** Small event logs as files, and the customers that are made of them. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { HoldfastError } from '../../../base/errors.ts';
import { valueAt } from '../../../table/column.ts';
import { type Contract, dataSection } from '../../contract.ts';
import { withEventColumns, withEventDefaults } from '../../events/event-contract.ts';
import { loadCustomers } from '../customers.ts';
import { type CustomerOptions, openCustomers } from '../events.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-events-'));
after(() => rmSync(folder, { recursive: true, force: true }));

export const file = (name: string, lines: readonly string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
};

export const settings = {
  source: 'log.csv',
  customer: 'who',
  time: 'at',
  cutoff: '2024-03-01',
  window: '40d',
};
export const contractOf = (events: object = {}, data: object = {}): Contract => {
  const project = {
    data: { events: { ...settings, horizon: '10d', until: '2024-04-01', ...events }, ...data },
  };
  return withEventColumns(dataSection.parse((withEventDefaults(project) as typeof project).data));
};

export type Row = Readonly<Record<string, string | number | boolean | null>>;

export interface Made {
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
  readonly cutoff: string | null;
  readonly hash: string;
}

/** The made customers as rows: id, features, churned. */
export async function make(
  lines: readonly string[],
  contract: Contract = contractOf(),
  options: CustomerOptions = { label: true },
): Promise<Made> {
  const source = await openCustomers(file(contract.source, lines), contract, options);
  try {
    const { table, ids, labels, check } = await loadCustomers(source, contract, {
      target: options.label ? 'required' : 'optional',
    });
    assert.deepEqual(check.broken, []);
    const rows = Array.from({ length: table.rowCount }, (_, row) => ({
      id: ids![row]!,
      ...Object.fromEntries(table.columns.map((column) => [column.name, valueAt(column, row)])),
      ...(labels && { churned: labels[row]! }),
    }));
    return { rows, notes: source.notes, cutoff: source.cutoff, hash: source.hash };
  } finally {
    await source.close();
  }
}

export const refused = (work: Promise<unknown>, code: string, message: RegExp) =>
  assert.rejects(work, (error: HoldfastError) => {
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });

/** One who stays and one who leaves, so that both outcomes are there. */
export const others = ['stay,2024-02-01', 'stay,2024-03-05', 'leave,2024-02-01'];
export const header = 'who,at';

export const backTest = contractOf({
  value: 'price',
  cutoff: undefined,
  cutoffs: { last: settings.cutoff, count: 5, every: '7d' },
  window: '20d',
});
export const backTestLine = (who: string, day: string): string => `${who},${day},1`;
/** Someone is there on every third day of the log, so that no cutoff is without customers. */
export const steady = Array.from({ length: 60 }, (_, i) =>
  backTestLine('steady', new Date(Date.parse('2023-11-01') + 3 * i * 86_400_000).toISOString()),
);
