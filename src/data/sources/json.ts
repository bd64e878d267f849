/**
 * Opens JSON: a list of flat objects, or one object a line. Each key is a column, a key that a record lacks is a
 * missing value.
 *
 * A column keeps the type that all of its values have. Where types differ, text wins; so it does for whole numbers
 * beyond 2^53, whose digits a floating number would change. The text is read twice: first for names and types.
 */
import { DataError, type HoldfastError } from '../../base/errors.ts';
import { printable } from '../../base/text.ts';
import { trimmed } from '../cells.ts';
import { mostColumns, refuseNames } from './csv.ts';
import type { Engine } from './duckdb.ts';
import { eachRecord } from './json-records.ts';
import type { Relation } from './relation.ts';
import { openStage, type StagedCell, type StagedType } from './staging.ts';

type Scalar = string | number | boolean | null;
type JsonRecord = Readonly<Record<string, unknown>>;

export async function openJson(who: string, path: string, engine: Engine): Promise<Relation> {
  /** null: no value seen yet. */
  const types = new Map<string, StagedType | null>();
  let rowCount = 0;
  await eachRecord(who, path, (text, line) => {
    const record = parsed(who, text, line);
    for (const key of Object.keys(record)) {
      const value = scalarOf(who, key, record[key], line);
      const known = types.get(key);
      if (known === undefined && types.size === mostColumns) throw tooManyKeys(who, line);
      types.set(key, commonType(known ?? null, value));
    }
    rowCount++;
  });
  if (rowCount === 0) {
    throw new DataError('data.no-rows', `${who}: the file holds no records; export it with its rows`);
  }
  if (types.size === 0) {
    throw new DataError('data.empty', `${who}: its records hold no columns; export the table again`);
  }
  const keys = [...types.keys()];
  const names = keys.map(trimmed);
  refuseNames(who, names);
  const columns = keys.map((key, c) => ({ name: names[c]!, type: types.get(key) ?? 'VARCHAR' }));
  const stage = await openStage(who, engine, columns, rowCount);
  try {
    let staged = 0;
    await eachRecord(who, path, async (text, line) => {
      if (++staged > rowCount) throw changed(who);
      const record = parsed(who, text, line, true);
      await stage.append(
        keys.map((key) =>
          cellOf(scalarOf(who, key, Object.hasOwn(record, key) ? (record[key] ?? null) : null, line)),
        ),
      );
    });
    if (staged !== rowCount) throw changed(who);
    return await stage.finish();
  } finally {
    await stage.close();
  }
}

/** Digits that a number would not keep stay as they are written, where asked for. */
const largeNumber = /\d{16}|\d[eE]\+?\d/;

function parsed(who: string, text: string, line: number, keepsDigits = false): JsonRecord {
  try {
    if (!keepsDigits || !largeNumber.test(text)) return JSON.parse(text) as JsonRecord;
    return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
      isLarge(value) ? (context?.source ?? value) : value,
    ) as JsonRecord;
  } catch {
    throw new DataError(
      'data.unreadable',
      `${who}: the record that begins on line ${line} is not JSON; repair it or export the table again`,
      { line },
    );
  }
}

const isLarge = (value: unknown): value is number => Number.isInteger(value) && !Number.isSafeInteger(value);

function scalarOf(who: string, key: string, value: unknown, line: number): Scalar {
  if (value === null || typeof value !== 'object') return value as Scalar;
  throw new DataError(
    'data.nested',
    `${who}: ${printable(key)} holds ${Array.isArray(value) ? 'a list' : 'an object'} in the record that begins on line ${line}; only flat records are readable, so give each inner value its own column`,
    { column: key, line },
  );
}

function commonType(known: StagedType | null, value: Scalar): StagedType | null {
  if (value === null) return known;
  const own = typeof value === 'boolean' ? 'BOOLEAN' : isNumber(value) ? 'DOUBLE' : 'VARCHAR';
  return known === null || known === own ? own : 'VARCHAR';
}

const isNumber = (value: Scalar): boolean => typeof value === 'number' && !isLarge(value);

const cellOf = (value: Scalar): StagedCell => (value === null ? null : String(value));

const tooManyKeys = (who: string, line: number): HoldfastError =>
  new DataError(
    'data.too-large',
    `${who}: its records have more than ${mostColumns} different keys by line ${line}; a table has one key for each of its columns`,
    { line },
  );

const changed = (who: string): HoldfastError =>
  new DataError('data.unreadable', `${who}: the file changed while it was read; wait until it is complete`);
