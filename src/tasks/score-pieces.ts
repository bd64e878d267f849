/**
 * Scores an opened table piece by piece into the list, the rejected rows and the log, in memory that does not grow with
 * its rows. The order of the file is kept; each file takes its place whole or not at all.
 *
 * While a piece is scored, DuckDB reads the next one. Cost: O(rows x columns) and what the model takes.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { eachCustomers, type SomeCustomers } from '../data/sources/customers.ts';
import type { CustomerSource } from '../data/sources/events.ts';
import { createTableWriter, type OutColumn, type OutRow, type TableWriter } from '../data/sources/write.ts';
import { score } from '../learn/fit.ts';
import { type Table, takeRows } from '../table/table.ts';
import { handlingOf } from './handling.ts';
import type { LoadedModel, WorkPorts } from './ports.ts';
import { type ReasonTeller, reasonTeller } from './reason-texts.ts';
import { rejectedWriter } from './rejected-file.ts';
import { scoringRepairs } from './repairs.ts';
import type { ScoreLog, ScoreRequest } from './score-request.ts';
import { type ScoreTally, scoreCounter } from './score-tally.ts';
import { judge } from './verdict.ts';

/** Rows read, scored and written at a time: enough for the kernels, little enough for the caches and for memory. */
const mostPieceRows = 8192;
/** Very wide tables come in shorter pieces. */
const pieceCells = mostPieceRows * 64;
/** Most rows explained between two looks at whether to stop, which are about so far apart. */
const mostExplained = 1024;
const explainMs = 200;
/** Rows logged in one transaction: short enough that a running server hardly waits. */
const logBlock = 2000;

export interface ScoredPieces {
  readonly tally: ScoreTally;
  /** The list of rejected rows; null when there are none. */
  readonly rejectedFile: string | null;
}

/** `rowsAtOnce`: the length of a piece, which changes nothing about what is written. */
export async function scorePieces(
  source: CustomerSource,
  { model, output, reasons, forPeople = false, log }: ScoreRequest,
  ports: WorkPorts,
  rowsAtOnce = pieceRows(source.columns.length),
): Promise<ScoredPieces> {
  const { contract } = model.manifest;
  const clean = scoringRepairs(model.manifest);
  const explain = reasons > 0 ? explainer(reasonTeller(model, ports.catalogue), reasons, ports) : undefined;
  const told = log && logger(log, model, ports);
  const counter = scoreCounter(model.manifest, clean);
  const rejected = rejectedWriter(output);
  const tick = (done: number) => ports.progress.tick('scored', done, source.rowCount);
  let list: TableWriter | undefined;
  try {
    list = await createTableWriter(output, outColumns(contract.id, reasons), { forPeople });
    for await (const piece of eachCustomers(source, contract, { target: 'ignored', clean }, rowsAtOnce)) {
      ports.signal?.throwIfAborted();
      const kept = keptRows(piece);
      const customers = kept === null ? piece.table : takeRows(piece.table, kept);
      const ids = piece.ids && (kept === null ? piece.ids : Array.from(kept, (row) => piece.ids![row]!));
      const scores = score(model.fitted, customers, ports.catalogue);
      const texts = await explain?.(customers, (rows) => tick(piece.from + rows));
      // Before the list takes its place: who has it knows that all of it is in the log.
      await told?.({ from: counter.scored(), customers, ids, scores });
      await rejected.append(piece.check.broken);
      const whoAt = (i: number) => (ids ? ids[i]! : piece.from + (kept === null ? i : kept[i]!) + 1);
      await list.append(outRows(model, whoAt, scores, texts));
      await counter.add(piece, customers, scores);
      // Nobody waits for a single piece.
      if (source.rowCount > rowsAtOnce) tick(piece.from + piece.table.rowCount);
      // Lets the process hear a signal.
      await nextTurn();
    }
    ports.signal?.throwIfAborted();
    const tally = await counter.tally();
    // The rejected rows first: a crash between the two leaves no row out of sight.
    const rejectedFile = await rejected.finish();
    await list.finish();
    return { tally, rejectedFile };
  } catch (error) {
    await list?.abandon();
    await rejected.abandon();
    throw error;
  } finally {
    await counter.close();
  }
}

