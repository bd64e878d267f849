/** For tests of this room: fits a step on a few columns and keeps what it noted. */
import { stoppedClock } from '../../base/clock.ts';
import { sequentialMap } from '../../base/parallel.ts';
import { createRandom } from '../../base/random.ts';
import { createCatalogue } from '../../learn/catalogue.ts';
import { columnRouter } from '../../learn/column-router.ts';
import type { Context, FitAnswer, FitJob, Note } from '../../learn/context.ts';
import type { Estimator, FittedTransformer } from '../../learn/definition.ts';
import { columnsOut, fitTransformer, transform } from '../../learn/fit.ts';
import { type Column, columnLength, valueAt } from '../../table/column.ts';
import { createDataset, type Dataset } from '../../table/dataset.ts';
import { createTable, type Table } from '../../table/table.ts';
import { allFeatures } from '../all.ts';

export const featureCatalogue = createCatalogue([], [columnRouter, ...allFeatures]);

export interface Trial {
  readonly fitted: FittedTransformer;
  readonly notes: readonly Note[];
  /** The columns that the fitted step makes of these, after checking them against `columnsOut`. */
  apply(...columns: readonly Column[]): Table;
}

export function fitOn(estimator: Estimator, ...columns: readonly Column[]): Promise<Trial> {
  const table = createTable(columns);
  return fitOnData(estimator, createDataset(table, new Uint8Array(table.rowCount)));
}

export const testContext = (note: (note: Note) => void = () => undefined, seed = 1): Context => ({
  random: createRandom(seed),
  clock: stoppedClock(),
  catalogue: featureCatalogue,
  map: sequentialMap<FitJob, FitAnswer>(() => Promise.reject(new Error('no step here fits models'))),
  note,
});

/** The same with labels and a reference date. */
export async function fitOnData(estimator: Estimator, data: Dataset): Promise<Trial> {
  const notes: Note[] = [];
  const fitted = await fitTransformer(
    estimator,
    data,
    testContext((note) => notes.push(note)),
  );
  const apply = (...given: readonly Column[]): Table => {
    const made = transform(fitted, createTable(given), featureCatalogue);
    const promised = columnsOut(fitted, featureCatalogue).map(({ name, kind }) => `${name}:${kind}`);
    const found = made.columns.map(({ name, kind }) => `${name}:${kind}`);
    if (promised.join() !== found.join())
      throw new Error(`columnsOut says ${promised}, transform gives ${found}`);
    return made;
  };
  return { fitted, notes, apply };
}

/** The values of each column as JSON would hold them, by name. */
export function valuesOf(table: Table): Record<string, (string | number | boolean | null)[]> {
  return Object.fromEntries(
    table.columns.map((column) => [
      column.name,
      Array.from({ length: columnLength(column) }, (_, row) => valueAt(column, row)),
    ]),
  );
}

/** The numbers of one column, missing as NaN. */
export function numbersOf(table: Table, name: string): Float64Array {
  const column = table.columns.find((each) => each.name === name);
  if (column?.kind !== 'number') throw new Error(`no number column ${name}`);
  return column.values;
}
