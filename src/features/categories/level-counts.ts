import { byCodeUnit, type CategoryColumn } from '../../table/column.ts';

/** The levels that occur, by name, with their numbers of rows. O(rows). */
export function levelCounts(column: CategoryColumn): [level: string, count: number][] {
  const counts = new Float64Array(column.levels.length);
  const { codes } = column;
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) counts[codes[row]!]!++;
  return column.levels
    .map((level, code): [string, number] => [level, counts[code]!])
    .filter(([, count]) => count > 0)
    .sort(([a], [b]) => byCodeUnit(a, b));
}
