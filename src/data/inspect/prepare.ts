/** From columns and labels to what findings look at: facts of each column, computed once. */
import { createRandom } from '../../base/random.ts';
import type { Column } from '../../table/column.ts';
import { churnedCount } from '../../table/dataset.ts';
import type { Outcome } from '../outcomes.ts';
import type { UnreadableCell } from '../source.ts';
import { foldCount } from './bins.ts';
import { columnFacts } from './column-facts.ts';
import type { InspectedColumn, Inspection, OddRow, RowsAre } from './definition.ts';

export interface InspectionInput {
  readonly columns: readonly Column[];
  readonly labels: Uint8Array;
  readonly target: string;
  readonly outcomes?: readonly Outcome[];
  /** What the contract does with a column; by default it is learned from. */
  readonly useOf?: (name: string) => InspectedColumn['use'];
  readonly id?: Inspection['id'];
  readonly now?: number | null;
  readonly unreadable?: readonly UnreadableCell[];
  readonly oddRows?: readonly OddRow[];
  /** By default `lines`. */
  readonly rowsAre?: RowsAre;
}

export function prepareInspection(input: InspectionInput): Inspection {
  const { columns, labels, useOf = () => 'feature' } = input;
  const folds = foldsOf(labels.length);
  return {
    rowCount: labels.length,
    labels,
    churned: churnedCount(labels),
    target: input.target,
    outcomes: input.outcomes ?? [],
    columns: columns.map((column) => ({
      name: column.name,
      column,
      use: useOf(column.name),
      facts: columnFacts(column, labels, folds),
    })),
    id: input.id ?? null,
    folds,
    now: input.now ?? null,
    unreadable: input.unreadable ?? [],
    oddRows: input.oddRows ?? [],
    rowsAre: input.rowsAre ?? 'lines',
  };
}

/** The same for every table of as many rows: an inspection needs no seed. */
function foldsOf(rows: number): Uint8Array {
  const order = createRandom(1)
    .fork('inspect')
    .shuffle(Int32Array.from({ length: rows }, (_, row) => row));
  const folds = new Uint8Array(rows);
  order.forEach((row, place) => {
    folds[row] = place % foldCount;
  });
  return folds;
}
