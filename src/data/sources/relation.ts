/** An opened file as DuckDB sees it: the view `source` with columns c0, c1..., whatever their real names. */
import type { StoredKind } from '../source.ts';

export interface StoredColumn {
  readonly name: string;
  readonly stored: StoredKind;
  /** Its name in the view `source`: real names may differ only in case, which DuckDB does not tell apart. */
  readonly sql: string;
  /** The value as VARCHAR, in the spelling that the same value has in a CSV file. */
  readonly text: string;
  /** A floating or decimal number: JavaScript writes its text, since DuckDB would write 1 as 1.0. */
  readonly isFractional: boolean;
  /** The file writes its numbers 1.234,5; they are read as 1234.5. */
  readonly hasDecimalComma?: boolean;
}

export interface Relation {
  readonly columns: readonly StoredColumn[];
  readonly rowCount: number;
  /** What was guessed about the file, a sentence each. */
  readonly notes?: readonly string[];
}

export const sqlName = (index: number): string => `c${index}`;
