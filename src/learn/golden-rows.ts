/**
 * Golden rows: made-up customers whose exact scores travel with a model, so that loading it proves that it
 * still answers as on the day it was made.
 *
 * The rows are drawn from the contract, never from customers: numbers of several magnitudes inside the bounds,
 * levels that training saw and one that it did not, both booleans, times, texts, and missing values where the
 * contract allows them. Checking asks for equality to the last bit; scores are the same on every machine.
 */
import { z } from 'zod';
import { hasCode, ModelFileError } from '../base/errors.ts';
import { canonicalJson } from '../base/plain.ts';
import type { Random } from '../base/random.ts';
import { printable } from '../base/text.ts';
import {
  booleanColumn,
  type Column,
  type ColumnKind,
  categoryColumn,
  numberColumn,
  textColumn,
  timeColumn,
} from '../table/column.ts';
import { rowsFromTable, tableFromRows } from '../table/rows.ts';
import { createTable, type Table } from '../table/table.ts';
import type { Catalogue } from './catalogue.ts';
import type { FittedClassifier } from './definition.ts';
import { score } from './fit.ts';

/** What the contract says of an input of the model. */
export interface GoldenColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly levels?: readonly (string | number | boolean)[] | undefined;
  /** No level but the known ones may appear. */
  readonly closed?: boolean | undefined;
  readonly nullable?: boolean | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

const goldenSchema = z.strictObject({
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))).min(1),
  scores: z.array(z.number()),
});

/** `golden.json`: rows as JSON has them, and the score of each. */
export type GoldenJson = z.infer<typeof goldenSchema>;

const rowCount = 24;
/** One row in eight, where missing is allowed. */
const missingEvery = 8;

/** About two dozen rows that fit the contract. The same columns and random stream give the same rows. */
export function makeGoldenRows(columns: readonly GoldenColumn[], random: Random): Table {
  return createTable(
    columns.map((column) => makeColumn(column, random.fork(column.name))),
    rowCount,
  );
}

/** Rows and scores as the saved model keeps them. */
export function goldenJson(table: Table, scores: Float64Array): GoldenJson {
  if (scores.length !== table.rowCount) throw new RangeError('golden rows: one score a row needed');
  return { rows: rowsFromTable(table), scores: Array.from(scores) };
}

/** `golden.json` as text; a score that is not finite is a defect: TypeError. */
export const encodeGolden = (golden: GoldenJson): string => canonicalJson(golden);

/** Reads `golden.json`; anything else is refused with `model.damaged`. */
export function decodeGolden(text: string): GoldenJson {
  const result = goldenSchema.safeParse(parsedJson(text));
  if (!result.success || result.data.rows.length !== result.data.scores.length) {
    throw new ModelFileError(
      'model.damaged',
      'model file: golden.json does not hold rows with a score each; copy the file again from where it was made',
      { part: 'golden.json' },
    );
  }
  return result.data;
}

/** Scores the golden rows again; throws `model.golden` unless every score is equal to the last bit. */
export function checkGolden(golden: GoldenJson, fitted: FittedClassifier, catalogue: Catalogue): void {
  const { table } = tableFromRows(golden.rows, fitted.inputs);
  const scores = scoreOrRefuse(fitted, table, catalogue);
  const wrong = golden.scores.filter((expected, row) => scores[row] !== expected).length;
  if (wrong === 0) return;
  throw new ModelFileError(
    'model.golden',
    `model file: ${wrong} of ${golden.scores.length} golden scores come out differently; do not use this model, train it again and report this`,
    { rows: wrong },
  );
}

function scoreOrRefuse(fitted: FittedClassifier, table: Table, catalogue: Catalogue): Float64Array {
  try {
    return score(fitted, table, catalogue);
  } catch (error) {
    if (error instanceof ModelFileError) throw error;
    if (hasCode(error, 'catalogue.unknown')) {
      throw new ModelFileError(
        'model.newer',
        `model file: it needs ${printable(String(error.fields.id))}, which this Holdfast does not have; update Holdfast`,
        error.fields,
        { cause: error },
      );
    }
    throw new ModelFileError(
      'model.golden',
      'model file: its golden rows cannot be scored; do not use this model, train it again and report this',
      {},
      { cause: error },
    );
  }
}

function makeColumn(column: GoldenColumn, random: Random): Column {
  // Where the first missing value stands differs between columns, so that no row is missing altogether.
  const firstMissing = random.integer(missingEvery);
  const draw = <T>(value: (row: number) => T): (T | null)[] =>
    Array.from({ length: rowCount }, (_, row) => {
      const drawn = value(row);
      return column.nullable && row % missingEvery === firstMissing ? null : drawn;
    });
  switch (column.kind) {
    case 'number':
      return numberColumn(
        column.name,
        draw(() => drawNumber(column, random)),
      );
    case 'time':
      return timeColumn(
        column.name,
        draw(() => drawTime(random)),
      );
    case 'boolean':
      return booleanColumn(
        column.name,
        draw(() => random.integer(2) === 1),
      );
    case 'text':
      return textColumn(
        column.name,
        draw(() => texts[random.integer(texts.length)]!),
      );
    case 'category':
      return categoryColumn(column.name, draw(levelDrawer(column, random)));
  }
}

/** Powers of ten as literals: computed ones may differ in the last bit between engines. */
const magnitudes = [0.01, 0.1, 1, 10, 100, 1000, 10000, 100000] as const;

function drawNumber({ min, max }: GoldenColumn, random: Random): number {
  const share = random.uniform();
  if (min !== undefined && max !== undefined) return min + share * (max - min);
  const size = share * magnitudes[random.integer(magnitudes.length)]!;
  if (min !== undefined) return min + size;
  if (max !== undefined) return max - size;
  // A whole third of zeros and negatives: many formulas behave differently there.
  const side = random.integer(6);
  return side === 0 ? 0 : side === 1 ? -size : size;
}

const firstTime = Date.UTC(1990, 0, 1);
const lastTime = Date.UTC(2040, 0, 1);
const drawTime = (random: Random): number =>
  firstTime + Math.floor(random.uniform() * (lastTime - firstTime));

const texts = [
  '',
  'all good',
  'too expensive',
  'the line was down for days!',
  'Große Überraschung, 你好',
] as const;

/** Known levels in turn, from a drawn start, with an unseen one among them unless the column is closed. */
function levelDrawer({ levels = [], closed }: GoldenColumn, random: Random): (row: number) => string | null {
  const known = levels.map(String);
  const all = closed ? known : [...known, unseenLevel(known)];
  if (all.length === 0) return () => null;
  const order = random.shuffle([...all]);
  return (row) => order[row % order.length]!;
}

function unseenLevel(known: readonly string[]): string {
  let level = 'unseen';
  while (known.includes(level)) level += '-';
  return level;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
