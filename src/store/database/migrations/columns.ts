/** Column types that both engines understand the same way. */
import type { ColumnDefinitionBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Engine } from '../database.ts';

/** Epoch milliseconds, counts: whole numbers up to 2^53. */
export const wholeNumber = 'bigint' as const;

/** Numbers that are kept to the last bit. */
export const realNumber = sql`double precision`;

/** A row number given out in ascending order; a deleted one is not given out again. */
export const ascending =
  (engine: Engine) =>
  (column: ColumnDefinitionBuilder): ColumnDefinitionBuilder =>
    engine === 'sqlite'
      ? column.primaryKey().autoIncrement()
      : column.primaryKey().generatedAlwaysAsIdentity();

/** The type of an `ascending` column. */
export const ascendingType = (engine: Engine) => (engine === 'sqlite' ? 'integer' : 'bigint');
