/**
 * The rows of a table in the memory of the kernels, as `assembly/nonzero-lists.ts` reads them: the numbers of each row that are
 * not 0, and their places; where most are not 0, whole rows padded to a multiple of 8 numbers. A place is a column, or a pattern of
 * several (`column-patterns.ts`): a row of telco lists 7 numbers instead of 19 and takes 56 bytes. O(rows x columns).
 */
import { mostKeptCells } from '../../base/kept-cells.ts';
import type { Arena } from '../arena.ts';
import { type ColumnPatterns, columnPatterns } from './column-patterns.ts';
import type { TrainingRows } from './network-trainer.ts';

export interface PlacedRows {
  /** Of the words that tell where all is. */
  readonly address: number;
  readonly isDense: boolean;
  /** What the places of listed rows stand for, where that isn't one column each. */
  readonly patterns: ColumnPatterns | undefined;
}

/** With more numbers than this that are not 0 lists take longer than whole rows. */
const mostListed = 0.6;
/** Room of four numbers at the end: kernels read four at a time. */
const beyond = 4;

/** Rows of which `batchSize` are learned from at a time. */
export function placeRows(arena: Arena, rows: TrainingRows, batchSize: number): PlacedRows {
  const { patterns, listed } = toldTable(rows, batchSize);
  const address = arena.allocate(3 * 4);
  const words = listed ? placeListed(arena, listed) : [0, placeWhole(arena, rows), 0];
  new Uint32Array(arena.memory.buffer, address, 3).set(words);
  return { address, isDense: !listed, patterns };
}

/** How a table is best told: rows that list numbers, or undefined where they stay whole. */
interface ToldTable {
  readonly patterns: ColumnPatterns | undefined;
  readonly listed: Listed | undefined;
}

const known = new WeakMap<Float64Array, Map<number, ToldTable>>();

/** Found once for all fits of the same numbers, as the candidates of a search are; kept as long as those, up to `mostKeptCells`. */
function toldTable(rows: TrainingRows, batchSize: number): ToldTable {
  const { values, columns } = rows;
  const ofBatches = known.get(values) ?? new Map<number, ToldTable>();
  const before = ofBatches.get(batchSize);
  if (before) return before;
  const patterns = columnPatterns(values, columns, batchSize);
  const listed = patterns ? listPatterns(patterns, rows) : listColumns(rows);
  const isDense = listed.numbers.length > mostListed * values.length;
  const told = isDense ? { patterns: undefined, listed: undefined } : { patterns, listed };
  if (values.length <= mostKeptCells) known.set(values, ofBatches.set(batchSize, told));
  return told;
}

/** What each row lists: where its list begins, numbers and places. */
interface Listed {
  readonly starts: Uint32Array;
  readonly numbers: Float32Array;
  readonly places: Uint32Array;
}

function placeWhole(arena: Arena, { values, columns, labels }: TrainingRows): number {
  const width = (columns + 7) & ~7;
  const at = arena.allocate(4 * labels.length * width);
  const input = new Float32Array(arena.memory.buffer, at, labels.length * width);
  for (let row = 0; row < labels.length; row++)
    input.set(values.subarray(row * columns, (row + 1) * columns), row * width);
  return at;
}

function placeListed(arena: Arena, { starts, numbers, places }: Listed): number[] {
  const startsAt = arena.allocate(starts.byteLength);
  const numbersAt = arena.allocate(4 * (numbers.length + beyond));
  const placesAt = arena.allocate(4 * (places.length + beyond));
  const { buffer } = arena.memory;
  new Uint32Array(buffer, startsAt, starts.length).set(starts);
  new Float32Array(buffer, numbersAt, numbers.length).set(numbers);
  new Uint32Array(buffer, placesAt, places.length).set(places);
  return [startsAt, numbersAt, placesAt];
}

/** Each column is a place. */
function listColumns({ values, columns, labels }: TrainingRows): Listed {
  const list = openList(labels.length, columns);
  for (let row = 0, from = 0, at = 0; row < labels.length; row++) {
    for (let c = 0; c < columns; c++, from++) at = list.add(at, Math.fround(values[from]!), c);
    list.starts[row + 1] = at;
  }
  return list.ended();
}

function listPatterns({ alone, groups }: ColumnPatterns, { values, columns, labels }: TrainingRows): Listed {
  const list = openList(labels.length, alone.length + groups.length);
  for (let row = 0, at = 0; row < labels.length; row++) {
    for (let i = 0; i < alone.length; i++)
      at = list.add(at, Math.fround(values[row * columns + alone[i]!]!), i);
    for (const { places } of groups) at = list.add(at, Number(places[row]! >= 0), places[row]!);
    list.starts[row + 1] = at;
  }
  return list.ended();
}

function openList(rows: number, mostOfRow: number) {
  const starts = new Uint32Array(rows + 1);
  const numbers = new Float32Array(rows * mostOfRow + 1);
  const places = new Uint32Array(rows * mostOfRow + 1);
  return {
    starts,
    /** Gives where the next number goes: a 0 is written over, since a branch that nobody can foretell costs more than a store. */
    add(at: number, number: number, place: number): number {
      numbers[at] = number;
      places[at] = place;
      return at + Number(number !== 0);
    },
    ended: (): Listed => ({
      starts,
      numbers: numbers.subarray(0, starts[rows]),
      places: places.subarray(0, starts[rows]),
    }),
  };
}
