/**
 * A backup as it is read: a zip that nobody vouches for.
 *
 * Refused before anything is unpacked: names that are not a backup's, names twice or one inside the other, other
 * ways of packing, entries that share bytes (so a small file can't unpack to terabytes), sizes that are not those
 * of the manifest. While unpacking: a byte more than was said, a row beyond the limit, another SHA-256. Nothing is
 * ever whole in memory but the manifest and one row.
 */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { DataError, HoldfastError, NotFoundError } from '../../base/errors.ts';
import { sha256, sha256Stream } from '../../base/hash.ts';
import { printable } from '../../base/text.ts';
import {
  type BackupManifest,
  backupFormatVersion,
  backupManifestSchema,
  damaged,
  type FileFacts,
  fileEntry,
  isPortablePath,
  mostRowBytes,
  type TableFacts,
  tableEntry,
} from './manifest.ts';
import { type Cell, textToRow } from './row-text.ts';
import type { TableShape } from './shape.ts';

export interface BackupReader {
  /** The file's name, for sentences. */
  readonly who: string;
  readonly manifest: BackupManifest;
  /** Of the manifest, and so of everything. */
  readonly sha256: string;
  /** Bytes of everything, unpacked. */
  readonly bytes: number;
  /** The rows, each checked against the shape; throws at the end unless count and hash are right. */
  rows(table: TableFacts, shape: TableShape): AsyncIterable<Cell[]>;
  /** The bytes of a kept file; throws at the end unless the hash is right. */
  file(file: FileFacts): AsyncIterable<Buffer>;
  close(): void;
}

export interface ReaderLimits {
  readonly entries: number;
  readonly manifestBytes: number;
  readonly rowBytes: number;
}

export const backupLimits: ReaderLimits = {
  entries: 1_000_000,
  manifestBytes: 256 * 1024 * 1024,
  rowBytes: mostRowBytes,
};

/** Opens a backup and checks everything that can be checked without unpacking tables and files. */
export async function openBackup(path: string, limits: ReaderLimits = backupLimits): Promise<BackupReader> {
  const who = printable(basename(path));
  const size = await sizeOf(who, path);
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(path, {
      lazyEntries: true,
      autoClose: false,
      decodeStrings: true,
      validateEntrySizes: true,
      strictFileNames: true,
    });
    const opened = zip;
    const entries = await listEntries(opened, size, limits);
    const contentOf = (name: string): AsyncIterable<Buffer> => unpack(who, opened, entries.get(name)!);
    const text = await wholeEntry(entries, 'manifest.json', limits.manifestBytes, contentOf);
    const recorded = await wholeEntry(entries, 'manifest.sha256', 65, contentOf);
    if (recorded.toString('latin1') !== `${sha256(text)}\n`)
      throw new Refused('its manifest was changed or cut off');
    const manifest = parseManifest(who, text);
    const bytes = compareEntries(entries, manifest);
    return {
      who,
      manifest,
      sha256: sha256(text),
      bytes,
      rows: (table, shape) => rowsOf(who, contentOf(tableEntry(table.name)), table, shape, limits.rowBytes),
      file: (file) => checkedContent(who, contentOf(fileEntry(file.path)), file, `artifacts/${file.path}`),
      close: () => opened.close(),
    };
  } catch (cause) {
    zip?.close();
    if (cause instanceof HoldfastError) throw cause;
    // Only our own sentences are passed on: those of the zip's reader may quote names.
    throw damaged(who, ownReason(cause) ?? 'it is truncated or no backup of Holdfast', cause);
  }
}

/** Marks the sentences of this file. */
class Refused extends Error {}
const ownReason = (cause: unknown): string | undefined =>
  cause instanceof Refused ? cause.message : undefined;

async function sizeOf(who: string, path: string): Promise<number> {
  const facts = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT' && cause.code !== 'ENOTDIR') throw cause;
    throw new NotFoundError('backup.not-found', `${who}: there is no such file; check the path`, { path });
  });
  if (!facts.isFile()) throw damaged(who, 'it is no ordinary file');
  return facts.size;
}

const entryName =
  /^(?:manifest\.json|manifest\.sha256|tables\/[a-z][a-z0-9_]{0,62}\.ndjson|artifacts\/(.+))$/s;

async function listEntries(
  zip: ZipFile,
  size: number,
  limits: ReaderLimits,
): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > limits.entries) throw new Refused('it has too many entries');
  const entries = new Map<string, Entry>();
  const folders = new Set<string>();
  let packed = 0;
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName;
    const path = entryName.exec(name);
    if (!path || (path[1] !== undefined && !isPortablePath(path[1])))
      throw new Refused('an entry has a name that is not allowed');
    if (entries.has(name)) throw new Refused('two entries have one name');
    if (!entry.canDecodeFileData()) throw new Refused('an entry is encrypted or packed in another way');
    if (path[1] !== undefined && entry.compressionMethod !== 0)
      throw new Refused('a kept file is packed, which no backup does');
    packed += entry.compressedSize;
    if (packed > size) throw new Refused('its entries are larger than the file');
    entries.set(name, entry);
    for (let at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1))
      folders.add(name.slice(0, at));
  }
  for (const name of entries.keys())
    if (folders.has(name)) throw new Refused('an entry is a file and a folder at once');
  return entries;
}

