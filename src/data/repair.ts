/**
 * What a repair is: a pure function over the rows of training data, applied before they are checked and split.
 *
 * A repair may leave rows out or put other values into columns; it never looks at what will be the hold-out, for
 * there is none yet, and never learns a number: what is learned (a median, a bound) belongs into `preprocess`,
 * inside the folds. What a repair looks at says where else it runs (`reach`); scoring drops no row.
 */
import { z } from 'zod';
import type { Column, ColumnKind } from '../table/column.ts';
import type { Table } from '../table/table.ts';

/**
 * How far a repair looks, which says where it runs beside training.
 *
 * `value`: it changes values of a row and looks at nothing else, so it runs wherever a row is read, scoring too.
 * `rows`: it leaves rows out, so it runs where rows are judged, never where each is owed a score.
 * `file`: it knows other rows, or where a row stood in the training file, so it runs on that file alone.
 */
export type RepairReach = 'value' | 'rows' | 'file';

/** A column that a repair works with; `kinds` where it needs certain ones. */
export interface RepairColumn {
  readonly name: string;
  readonly kinds?: readonly ColumnKind[];
}

export interface Repaired {
  /** The rows that stay, ascending; left out when all do. */
  readonly kept?: Int32Array;
  /** Columns in the place of those of the same names; left out when none changed. */
  readonly columns?: readonly Column[];
  /** Columns whose unreadable values now count as missing. */
  readonly accepted?: readonly string[];
  /** What was done, with counts and no values; null when there was nothing to do. */
  readonly message: string | null;
  /** Of a repair of single values: how many it changed. */
  readonly changed?: number;
}

/** What is known of the rows beside their values. */
export interface FileFacts {
  /** Where each row of the table stood in the file, from 0. */
  readonly places: Int32Array;
  /** By column: how many values of these rows could not be read; they are missing in the table. */
  readonly unreadable: ReadonlyMap<string, number>;
}

export interface RepairDefinition<S extends z.ZodObject = z.ZodObject, Id extends string = string> {
  readonly id: Id;
  readonly title: string;
  readonly reach: RepairReach;
  readonly params: S;
  columnsOf(params: z.infer<S>): readonly RepairColumn[];
  apply(table: Table, params: z.infer<S>, file: FileFacts): Repaired;
  /** Of a repair of single values: the sentence for so many changed, at least 1, over all pieces of a table. */
  tell?(changed: number, params: z.infer<S>): string;
}

export const defineRepair = <S extends z.ZodObject, const Id extends string>(
  definition: RepairDefinition<S, Id>,
): Readonly<RepairDefinition<S, Id>> => Object.freeze(definition);

/** A repair whose parameter type is known only to itself. */
// biome-ignore lint/suspicious/noExplicitAny: a list of repairs with different parameters has no narrower type
export type AnyRepair = Readonly<RepairDefinition<any>>;

/** One or more names of columns. */
export const columnList = z.array(z.string().min(1)).min(1);
