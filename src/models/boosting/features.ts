/**
 * Columns as boosting sees them: numbers as they are, booleans as 0 and 1, categories as the place of their level in a
 * list learned in training. Missing values and levels that training did not see are NaN.
 */
import { byCodeUnit, type CategoryColumn, type Column } from '../../table/column.ts';
import { type Matrix, toMatrix } from '../../table/matrix.ts';
import { createTable, type Table } from '../../table/table.ts';

export type BoostedFeature = {
  readonly name: string;
  /** The known levels of a category; null for numbers and booleans. */
  readonly levels: readonly string[] | null;
};

/** What each column will be. Of a category with more levels the `mostLevels` most frequent are known. */
export function learnFeatures(table: Table, rows: Int32Array, mostLevels: number): BoostedFeature[] {
  return table.columns.map((column) => ({
    name: column.name,
    levels: column.kind === 'category' ? frequentLevels(column, rows, mostLevels) : null,
  }));
}

/** Levels present in the rows, by name; of equally frequent ones the first by name. */
function frequentLevels(column: CategoryColumn, rows: Int32Array, most: number): string[] {
  const counts = new Int32Array(column.levels.length);
  for (const row of rows) if (column.codes[row]! >= 0) counts[column.codes[row]!]!++;
  return column.levels
    .map((level, code) => ({ level, count: counts[code]! }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || byCodeUnit(a.level, b.level))
    .slice(0, most)
    .map(({ level }) => level)
    .sort(byCodeUnit);
}

/** The values of the features, row-major; an infinite number is refused with `column.not-finite`. O(rows x columns). */
export function featureMatrix(who: string, features: readonly BoostedFeature[], table: Table): Matrix {
  const levelsOf = new Map(features.map(({ name, levels }) => [name, levels]));
  const plain = table.columns.map((column): Column => {
    const levels = levelsOf.get(column.name);
    if (column.kind !== 'category' || !levels) return column;
    const placeOf = new Map(levels.map((level, place) => [level, place]));
    const places = column.levels.map((level) => placeOf.get(level) ?? Number.NaN);
    const { codes } = column;
    const values = new Float64Array(codes.length);
    for (let row = 0; row < codes.length; row++)
      values[row] = codes[row]! < 0 ? Number.NaN : places[codes[row]!]!;
    return { name: column.name, kind: 'number', values };
  });
  return toMatrix(who, createTable(plain, table.rowCount), 'keep');
}
