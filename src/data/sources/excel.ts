/**
 * Opens an Excel file: its first sheet with data, the first row that is not empty as names.
 *
 * The sheet is read in a process of its own with a limit of memory and a deadline, from parts whose size was checked:
 * a thread that runs out of memory can end the whole program. Cells keep their types; where those of a column differ, text wins, dates as YYYY-MM-DD. Workbooks that count days from 1904
 * say so and are understood. Errors such as #N/A are missing; formulas are the values they were saved with.
 * Days before March 1900 come as read-excel-file reads them: Excel itself counts a day there, 1900-02-29, that never was.
 */
import { fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError, type HoldfastError } from '../../base/errors.ts';
import { moduleUrl } from '../../base/module-url.ts';
import { countOf, listNames, printable } from '../../base/text.ts';
import { trimmed } from '../cells.ts';
import { refuseNames } from './csv.ts';
import type { Engine } from './duckdb.ts';
import type { ExcelAnswer, ExcelCell } from './excel-child.ts';
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
  const checked = join(engine.scratch, 'checked.xlsx');
  await writeFile(checked, await checkedZip(who, path, limits), { mode: 0o600 });
  const answer = await readInProcess(who, checked, deadlineMs);
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

const childUrl = moduleUrl('./excel-child.ts', import.meta.url);

function readInProcess(who: string, path: string, deadlineMs: number): Promise<ExcelAnswer> {
  return new Promise((resolve, reject) => {
    const child = fork(childUrl, [path], {
      execArgv: [`--max-old-space-size=${mostHeapMb}`],
      env: { ...process.env, NODE_OPTIONS: '' },
      serialization: 'advanced',
      // A process that runs out of memory writes a page about it.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const end = (settle: () => void) => {
      clearTimeout(timer);
      settle();
      child.kill('SIGKILL');
    };
    const timer = setTimeout(() => end(() => reject(tooLong(who, deadlineMs))), deadlineMs);
    child.on('message', (answer) => end(() => resolve(answer as ExcelAnswer)));
    child.on('error', () => end(() => reject(notExcel(who))));
    // An answer that was sent arrives before the channel closes.
    child.on('close', () => end(() => reject(tooMuch(who))));
  });
}

const tooLong = (who: string, deadlineMs: number): HoldfastError =>
  new DataError(
    'data.too-large',
    `${who}: reading the Excel file takes more than ${Math.round(deadlineMs / 1000)} s; save the table as CSV or Parquet`,
  );

const tooMuch = (who: string): HoldfastError =>
  new DataError(
    'data.too-large',
    `${who}: reading the Excel file takes more memory than the ${mostHeapMb / 1024} GiB it may have; save the table as CSV or Parquet`,
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
  return momentOf(cell).getTime() % dayMs === 0 ? 'DATE' : 'TIMESTAMP';
}

/** A serial number is a share of a day in double precision, so that 10:00 comes as a millisecond less. */
function momentOf(date: Date): Date {
  const ms = date.getTime();
  const second = Math.round(ms / 1000) * 1000;
  return Math.abs(second - ms) <= 1 ? new Date(second) : date;
}

/** A number formatted as a date may mean any year, or none. */
const isUsualDate = (date: Date): boolean => date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999;

function textOf(cell: ExcelCell): StagedCell {
  if (!isFilled(cell)) return null;
  if (!(cell instanceof Date)) return String(cell);
  if (!isUsualDate(cell)) return 'a date without a year';
  const moment = momentOf(cell);
  const iso = moment.toISOString();
  return moment.getTime() % dayMs === 0 ? iso.slice(0, 10) : iso;
}
