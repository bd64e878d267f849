/** Holds a table against a contract and says, with counts and rows but no values, where it is broken. */

import { countOf, listNames, printable } from '../base/text.ts';
import type { Break } from '../data/check.ts';
import { missingColumns } from '../data/check.ts';
import type { Contract } from '../data/contract.ts';
import { withEventColumns } from '../data/events/event-contract.ts';
import { duplicateIds, loadCustomers } from '../data/sources/customers.ts';
import { openCustomers } from '../data/sources/events.ts';

export interface BreakSummary {
  readonly column: string;
  readonly code: Break['code'];
  readonly rows: number;
  /** The first rows, counted from 1. */
  readonly first: readonly number[];
}

export interface Validation {
  readonly valid: boolean;
  readonly rows: number;
  readonly missingColumns: readonly { readonly column: string; readonly nearest: string | null }[];
  readonly unknownColumns: readonly string[];
  readonly breaks: readonly BreakSummary[];
  /** Rows whose id stands in an earlier row. */
  readonly duplicateIds: number;
  /** Accepted, counted: values missing and levels not seen in training, by column. */
  readonly missing: Readonly<Record<string, number>>;
  readonly unseen: Readonly<Record<string, number>>;
  readonly remarks: readonly string[];
}

const firstRows = 5;

export async function validateTable(path: string, contract: Contract): Promise<Validation> {
  const source = await openCustomers(path, withEventColumns(contract), { label: false, cutoff: 'latest' });
  try {
    const names = source.columns.map((column) => column.name);
    const absent = missingColumns(contract, names);
    const rows = source.rowCount;
    if (absent.length > 0) {
      const missing = absent.map(({ column, nearest }) => ({ column, nearest: nearest ?? null }));
      return {
        valid: false,
        rows,
        missingColumns: missing,
        unknownColumns: [],
        breaks: [],
        duplicateIds: 0,
        missing: {},
        unseen: {},
        remarks: [],
      };
    }
    const { check, ids, unknownColumns } = await loadCustomers(source, contract, { target: 'optional' });
    const breaks = summariseBreaks(check.broken);
    const repeated = ids ? duplicateIds(ids).count : 0;
    return {
      valid: breaks.length === 0 && repeated === 0,
      rows,
      missingColumns: [],
      unknownColumns,
      breaks,
      duplicateIds: repeated,
      missing: check.missing,
      unseen: check.unseen,
      remarks: [
        ...(repeated > 0
          ? [`${countOf(repeated, 'row repeats', 'rows repeat')} the id of an earlier row`]
          : []),
        ...countRemarks(check, 'would be imputed'),
        ...(unknownColumns.length > 0
          ? [`not in the contract, ignored: ${listNames(unknownColumns.map(printable))}`]
          : []),
      ],
    };
  } finally {
    await source.close();
  }
}

/** Breaks by column and code, most rows first. */
export function summariseBreaks(broken: readonly Break[]): BreakSummary[] {
  const groups = new Map<string, { column: string; code: Break['code']; rows: number; first: number[] }>();
  for (const { column, code, row } of broken) {
    const key = `${code} ${column}`;
    const group = groups.get(key) ?? { column, code, rows: 0, first: [] };
    group.rows++;
    if (group.first.length < firstRows) group.first.push(row + 1);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.rows - a.rows);
}

/** What was accepted but is worth knowing, as sentences; `filled` is what happens to missing values. */
export function countRemarks(
  check: {
    readonly missing: Readonly<Record<string, number>>;
    readonly unseen: Readonly<Record<string, number>>;
  },
  filled: 'imputed' | 'would be imputed' = 'imputed',
): string[] {
  const say = (counts: Readonly<Record<string, number>>, what: string): string[] =>
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([column, count]) => `${printable(column)}: ${countOf(count, 'row')} ${what}`);
  return [
    ...say(check.missing, `without a value, ${filled}`),
    ...say(check.unseen, 'with a level that training did not see, encoded as unknown'),
  ];
}
