/** What a finding is, what it looks at, and how one is defined. */
import type { Plain } from '../../base/plain.ts';
import type { Column } from '../../table/column.ts';
import type { Outcome } from '../outcomes.ts';
import type { UnreadableCell } from '../source.ts';
import type { ColumnFacts } from './column-facts.ts';

/** block: left out by `init`; warn: decide before you rely on the model; note: good to know. */
export type Severity = 'block' | 'warn' | 'note';

/** One thing found in a table. A finding about several columns is repeated with each one's name. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** null: about the table as a whole. */
  readonly column: string | null;
  /** What is wrong and what to do, without a customer's values. */
  readonly message: string;
  readonly evidence: Plain;
}

/** A finding before its definition has put its code to it. */
export interface Sighting {
  readonly column: string | null;
  readonly message: string;
  readonly evidence: Plain;
  /** Where it differs from the definition's. */
  readonly severity?: Severity;
}

export interface InspectedColumn {
  readonly name: string;
  readonly column: Column;
  /** What the contract does with it. */
  readonly use: 'feature' | 'segment' | 'none';
  readonly facts: ColumnFacts;
}

/** A table prepared once for all findings. */
export interface Inspection {
  readonly rowCount: number;
  /** 1 = churned, one a row. */
  readonly labels: Uint8Array;
  readonly churned: number;
  readonly target: string;
  /** What the target holds, the most frequent first; empty where only labels are known. */
  readonly outcomes: readonly Outcome[];
  /** Every column but target and id, in the order of the table. */
  readonly columns: readonly InspectedColumn[];
  /** The column of the contract that names a customer, and its values; null without one. */
  readonly id: { readonly name: string; readonly values: readonly (string | null)[] } | null;
  /** The part of the cross-fit that each row is in. */
  readonly folds: Uint8Array;
  /** Epoch milliseconds; null where nobody may ask a clock. */
  readonly now: number | null;
  /** Cells that could not be read as their kind, and rows whose target is no outcome. */
  readonly unreadable: readonly UnreadableCell[];
  /** Rows in which texts equal the name of their column, or are marks of a merge, by what was seen. */
  readonly oddRows: readonly OddRow[];
  readonly rowsAre: RowsAre;
}

/** What a row's number says: lines of a text file too, rows of another file, or of those that are learned from. */
export type RowsAre = 'lines' | 'rows' | 'learned';

export interface OddRow {
  /** 0-based. */
  readonly row: number;
  readonly what: 'header' | 'conflict' | 'target';
}

export interface FindingDefinition {
  /** The file's name: the code with a hyphen for its dot. */
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly severity: Severity;
  /** What it looks for and why it matters, for the reference. */
  readonly about: string;
  look(inspection: Inspection): readonly Finding[];
}

export function defineFinding(
  definition: Omit<FindingDefinition, 'id' | 'look'> & {
    look(inspection: Inspection): readonly Sighting[];
  },
): FindingDefinition {
  const { code, severity } = definition;
  return Object.freeze({
    ...definition,
    id: code.replace('.', '-'),
    look: (inspection: Inspection) =>
      definition.look(inspection).map((seen) => ({
        code,
        severity: seen.severity ?? severity,
        column: seen.column,
        message: seen.message,
        evidence: seen.evidence,
      })),
  });
}
