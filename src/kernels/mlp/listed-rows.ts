/**
 * The rows of a table in the memory of the kernels, as `assembly/nonzero-lists.ts` reads them: the numbers of each row that are
 * not 0, and their columns; where most are not 0, whole rows padded to a multiple of 8 numbers. A one-hot row of 45 columns takes 160
 * bytes. Both give the same bits. O(rows x columns).
 */
import type { Arena } from '../arena.ts';
import type { TrainingRows } from './network-trainer.ts';

export interface PlacedRows {
  /** Of the words that tell where all is. */
  readonly address: number;
  readonly isDense: boolean;
}

/** With more numbers than this that are not 0 lists take longer than whole rows. */
const mostListed = 0.6;
/** Room of four numbers at the end: kernels read four at a time. */
const beyond = 4;

export function placeRows(arena: Arena, rows: TrainingRows): PlacedRows {
  const { values } = rows;
  let count = 0;
  for (let i = 0; i < values.length; i++) count += Number(Math.fround(values[i]!) !== 0);
  const address = arena.allocate(3 * 4);
  const isDense = count > mostListed * values.length;
  const words = isDense ? [0, placeWhole(arena, rows), 0] : placeListed(arena, rows, count);
  new Uint32Array(arena.memory.buffer, address, 3).set(words);
  return { address, isDense };
}

function placeWhole(arena: Arena, { values, columns, labels }: TrainingRows): number {
  const width = (columns + 7) & ~7;
  const at = arena.allocate(4 * labels.length * width);
  const input = new Float32Array(arena.memory.buffer, at, labels.length * width);
  for (let row = 0; row < labels.length; row++)
    input.set(values.subarray(row * columns, (row + 1) * columns), row * width);
  return at;
}

function placeListed(arena: Arena, { values, columns, labels }: TrainingRows, count: number): number[] {
  const rowCount = labels.length;
  const startsAt = arena.allocate(4 * (rowCount + 1));
  const numbersAt = arena.allocate(4 * (count + beyond));
  const columnsAt = arena.allocate(4 * (count + beyond));
  const { buffer } = arena.memory;
  const starts = new Uint32Array(buffer, startsAt, rowCount + 1);
  const numbers = new Float32Array(buffer, numbersAt, count + beyond);
  const places = new Uint32Array(buffer, columnsAt, count + beyond);
  let at = 0;
  for (let row = 0, from = 0; row < rowCount; row++) {
    for (let c = 0; c < columns; c++, from++) {
      // A 0 is written over: a branch that nobody can foretell costs more than a store.
      const value = Math.fround(values[from]!);
      numbers[at] = value;
      places[at] = c;
      at += Number(value !== 0);
    }
    starts[row + 1] = at;
  }
  return [startsAt, numbersAt, columnsAt];
}
