/**
 * Unpacks the parts of an Excel file that hold its table, within limits, and packs them again without compression.
 *
 * A zip's headers may lie about sizes and names, and the reader of the sheets believes them. So every part is
 * inflated here, where more than its stated size is an error, and the reader gets a zip of what was checked.
 */
import { buffer } from 'node:stream/consumers';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { ZipFile as ZipWriter } from 'yazl';
import { DataError, HoldfastError } from '../../base/errors.ts';

export interface ExcelLimits {
  readonly entries: number;
  /** Bytes of the parts together, inflated. A sheet of 30,000 rows and 15 columns has 16 MB. */
  readonly bytes: number;
  /** How many times its packed size a part may have, once it is larger than a megabyte: sheets have 10 to 30. */
  readonly ratio: number;
}

export const excelLimits: ExcelLimits = { entries: 2000, bytes: 256 * 2 ** 20, ratio: 200 };

/** Excel's own limits, and cells that the reader may have to fill. */
const mostRows = 1_048_576;
const mostColumns = 16_384;
const mostCells = 30_000_000;

/** Sheets, their texts and styles, and what says where they are; pictures, macros and the like stay away. */
const wanted = /^(?:xl\/(?!media\/|embeddings\/).*\.(?:xml|rels)|_rels\/\.rels|\[content_types\]\.xml)$/i;

/** A zip without compression of the checked parts. */
export async function checkedZip(
  who: string,
  path: string,
  limits: ExcelLimits = excelLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
    const entries = await listParts(who, zip, limits);
    const copy = new ZipWriter();
    for (const entry of entries) {
      const content = await buffer(await zip.openReadStreamPromise(entry));
      if (/^xl\/worksheets\//i.test(entry.fileName)) refuseFarCells(who, content);
      copy.addBuffer(content, entry.fileName, { compress: false });
    }
    copy.end();
    return new Uint8Array(await buffer(copy.outputStream));
  } catch (error) {
    throw error instanceof HoldfastError ? error : notExcel(who);
  } finally {
    zip?.close();
  }
}

export const notExcel = (who: string): HoldfastError =>
  new DataError(
    'data.unreadable',
    `${who}: the file is not a whole Excel file (.xlsx): damaged, truncated, protected by a password or something else under that name; save it again`,
  );

async function listParts(who: string, zip: ZipFile, limits: ExcelLimits): Promise<Entry[]> {
  if (zip.entryCount > limits.entries) throw tooLarge(who, `has more than ${limits.entries} parts`);
  const entries: Entry[] = [];
  const names = new Set<string>();
  let bytes = 0;
  for await (const entry of zip.eachEntry()) {
    if (!wanted.test(entry.fileName)) continue;
    const name = entry.fileName.toLowerCase();
    if (names.has(name)) throw notExcel(who);
    names.add(name);
    const { uncompressedSize: size, compressedSize: packed } = entry;
    bytes += size;
    if (bytes > limits.bytes || (size > 2 ** 20 && size > packed * limits.ratio)) {
      throw tooLarge(
        who,
        `unpacks to more than ${limits.bytes / 2 ** 20} MiB, or to ${limits.ratio} times its size`,
      );
    }
    entries.push(entry);
  }
  return entries;
}

/** One cell far away makes the reader fill all that lies before it. */
function refuseFarCells(who: string, sheet: Buffer): void {
  let rows = 0;
  let columns = 0;
  for (const [, letters, row] of sheet
    .toString('latin1')
    .matchAll(/\sr\s*=\s*["']([A-Za-z]*)([0-9]+)["']/g)) {
    rows = Math.max(rows, Number(row));
    if (letters !== '') columns = Math.max(columns, columnNumber(letters!));
  }
  if (rows > mostRows || columns > mostColumns || rows * columns > mostCells)
    throw tooLarge(who, `has a sheet of ${rows} rows and ${columns} columns`);
}

/** A is 1, Z 26, AA 27. */
const columnNumber = (letters: string): number =>
  [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

const tooLarge = (who: string, trouble: string): HoldfastError =>
  new DataError('data.too-large', `${who}: the Excel file ${trouble}; save the table as CSV or Parquet`);
