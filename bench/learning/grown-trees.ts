/**
 * 200 trees of 31 leaves, grown by Holdfast on some made customers, and the rows to score or explain: numbers only, so that
 * all sides are given the same matrix. Peers grow as many of as large trees on the same rows, before any clock runs.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realClock } from '../../src/adapters/clock.ts';
import { createRandom } from '../../src/base/random.ts';
import { catalogue } from '../../src/catalogue.ts';
import type { Context } from '../../src/learn/context.ts';
import { fitClassifier } from '../../src/learn/fit.ts';
import { type GradientBoostingState, gradientBoosting } from '../../src/models/gradient-boosting.ts';
import { type Column, numberColumn } from '../../src/table/column.ts';
import { createDataset, type Dataset, takeDatasetRows } from '../../src/table/dataset.ts';
import { type Matrix, toMatrix } from '../../src/table/matrix.ts';
import { createTable } from '../../src/table/table.ts';
import { handOver } from './hand-over.ts';
import { type Peer, startPeer } from './peers.ts';
import { madeCustomers, partsByMark } from './tables.ts';

const settings = { trees: 200, maxLeaves: 31, learningRate: 0.1 };
const trainingRows = 10_000;

export interface GrownTrees {
  readonly state: GradientBoostingState;
  readonly columns: readonly string[];
  /** Rows that no side learned from, and who left among them. */
  readonly matrix: Matrix;
  readonly labels: Uint8Array;
  /** `peers/trees.py`, which has grown its trees. */
  readonly peer: Peer;
}

/** Grows, asks, and leaves nothing behind. */
export async function withGrownTrees(rows: number, ask: (grown: GrownTrees) => Promise<void>): Promise<void> {
  const data = numbersOf(madeCustomers(trainingRows + rows));
  const mark = Uint8Array.from(data.labels, (_, row) => (row < trainingRows ? 0 : 1));
  const { train, test } = partsByMark(mark);
  const ctx: Context = {
    random: createRandom(42),
    clock: realClock,
    catalogue,
    map: () => Promise.reject(new Error('no job expected')),
    note: () => {},
  };
  const fitted = await fitClassifier(gradientBoosting(settings), takeDatasetRows(data, train), ctx);
  const held = takeDatasetRows(data, test);
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    handOver(folder, data, { test: mark });
    const peer = await startPeer({ script: 'trees', folder });
    try {
      await ask({
        state: fitted.state as GradientBoostingState,
        columns: data.table.columns.map(({ name }) => name),
        matrix: toMatrix('bench', held.table, 'keep'),
        labels: held.labels,
        peer,
      });
    } finally {
      await peer.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first rows of a matrix from a row on. */
export const rowsOf = ({ columns, values }: Matrix, from: number, rows: number): Matrix => ({
  rows,
  columns,
  values: values.slice(from * columns, (from + rows) * columns),
});

/** Categories as the numbers of their levels, booleans as 0 and 1. */
function numbersOf({ table, labels }: Dataset): Dataset {
  const asNumbers = (column: Column): Column => {
    const values = column.kind === 'category' ? column.codes : column.values;
    const isNumber = column.kind === 'number';
    return numberColumn(
      column.name,
      Float64Array.from(values as ArrayLike<number>, (value) =>
        !isNumber && value < 0 ? Number.NaN : value,
      ),
    );
  };
  return createDataset(createTable(table.columns.map(asNumbers)), labels);
}
