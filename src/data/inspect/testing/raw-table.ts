/** Tables as texts, so that faults of files can be planted in them, and their inspection as `inspect` does it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedData } from '../../../../tools/shared-data.ts';
import { HoldfastError } from '../../../base/errors.ts';
import { valueAt } from '../../../table/column.ts';
import { generateCustomers } from '../../generate/generate-customers.ts';
import { inferContract } from '../../infer.ts';
import { openSource } from '../../sources/open.ts';
import type { Finding } from '../definition.ts';
import { inspectSource, withoutOddOutcomes } from '../inspect-source.ts';
import { inspectTable } from '../inspect-table.ts';

export interface RawTable {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly id: string;
  readonly target: string;
  /** Text of the target for those who left. */
  readonly churned: string;
  /** Lines put into the file as they are: after so many lines, header counted. */
  readonly lines?: readonly { readonly after: number; readonly text: string }[];
}

/** Today, for findings about the future: fixed, so that no test depends on the day it runs. */
export const testNow = Date.UTC(2026, 10, 1);

/** The first rows of a real table without quotes; undefined where the shared tables are not at hand. */
export function realTable(name: 'telco' | 'bank', rows: number): RawTable | undefined {
  const path = sharedData(`${name}.csv`);
  if (path === undefined) return undefined;
  const lines = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const cells = lines.slice(0, rows + 1).map((line) => line.split(','));
  const [id, target, churned] =
    name === 'telco' ? ['customerID', 'Churn', 'Yes'] : ['CustomerId', 'Exited', '1'];
  return { name, header: cells[0]!, rows: cells.slice(1), id: id!, target: target!, churned: churned! };
}

export function generatedTable(rows: number, seed: number): RawTable {
  const { table } = generateCustomers({ rows, seed });
  const cells = Array.from({ length: rows }, (_, row) =>
    table.columns.map((column) => {
      const value = valueAt(column, row);
      return value === null ? '' : column.kind === 'time' ? String(value).slice(0, 10) : String(value);
    }),
  );
  const header = table.columns.map(({ name }) => name);
  return { name: 'generated', header, rows: cells, id: 'customerId', target: 'churned', churned: 'yes' };
}

/** The table of these columns, in its own order. */
export function narrowed(table: RawTable, names: readonly string[]): RawTable {
  const kept = table.header.flatMap((name, c) => (names.includes(name) ? [c] : []));
  const keep = (cells: readonly string[]): string[] => kept.map((c) => cells[c]!);
  return { ...table, header: keep(table.header), rows: table.rows.map(keep) };
}

/** What `inspect` finds in the table as a CSV file; an error that refuses the file counts as a finding of its code. */
export async function inspectRaw(raw: RawTable): Promise<readonly Finding[]> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-raw-'));
  try {
    const path = join(folder, 'customers.csv');
    writeFileSync(path, textOf(raw));
    const source = await openSource(path);
    try {
      const profiles = withoutOddOutcomes(await source.profile(), raw.target);
      const { contract } = inferContract(profiles, {
        source: path,
        target: raw.target,
        churned: raw.churned,
        rowCount: source.rowCount,
      });
      return inspectTable((await inspectSource(source, profiles, contract, testNow)).inspection);
    } finally {
      await source.close();
    }
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    return [{ code: error.code, severity: 'block', column: null, message: error.message, evidence: null }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function textOf({ header, rows, lines = [] }: RawTable): string {
  const text = [header, ...rows].map((cells) => cells.map(quoted).join(','));
  for (const { after, text: line } of [...lines].reverse()) text.splice(after, 0, line);
  return `${text.join('\n')}\n`;
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
