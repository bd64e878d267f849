/**
 * Zip files that are the same to the byte for the same parts, and reading of zip files that nobody vouches for.
 *
 * Writing: names sorted, one fixed date, one mode. Reading: at most so many entries and bytes, sizes checked
 * while inflating (a "bomb" stops at its declared size), no folder, link, absolute or climbing name, no name
 * twice. Whatever is wrong with a file read is `model.damaged` in one sentence.
 */
import { buffer } from 'node:stream/consumers';
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl';
import { ZipFile as ZipWriter } from 'yazl';
import { ModelFileError } from '../base/errors.ts';
import { byCodeUnit } from '../table/column.ts';

export type ZipParts = Readonly<Record<string, Uint8Array>>;

export interface ZipLimits {
  readonly entries: number;
  /** Bytes of all parts together, inflated. */
  readonly bytes: number;
}

export const modelFileLimits: ZipLimits = { entries: 64, bytes: 512 * 1024 * 1024 };

/** The bytes of a zip of these parts; the same parts give the same bytes, in every time zone. */
export async function writeZip(parts: ZipParts): Promise<Uint8Array> {
  const zip = new ZipWriter();
  // Made in the process's own zone, because the zip keeps local time: so its digits are the same everywhere.
  const mtime = new Date(1980, 0, 1);
  for (const name of Object.keys(parts).sort(byCodeUnit)) {
    const { buffer, byteOffset, byteLength } = parts[name]!;
    zip.addBuffer(Buffer.from(buffer, byteOffset, byteLength), name, {
      mtime,
      mode: 0o100644,
      forceDosTimestamp: true,
    });
  }
  zip.end();
  return buffer(zip.outputStream);
}

/** All parts of a zip held in memory. `who` begins the sentence of an error. */
export function readZip(
  who: string,
  bytes: Uint8Array,
  limits: ZipLimits = modelFileLimits,
): Promise<Record<string, Uint8Array>> {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return readEntries(who, () => fromBufferPromise(whole, readOptions), limits, undefined);
}

/** Some parts of a zip on disk, without reading the rest of it. */
export function readZipParts(
  who: string,
  path: string,
  names: readonly string[],
  limits: ZipLimits = modelFileLimits,
): Promise<Record<string, Uint8Array>> {
  return readEntries(who, () => openPromise(path, readOptions), limits, names);
}

const readOptions = {
  lazyEntries: true,
  autoClose: false,
  decodeStrings: true,
  validateEntrySizes: true,
  strictFileNames: true,
} as const;

async function readEntries(
  who: string,
  open: () => Promise<ZipFile>,
  limits: ZipLimits,
  wanted: readonly string[] | undefined,
): Promise<Record<string, Uint8Array>> {
  let zip: ZipFile | undefined;
  try {
    zip = await open();
    if (zip.entryCount > limits.entries) throw new Error('too many entries');
    const entries = await listEntries(zip, limits);
    const parts: Record<string, Uint8Array> = Object.create(null);
    for (const [name, entry] of entries) {
      if (wanted && !wanted.includes(name)) continue;
      parts[name] = new Uint8Array(await buffer(await zip.openReadStreamPromise(entry)));
    }
    return parts;
  } catch (cause) {
    throw new ModelFileError(
      'model.damaged',
      `${who}: is damaged, truncated or no Holdfast model file; copy it again from where it was made`,
      {},
      { cause },
    );
  } finally {
    zip?.close();
  }
}

async function listEntries(zip: ZipFile, limits: ZipLimits): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName;
    if (name.includes('/') || entries.has(name)) throw new Error('an entry has a name that is not allowed');
    if (!entry.canDecodeFileData()) throw new Error('an entry is encrypted or compressed in another way');
    total += entry.uncompressedSize;
    if (total > limits.bytes) throw new Error('too many bytes');
    entries.set(name, entry);
  }
  return entries;
}
