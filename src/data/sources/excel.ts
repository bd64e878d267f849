/**
 * Opens an Excel file: its first sheet with data, the first row that is not empty as names.
 *
 * The sheet is read in a thread with a limit of memory and a deadline, from parts whose size was checked. Cells keep
 * their types; where those of a column differ, text wins, dates as YYYY-MM-DD. Workbooks that count days from 1904
 * say so and are understood. Errors such as #N/A are missing; formulas are the values they were saved with.
 */
import { Worker } from 'node:worker_threads';
import { DataError, type HoldfastError } from '../../base/errors.ts';
import { countOf, listNames, printable } from '../../base/text.ts';
import { trimmed } from '../cells.ts';
import { refuseNames } from './csv.ts';
import type { Engine } from './duckdb.ts';
import type { ExcelAnswer, ExcelCell } from './excel-worker.ts';
import { checkedZip, type ExcelLimits, excelLimits, notExcel } from './excel-zip.ts';
import type { Relation } from './relation.ts';
import { openStage, type StagedCell, type StagedType } from './staging.ts';

export interface ExcelOptions {
  readonly limits?: ExcelLimits;
  readonly deadlineMs?: number;
}

export interface OpenedExcel {
  readonly relation: Relation;
  readonly notes: readonly string[];
}

/** A file at the limit of size takes about half of it on two cores. */
const usualDeadlineMs = 120_000;
const mostHeapMb = 3072;
const dayMs = 86_400_000;
/** How many rows of another width are named. */
const mostRows = 5;

export async function openExcel(
  who: string,
  path: string,
  engine: Engine,
  { limits = excelLimits, deadlineMs = usualDeadlineMs }: ExcelOptions = {},
): Promise<OpenedExcel> {
  const answer = await readInThread(who, await checkedZip(who, path, limits), deadlineMs);
  if ('failed' in answer) throw notExcel(who);
  const { sheet, rows, sheetsWithData } = answer;
  const headerAt = rows.findIndex((row) => row.some(isFilled));
  if (headerAt < 0) {
    throw new DataError('data.empty', `${who}: no sheet holds a value; export the table again`);
  }
  const header = rows[headerAt]!;
  const names = header
    .slice(0, header.findLastIndex(isFilled) + 1)
    .map((cell) => trimmed(textOf(cell) ?? ''));
  refuseNames(who, names);
  refuseWide(who, rows, headerAt, names.length);
  const records = rows.slice(headerAt + 1).filter((row) => row.some(isFilled));
  if (records.length === 0) {
    throw new DataError('data.no-rows', `${who}: the sheet holds column names but no rows; add its rows`);
  }
  const columns = names.map((name, c) => ({ name, type: typeOf(records, c) }));
  const stage = await openStage(who, engine, columns, records.length);
  try {
    for (const row of records) await stage.append(columns.map((_, c) => textOf(row[c] ?? null)));
    const relation = await stage.finish();
    const others = sheetsWithData - 1;
    const note = `${who}: sheet ${printable(sheet)} was read, ${countOf(others, 'other sheet')} with data ${others === 1 ? 'was' : 'were'} not`;
    return { relation, notes: others > 0 ? [note] : [] };
  } finally {
    await stage.close();
  }
}

const workerSource = new URL('./excel-worker.ts', import.meta.url);
/** In the published package the thread's file is JavaScript. */
const workerUrl = import.meta.url.endsWith('.ts')
  ? workerSource
  : new URL(workerSource.href.replace(/\.ts$/, '.js'));

function readInThread(who: string, bytes: Uint8Array<ArrayBuffer>, deadlineMs: number): Promise<ExcelAnswer> {
  const tooLong = (): HoldfastError =>
    new DataError(
      'data.too-large',
      `${who}: reading the Excel file takes more than ${Math.round(deadlineMs / 1000)} s; save the table as CSV or Parquet`,
    );
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl, {
      name: 'holdfast-excel',
      workerData: bytes,
      transferList: [bytes.buffer],
      resourceLimits: { maxOldGenerationSizeMb: mostHeapMb },
    });
    const end = (settle: () => void) => {
      clearTimeout(timer);
      settle();
      void worker.terminate();
    };
    const timer = setTimeout(() => end(() => reject(tooLong())), deadlineMs);
    worker.on('message', (answer: ExcelAnswer) => end(() => resolve(answer)));
    worker.on('error', (error: NodeJS.ErrnoException) =>
      end(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch(who) : notExcel(who))),
    );
    worker.on('exit', () => end(() => reject(notExcel(who))));
  });
}

const tooMuch = (who: string): HoldfastError =>
  new DataError(
    'data.too-large',
    `${who}: reading the Excel file takes more than ${mostHeapMb / 1024} GiB of memory; save the table as CSV or Parquet`,
  );

function refuseWide(who: string, rows: readonly ExcelCell[][], headerAt: number, width: number): void {
  const wide: number[] = [];
  rows.forEach((row, r) => {
    if (r > headerAt && row.findLastIndex(isFilled) >= width) wide.push(r + 1);
  });
  if (wide.length === 0) return;
  throw new DataError(
    'data.width',
    `${who}: ${countOf(wide.length, 'row')} ${wide.length === 1 ? 'has' : 'have'} values beyond the ${countOf(width, 'named column')}, in ${wide.length === 1 ? 'row' : 'rows'} ${listNames(wide.map(String), mostRows)}; name the columns or clear the cells`,
    { count: wide.length, lines: wide.slice(0, mostRows), width },
  );
}

const isFilled = (cell: ExcelCell | undefined): boolean => cell !== null && cell !== undefined && cell !== '';

function typeOf(records: readonly ExcelCell[][], c: number): StagedType {
  let common: StagedType | undefined;
  for (const row of records) {
    const cell = row[c];
    if (!isFilled(cell)) continue;
    const own = typeOfCell(cell!);
    if (common === undefined || common === own) common = own;
    else if (isTime(common) && isTime(own)) common = 'TIMESTAMP';
    else return 'VARCHAR';
  }
  return common ?? 'VARCHAR';
}

const isTime = (type: StagedType): boolean => type === 'DATE' || type === 'TIMESTAMP';

function typeOfCell(cell: Exclude<ExcelCell, null>): StagedType {
  if (typeof cell === 'number') return 'DOUBLE';
  if (typeof cell === 'boolean') return 'BOOLEAN';
  if (typeof cell === 'string') return 'VARCHAR';
  if (!isUsualDate(cell)) return 'VARCHAR';
  return cell.getTime() % dayMs === 0 ? 'DATE' : 'TIMESTAMP';
}

/** A number formatted as a date may mean any year, or none. */
const isUsualDate = (date: Date): boolean => date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999;

function textOf(cell: ExcelCell): StagedCell {
  if (!isFilled(cell)) return null;
  if (!(cell instanceof Date)) return String(cell);
  if (!isUsualDate(cell)) return 'a date without a year';
  const iso = cell.toISOString();
  return cell.getTime() % dayMs === 0 ? iso.slice(0, 10) : iso;
}
