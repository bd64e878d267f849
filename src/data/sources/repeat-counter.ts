/**
 * Counts ids that stood in an earlier row, over any number of rows in the memory of a million: what is kept of an id is
 * a hash of 63 bits, and more of them than that wait in a temporary file, divided into parts that are counted one by one.
 *
 * Two ids of one hash would count as one: among ten million that happens in one file of 200,000. O(characters of the ids).
 */
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { refuseFullDisk } from './scratch.ts';
import { makeScratchFolder } from './scratch-folder.ts';

export interface RepeatCounter {
  /** Empty ids are not compared. */
  add(ids: readonly string[]): Promise<void>;
  /** Ids that were added before. Once, when all are added. */
  count(): Promise<number>;
  /** Deletes the temporary file. */
  close(): Promise<void>;
}

/** Parts that ids are divided into by their hash. */
const parts = 64;
/** Eight bytes each; then they go to the file. */
const mostInMemory = 1 << 20;

/** `most`: ids in memory. */
export function repeatCounter(most = mostInMemory): RepeatCounter {
  const kept = Array.from({ length: parts }, (): Hashes => ({ words: new Uint32Array(64), length: 0 }));
  const written = Array.from({ length: parts }, (): { at: number; bytes: number }[] => []);
  const pair = new Uint32Array(2);
  let held = 0;
  let file: { readonly handle: FileHandle; readonly folder: string } | undefined;
  let end = 0;
  const writeAll = async () => {
    if (!file) {
      const folder = await makeScratchFolder();
      file = { folder, handle: await open(join(folder, 'ids'), 'wx+', 0o600) };
    }
    for (const [part, hashes] of kept.entries()) {
      const bytes = bytesOf(hashes);
      await writeWhole(file.handle, bytes, end);
      written[part]!.push({ at: end, bytes: bytes.length });
      end += bytes.length;
      hashes.length = 0;
    }
    held = 0;
  };
  return {
    async add(ids) {
      for (const id of ids) {
        if (id === '') continue;
        hashInto(pair, id);
        push(kept[pair[0]! % parts]!, pair);
        if (++held >= most) await inScratch(writeAll);
      }
    },
    async count() {
      let repeated = 0;
      for (const [part, hashes] of kept.entries()) {
        for (const { at, bytes } of written[part]!) await readInto(hashes, file!.handle, at, bytes);
        repeated += repeatedIn(hashes);
        kept[part] = { words: new Uint32Array(0), length: 0 };
      }
      return repeated;
    },
    async close() {
      await file?.handle.close();
      if (file) await rm(file.folder, { recursive: true, force: true });
    },
  };
}

async function inScratch(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    refuseFullDisk('score', error);
    throw error;
  }
}

/** Two words a hash. */
interface Hashes {
  words: Uint32Array;
  length: number;
}

function push(to: Hashes, pair: Uint32Array): void {
  reserve(to, 2);
  to.words[to.length++] = pair[0]!;
  to.words[to.length++] = pair[1]!;
}

function reserve(hashes: Hashes, more: number): void {
  if (hashes.length + more <= hashes.words.length) return;
  const larger = new Uint32Array(Math.max(64, 2 * (hashes.length + more)));
  larger.set(hashes.words.subarray(0, hashes.length));
  hashes.words = larger;
}

const bytesOf = ({ words, length }: Hashes): Uint8Array => new Uint8Array(words.buffer, 0, length * 4);

async function writeWhole(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
}

async function readInto(to: Hashes, file: FileHandle, at: number, bytes: number): Promise<void> {
  reserve(to, bytes / 4);
  const into = new Uint8Array(to.words.buffer, to.length * 4, bytes);
  for (let done = 0; done < bytes; ) {
    const { bytesRead } = await file.read(into, done, bytes - done, at + done);
    if (bytesRead === 0) throw new RangeError('repeat counter: its file is shorter than what was written');
    done += bytesRead;
  }
  to.length += bytes / 4;
}

/** How many hashes stood before: those that a table of places has already. */
function repeatedIn({ words, length }: Hashes): number {
  let places = 16;
  while (places < length) places *= 2;
  const table = new Uint32Array(places * 2);
  let repeated = 0;
  for (let i = 0; i < length; i += 2) {
    const [first, second] = [words[i]!, words[i + 1]!];
    // The lowest bits chose the part; the second word is never 0, which is an empty place.
    let place = (first >>> 6) & (places - 1);
    while (table[2 * place + 1] !== 0 && (table[2 * place] !== first || table[2 * place + 1] !== second))
      place = (place + 1) & (places - 1);
    if (table[2 * place + 1] !== 0) repeated++;
    table[2 * place] = first;
    table[2 * place + 1] = second;
  }
  return repeated;
}

/** Two hashes in the manner of MurmurHash3 (Appleby, public domain) over UTF-16 code units; the second is odd. */
function hashInto(pair: Uint32Array, text: string): void {
  let a = 0x9747b28c ^ text.length;
  let b = 0x3c6ef372;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a ^= Math.imul(unit, 0xcc9e2d51);
    a = Math.imul((a << 13) | (a >>> 19), 5) + 0xe6546b64;
    b ^= Math.imul(unit, 0x1b873593);
    b = Math.imul((b << 17) | (b >>> 15), 9) + 0x38b34ae5;
  }
  pair[0] = mixed(a);
  pair[1] = mixed(b ^ a) | 1;
}

function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
