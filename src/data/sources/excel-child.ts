/** What the process runs that reads an Excel file: its first sheet with data, as rows of cells. */
import readSheets from 'read-excel-file/node';

/** The library's own type says `typeof Date` where its dates are. */
export type ExcelCell = string | number | boolean | Date | null;

export type ExcelAnswer =
  | { readonly sheet: string; readonly rows: readonly ExcelCell[][]; readonly sheetsWithData: number }
  | { readonly failed: true };

const [, , path] = process.argv;
if (process.send && path !== undefined) {
  process.send(await answerOf(path), undefined, undefined, () => process.disconnect?.());
}

async function answerOf(path: string): Promise<ExcelAnswer> {
  try {
    const sheets = await readSheets(path);
    const filled = sheets.filter(({ data }) => data.some((row) => row.some((cell) => cell !== null)));
    const { sheet = '', data = [] } = filled[0] ?? {};
    return { sheet, rows: data as unknown as ExcelCell[][], sheetsWithData: filled.length };
  } catch {
    // The library's messages may quote a cell.
    return { failed: true };
  }
}
