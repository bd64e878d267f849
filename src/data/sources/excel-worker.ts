/** What the thread runs that reads an Excel file: its first sheet with data, as rows of cells. */
import { parentPort, workerData } from 'node:worker_threads';
import readSheets from 'read-excel-file/node';

/** The library's own type says `typeof Date` where its dates are. */
export type ExcelCell = string | number | boolean | Date | null;

export type ExcelAnswer =
  | { readonly sheet: string; readonly rows: readonly ExcelCell[][]; readonly sheetsWithData: number }
  | { readonly failed: true };

if (parentPort) parentPort.postMessage(await answerOf(workerData as Uint8Array));

async function answerOf(bytes: Uint8Array): Promise<ExcelAnswer> {
  try {
    const sheets = await readSheets(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    const filled = sheets.filter(({ data }) => data.some((row) => row.some((cell) => cell !== null)));
    const { sheet = '', data = [] } = filled[0] ?? {};
    return { sheet, rows: data as unknown as ExcelCell[][], sheetsWithData: filled.length };
  } catch {
    // The library's messages may quote a cell.
    return { failed: true };
  }
}
