/**
 * Small made-up customers that the common checks run on: every kind of column, with and without missing values.
 *
 * One hidden number a row, its risk, moves every column, so any subset of kinds can be learned from. The names
 * are stable: an example whose parameters name columns names these. Numbers stay within about -3 to 20.
 */
import { createRandom, type Random } from '../../base/random.ts';
import {
  booleanColumn,
  type Column,
  type ColumnKind,
  categoryColumn,
  columnKinds,
  numberColumn,
  textColumn,
  timeColumn,
} from '../../table/column.ts';
import { createDataset, type Dataset } from '../../table/dataset.ts';
import { createTable } from '../../table/table.ts';

/** The columns of each kind. */
export const exampleColumns: Readonly<Record<ColumnKind, readonly string[]>> = {
  number: ['tenureYears', 'chargeChange', 'callCount'],
  category: ['contract', 'payment'],
  boolean: ['paperless'],
  time: ['joined'],
  text: ['feedback'],
};

/** "Now" in the example data: 2024-01-01. */
export const exampleReferenceDate = 1_704_067_200_000;

export interface ExampleDataOptions {
  readonly kinds?: readonly ColumnKind[];
  readonly rows?: number;
  readonly seed?: number;
  /** The share of values that is missing, in every column. */
  readonly missing?: number;
  /**
   * How labels follow from columns: `usual` with some luck, `separable` without, `noise` not at all.
   */
  readonly labels?: 'usual' | 'separable' | 'noise';
}

const dayMs = 86_400_000;
const contracts = ['monthly', 'one-year', 'two-year'] as const;
const payments = ['card', 'cheque', 'debit', 'transfer'] as const;
const complaints = ['slow support and a high price', 'the line drops every evening'] as const;
const praises = ['all works well', 'friendly support, fair price'] as const;

/** A data set of made-up customers; equal options give equal bytes. */
export function exampleData(options: ExampleDataOptions = {}): Dataset {
  const { kinds = columnKinds, rows = 120, seed = 1, missing = 0, labels = 'usual' } = options;
  const random = createRandom(seed).fork('example-data');
  const risk = fill(rows, random.fork('risk'), (stream) => stream.normal());
  const luck = random.fork('luck');
  const churned = Uint8Array.from(risk, (value) => {
    if (labels === 'noise') return luck.uniform() < 0.4 ? 1 : 0;
    const shift = labels === 'usual' ? 0.7 * luck.normal() : 0;
    return value + shift > 0.2 ? 1 : 0;
  });
  // Separable means that even one column alone tells the outcome nearly always.
  const blur = labels === 'separable' ? 0.1 : 0.6;
  const columns = exampleKindsInOrder(kinds).flatMap((kind) =>
    exampleColumns[kind].map((name) =>
      exampleColumn(name, risk, blur, missing, random.fork('column').fork(name)),
    ),
  );
  const ids = Array.from(risk, (_, row) => `C${String(row).padStart(5, '0')}`);
  return createDataset(createTable(columns, rows), churned, { ids, referenceDate: exampleReferenceDate });
}

/** The kinds asked for, in the order of `columnKinds`. */
const exampleKindsInOrder = (kinds: readonly ColumnKind[]): ColumnKind[] =>
  columnKinds.filter((kind) => kinds.includes(kind));

function exampleColumn(
  name: string,
  risk: Float64Array,
  blur: number,
  missing: number,
  random: Random,
): Column {
  const gaps = random.fork('missing');
  const seen = Array.from(risk, () => gaps.uniform() >= missing);
  const values = random.fork('values');
  const noisy = Array.from(risk, (value) => value + blur * values.normal());
  const choice = Array.from(risk, () => values.integer(4));
  const known = <T>(make: (value: number, row: number) => T): (T | null)[] =>
    noisy.map((value, row) => (seen[row] ? make(value, row) : null));
  const isRisky = (value: number): boolean => value > 0.2;

  switch (name) {
    case 'tenureYears':
      return numberColumn(
        name,
        known((value) => Math.max(0, 3 - 1.2 * value)),
      );
    case 'chargeChange':
      return numberColumn(
        name,
        known((value) => 0.8 * value),
      );
    case 'callCount':
      // One customer in sixteen calls three times as often: the outliers that clipping is for.
      return numberColumn(
        name,
        known((value, row) => Math.floor(Math.max(0, 2 + 1.5 * value)) * (row % 16 === 5 ? 3 : 1)),
      );
    case 'contract':
      return categoryColumn(
        name,
        known((value) => contracts[isRisky(value) ? 0 : value > -0.8 ? 1 : 2]),
        contracts,
      );
    case 'payment':
      return categoryColumn(
        name,
        known((value, row) => payments[isRisky(value) ? choice[row]! % 2 : 2 + (choice[row]! % 2)]),
        payments,
      );
    case 'paperless':
      return booleanColumn(name, known(isRisky));
    case 'joined':
      return timeColumn(
        name,
        known((value) => exampleReferenceDate - dayMs * Math.floor(Math.max(1, 1100 - 400 * value))),
      );
    default:
      return textColumn(
        name,
        known((value, row) => (isRisky(value) ? complaints : praises)[choice[row]! % 2]!),
      );
  }
}

function fill(length: number, random: Random, draw: (random: Random) => number): Float64Array {
  const values = new Float64Array(length);
  for (let row = 0; row < length; row++) values[row] = draw(random);
  return values;
}
