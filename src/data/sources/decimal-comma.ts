/**
 * Finds the columns of a semicolon-delimited file whose numbers are written 1.234,5.
 *
 * A column is one when all of its values fit that form and one of them leaves no doubt (1,234 alone may be a
 * thousand). Where one column is certain the file has one way of writing, so others that fit follow it.
 */
import { blankCharacters, missingTokens } from '../cells.ts';
import { type Engine, isOneOf, literal } from './duckdb.ts';

const numberPattern = '[+-]?([0-9]{1,3}([.][0-9]{3})+|[0-9]+)(,[0-9]+)?';
/** With one comma before three digits: decimal here, thousands there. */
const doubtfulPattern = '[+-]?[1-9][0-9]{0,2},[0-9]{3}';
/** DuckDB plans a query in a time that grows with the square of its columns. */
const columnsAtOnce = 32;

/** `from`: what the columns, given as SQL names, are selected from. */
export async function decimalCommaColumns(
  engine: Engine,
  from: string,
  columns: readonly string[],
): Promise<ReadonlySet<string>> {
  const fitting: string[] = [];
  let isCertain = false;
  for (let at = 0; at < columns.length; at += columnsAtOnce) {
    const some = columns.slice(at, at + columnsAtOnce);
    const [answer] = await engine.query(`select ${some.flatMap(figuresOf).join(', ')} from ${from}`);
    some.forEach((sql, c) => {
      const [separated, other, certain] = (answer as number[]).slice(3 * c);
      if (separated! === 0 || other! > 0) return;
      fitting.push(sql);
      if (certain! > 0) isCertain = true;
    });
  }
  return new Set(isCertain ? fitting : []);
}

/** A number of `decimalCommaColumns` with a decimal point. */
export const withDecimalPoint = (sql: string): string => `replace(replace(${sql}, '.', ''), ',', '.')`;

/** Values with a separator, values that do not fit, values that are certain; the cheap questions first. */
function figuresOf(sql: string): string[] {
  const t = `trim(${sql}, ${literal(blankCharacters)})`;
  const hasComma = `contains(${sql}, ',')`;
  const hasSeparator = `(${hasComma} or contains(${sql}, '.'))`;
  const isOther = `not regexp_full_match(${t}, ${literal(numberPattern)}) and not ${isOneOf(t, ['', ...missingTokens])}`;
  const isCertain = `${hasComma} and regexp_full_match(${t}, ${literal(numberPattern)}) and not regexp_full_match(${t}, ${literal(doubtfulPattern)})`;
  return [hasSeparator, isOther, isCertain].map((claim) => `(count(*) filter (${claim}))::double`);
}
