/**
 * Columns as boosting sees them: numbers as they are, booleans as 0 and 1, categories as the place of their level in a
 * list learned in training, or the churn rate of their level. Missing values and levels that training did not see are NaN.
 */
import { byCodeUnit, type CategoryColumn, type Column } from '../../table/column.ts';
import { type Matrix, toMatrix } from '../../table/matrix.ts';
import { areFinite } from '../../table/number-columns.ts';
import { createTable, type Table } from '../../table/table.ts';

export type BoostedFeature = {
  readonly name: string;
  /** The known levels of a category; null for numbers and booleans. */
  readonly levels: readonly string[] | null;
  /** The churn rate of each level where the category is asked as a number (`ordered-rates.ts`). */
  readonly rates?: Float64Array;
};

/** Whether questions name levels. */
export const isCategory = ({ levels, rates }: BoostedFeature): boolean =>
  levels !== null && rates === undefined;

/** What each column will be. Of a category with more levels than `mostOf` so many, the most frequent are known. */
export function learnFeatures(
  table: Table,
  rows: Int32Array,
  mostOf: (levels: number) => number,
): BoostedFeature[] {
  return table.columns.map((column) => ({
    name: column.name,
    levels: column.kind === 'category' ? frequentLevels(column, rows, mostOf) : null,
  }));
}

/** Levels present in the rows, by name; of equally frequent ones the first by name. */
function frequentLevels(
  column: CategoryColumn,
  rows: Int32Array,
  mostOf: (levels: number) => number,
): string[] {
  const counts = new Int32Array(column.levels.length);
  for (const row of rows) if (column.codes[row]! >= 0) counts[column.codes[row]!]!++;
  const present = column.levels
    .map((level, code) => ({ level, count: counts[code]! }))
    .filter(({ count }) => count > 0);
  return present
    .sort((a, b) => b.count - a.count || byCodeUnit(a.level, b.level))
    .slice(0, mostOf(present.length))
    .map(({ level }) => level)
    .sort(byCodeUnit);
}

/** The values of the features, row-major; an infinite number is refused with `column.not-finite`. O(rows x columns). */
export function featureMatrix(who: string, features: readonly BoostedFeature[], table: Table): Matrix {
  return toMatrix(who, { rowCount: table.rowCount, columns: plainColumns(features, table) }, 'keep');
}

/** The same, a column after the other; those of numbers are shared with the table. O(rows x columns). */
export function featureColumns(
  who: string,
  features: readonly BoostedFeature[],
  table: Table,
): Float64Array[] {
  return plainColumns(features, table).map((column) => {
    if (column.kind === 'number' && areFinite(column.values)) return column.values;
    return toMatrix(who, createTable([column], table.rowCount), 'keep').values;
  });
}

function plainColumns(features: readonly BoostedFeature[], table: Table): Column[] {
  const placesOf = levelPlaces(features);
  return table.columns.map((column): Column => {
    const placeOf = column.kind === 'category' ? placesOf.get(column.name) : undefined;
    if (column.kind !== 'category' || !placeOf) return column;
    const places = column.levels.map((level) => placeOf.get(level) ?? Number.NaN);
    const { codes } = column;
    const values = new Float64Array(codes.length);
    for (let row = 0; row < codes.length; row++)
      values[row] = codes[row]! < 0 ? Number.NaN : places[codes[row]!]!;
    return { name: column.name, kind: 'number', values };
  });
}

type LevelPlaces = ReadonlyMap<string, ReadonlyMap<string, number>>;
const knownPlaces = new WeakMap<readonly BoostedFeature[], LevelPlaces>();

/** Where each level stands, or its rate, by column; worked out once for a model, not for each customer. */
function levelPlaces(features: readonly BoostedFeature[]): LevelPlaces {
  const known = knownPlaces.get(features);
  if (known) return known;
  const places: LevelPlaces = new Map(
    features.flatMap(({ name, levels, rates }) =>
      levels
        ? [[name, new Map(levels.map((level, place) => [level, rates?.[place] ?? place]))] as const]
        : [],
    ),
  );
  knownPlaces.set(features, places);
  return places;
}