async function wholeEntry(
  entries: ReadonlyMap<string, Entry>,
  name: string,
  most: number,
  contentOf: (name: string) => AsyncIterable<Buffer>,
): Promise<Buffer> {
  const entry = entries.get(name);
  if (!entry) throw new Refused(`it has no ${name}`);
  if (entry.uncompressedSize > most) throw new Refused(`${name} is too large`);
  const chunks: Buffer[] = [];
  for await (const chunk of contentOf(name)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function parseManifest(who: string, text: Buffer): BackupManifest {
  const value: unknown = JSON.parse(text.toString('utf8'));
  const { format, formatVersion } = (value ?? {}) as { format?: unknown; formatVersion?: unknown };
  if (format === 'holdfast-backup' && Number(formatVersion) > backupFormatVersion) {
    throw new DataError(
      'backup.newer',
      `${who}: is a backup of format ${Number(formatVersion)}, and this Holdfast reads up to ${backupFormatVersion}; update Holdfast`,
      { file: who },
    );
  }
  const parsed = backupManifestSchema.safeParse(value);
  if (!parsed.success) throw new Refused('its manifest does not say what a manifest must');
  return parsed.data;
}

/** Every entry is in the manifest with its size, and the other way round. Gives the bytes of all, unpacked. */
function compareEntries(entries: ReadonlyMap<string, Entry>, { tables, files }: BackupManifest): number {
  const wanted = new Map<string, number>();
  for (const { name, bytes } of tables) wanted.set(tableEntry(name), bytes);
  for (const { path, bytes } of files) wanted.set(fileEntry(path), bytes);
  if (wanted.size !== tables.length + files.length) throw new Refused('its manifest names an entry twice');
  if (wanted.size + 2 !== entries.size) throw new Refused('its entries are not those of its manifest');
  let total = 0;
  for (const [name, bytes] of wanted) {
    if (entries.get(name)?.uncompressedSize !== bytes)
      throw new Refused('an entry is missing or has another size than its manifest says');
    total += bytes;
  }
  return total;
}

/** The bytes of an entry; yauzl ends in an error when they are more or fewer than was said. */
async function* unpack(who: string, zip: ZipFile, entry: Entry): AsyncIterable<Buffer> {
  let stream: Readable | undefined;
  try {
    stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (cause) {
    throw damaged(who, 'a part of it cannot be unpacked', cause);
  } finally {
    stream?.destroy();
  }
}

async function* checkedContent(
  who: string,
  content: AsyncIterable<Buffer>,
  { sha256: wanted }: { readonly sha256: string },
  part: string,
): AsyncIterable<Buffer> {
  const hash = sha256Stream();
  for await (const chunk of content) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== wanted) throw damaged(who, `${printable(part)} is not what was saved`);
}

async function* rowsOf(
  who: string,
  content: AsyncIterable<Buffer>,
  table: TableFacts,
  shape: TableShape,
  mostBytes: number,
): AsyncIterable<Cell[]> {
  let row = 0;
  for await (const line of lines(
    who,
    checkedContent(who, content, table, `table ${table.name}`),
    mostBytes,
  )) {
    row++;
    const values = textToRow(line, shape);
    if (values === null) throw damaged(who, `row ${row} of table ${table.name} is no row of it`);
    yield values;
  }
  if (row !== table.rows) throw damaged(who, `table ${table.name} has ${row} rows instead of ${table.rows}`);
}

async function* lines(who: string, content: AsyncIterable<Buffer>, mostBytes: number): AsyncIterable<string> {
  let kept: Buffer[] = [];
  let keptBytes = 0;
  for await (const chunk of content) {
    let from = 0;
    for (let to = chunk.indexOf(10); to >= 0; to = chunk.indexOf(10, from)) {
      const end = chunk.subarray(from, to);
      if (keptBytes + end.length > mostBytes) throw tooLong(who, mostBytes);
      yield keptBytes === 0 ? end.toString('utf8') : Buffer.concat([...kept, end]).toString('utf8');
      kept = [];
      keptBytes = 0;
      from = to + 1;
    }
    if (from === chunk.length) continue;
    kept.push(chunk.subarray(from));
    keptBytes += chunk.length - from;
    if (keptBytes > mostBytes) throw tooLong(who, mostBytes);
  }
  if (keptBytes > 0) throw damaged(who, 'a table ends within a row');
}

const tooLong = (who: string, mostBytes: number): HoldfastError =>
  damaged(who, `a row is larger than ${Math.round(mostBytes / 1024 / 1024)} MiB`);