const pieceRows = (columns: number): number =>
  Math.max(256, Math.min(mostPieceRows, Math.floor(pieceCells / columns)));

/** The rows of a piece that keep the contract; null for all of them. */
function keptRows({ from, table, check }: SomeCustomers): Int32Array | null {
  if (check.broken.length === 0) return null;
  const isBroken = new Uint8Array(table.rowCount);
  for (const { row } of check.broken) isBroken[row - from] = 1;
  return Int32Array.from(isBroken.keys()).filter((row) => isBroken[row] === 0);
}

const outColumns = (id: string | undefined, reasons: number): OutColumn[] => [
  id === undefined ? { name: 'row', kind: 'number' } : { name: id, kind: 'text' },
  { name: 'churnProbability', kind: 'number' },
  { name: 'churn', kind: 'boolean' },
  { name: 'band', kind: 'text' },
  { name: 'certainty', kind: 'text' },
  ...Array.from({ length: reasons }, (_, i): OutColumn => ({ name: `reason${i + 1}`, kind: 'text' })),
];

function* outRows(
  { manifest }: LoadedModel,
  whoAt: (i: number) => string | number,
  scores: Float64Array,
  texts: readonly (readonly (string | null)[])[] | undefined,
): Generator<OutRow> {
  for (let i = 0; i < scores.length; i++) {
    const { churnProbability, churn, band, certainty } = judge(scores[i]!, manifest);
    const row = [whoAt(i), churnProbability, churn, band, certainty];
    yield texts ? [...row, ...texts[i]!] : row;
  }
}

/** Explains pieces block by block; how long a block is changes nothing about what is told. */
function explainer(
  tell: ReasonTeller,
  most: number,
  { clock, signal }: WorkPorts,
): (customers: Table, tick: (rows: number) => void) => Promise<(string | null)[][]> {
  let block = 32;
  return async (customers, tick) => {
    const texts: (string | null)[][] = [];
    while (texts.length < customers.rowCount) {
      const startedAt = clock.now();
      for (const found of tell(rowsFrom(customers, texts.length, block), most))
        texts.push(Array.from({ length: most }, (_, r) => found[r] ?? null));
      // Trees explain thousands of customers a second, a network with sampled values some dozens.
      const isQuick = clock.now() - startedAt < explainMs / 2;
      block = isQuick ? Math.min(mostExplained, block * 2) : Math.max(1, block >> 1);
      tick(texts.length);
      await nextTurn();
      signal?.throwIfAborted();
    }
    return texts;
  };
}

interface Scored {
  readonly from: number;
  readonly customers: Table;
  readonly ids: readonly string[] | null;
  readonly scores: Float64Array;
}

/** Writes a piece into the log, block by block. */
function logger(
  to: ScoreLog,
  { manifest }: LoadedModel,
  { signal }: WorkPorts,
): (piece: Scored) => Promise<void> {
  const handling = handlingOf(manifest.contract, manifest.preprocessing);
  return async ({ from, customers, ids, scores }) => {
    for (let at = 0; at < scores.length; at += logBlock) {
      signal?.throwIfAborted();
      const some = rowsFrom(customers, at, logBlock);
      const handled = handling.rows(some);
      await to.write({
        from: from + at,
        customers: some,
        ids: ids === null ? null : ids.slice(at, at + logBlock),
        verdicts: handled.map((one, i) => ({ ...judge(scores[at + i]!, manifest), handled: one })),
      });
    }
  };
}

const rowsFrom = (table: Table, from: number, most: number): Table =>
  from === 0 && table.rowCount <= most
    ? table
    : takeRows(
        table,
        Int32Array.from({ length: Math.min(most, table.rowCount - from) }, (_, i) => from + i),
      );
