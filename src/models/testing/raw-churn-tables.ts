/** The real tables as they come, for models that take missing values and categories: same rows as `churn-tables.ts`. */
import { readFileSync } from 'node:fs';
import { sharedData } from '../../../tools/shared-data.ts';
import { categoryColumn, numberColumn } from '../../table/column.ts';
import { createDataset, type Dataset, takeDatasetRows } from '../../table/dataset.ts';
import { createTable } from '../../table/table.ts';
import type { ReferenceTable, Split } from './churn-tables.ts';

/** The whole table; empty numbers are missing, an empty category is a level of its own. */
export function rawTable(name: string, spec: ReferenceTable): Dataset {
  const [header, ...lines] = readFileSync(sharedData(`${name}.csv`)!, 'utf8')
    .trimEnd()
    .split(/\r?\n/);
  const names = header!.split(',');
  const cells = lines.map((line) => line.split(','));
  const textsOf = (column: string): string[] => cells.map((row) => row[names.indexOf(column)]!);
  const table = createTable([
    ...spec.numbers.map((column) => numberColumn(column, textsOf(column).map(Number.parseFloat))),
    ...spec.categories.map((column) => categoryColumn(column, textsOf(column))),
  ]);
  const [target, churned] = spec.target;
  return createDataset(
    table,
    textsOf(target).map((text) => (text === churned ? 1 : 0)),
  );
}

/** Split number `seed`, as `referenceSplit` has it. */
export function rawSplit(data: Dataset, seed: number): Split {
  const rows = Array.from({ length: data.table.rowCount }, (_, row) => row);
  const isTest = (row: number): boolean => (row * 7919 + seed * 104729) % 100 < 20;
  return {
    train: takeDatasetRows(
      data,
      rows.filter((row) => !isTest(row)),
    ),
    test: takeDatasetRows(data, rows.filter(isTest)),
  };
}
