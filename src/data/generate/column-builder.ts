/** Columns that are filled row by row, straight into the typed arrays they end in: a million rows cost no more than those. */
import {
  byCodeUnit,
  type Column,
  type ColumnKind,
  sharedBytes,
  sharedCodes,
  sharedFloats,
} from '../../table/column.ts';

/** null = missing. */
export type Value = number | string | boolean | null;

export interface ColumnBuilder {
  set(row: number, value: Value): void;
  /** The column. Rows that were never set are missing. */
  finish(): Column;
}

export interface BuiltColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** All levels of a category; kept in the order of code units. */
  readonly levels?: readonly string[];
}

export function columnBuilder({ name, kind, levels = [] }: BuiltColumn, rows: number): ColumnBuilder {
  switch (kind) {
    case 'number':
    case 'time': {
      const values = sharedFloats(rows).fill(Number.NaN);
      return {
        set: (row, value) => {
          values[row] = typeof value === 'number' ? value : Number.NaN;
        },
        finish: () => ({ name, kind, values }),
      };
    }
    case 'boolean': {
      const values = sharedBytes(rows).fill(-1);
      return {
        set: (row, value) => {
          values[row] = value === null ? -1 : value === true ? 1 : 0;
        },
        finish: () => ({ name, kind, values }),
      };
    }
    case 'category': {
      const known = levels.toSorted(byCodeUnit);
      const codeOf = new Map<Value, number>(known.map((level, code) => [level, code]));
      const codes = sharedCodes(rows).fill(-1);
      return {
        set: (row, value) => {
          codes[row] = codeOf.get(value) ?? -1;
        },
        finish: () => ({ name, kind, codes, levels: known }),
      };
    }
    case 'text': {
      const values = new Array<string | null>(rows).fill(null);
      return {
        set: (row, value) => {
          values[row] = typeof value === 'string' ? value : null;
        },
        finish: () => ({ name, kind, values }),
      };
    }
  }
}
