/**
 * Finds out how a text file is encoded and, unless it is UTF-8, makes a temporary UTF-8 copy.
 *
 * A byte-order mark decides; without one the text is UTF-8 when every byte fits, else Windows-1252 (DuckDB knows
 * only Latin-1, which lacks its quotes and dashes). Text that is mostly UTF-8 with a few wrong bytes, holds NUL
 * or bytes that Windows-1252 does not have is refused: a wrong guess would change customers' names silently.
 */
import { isAscii } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError, type HoldfastError } from '../../base/errors.ts';
import { sha256Stream } from '../../base/hash.ts';

export interface DecodedFile {
  /** A UTF-8 file: the one given, or a temporary copy. */
  readonly path: string;
  readonly encoding: 'utf-8' | 'utf-16' | 'windows-1252';
  /** SHA-256 of the original bytes. */
  readonly hash: string;
}

const chunkBytes = 1 << 20;
const byteOrderMark = [0xef, 0xbb, 0xbf];

export async function decodeFile(who: string, path: string, scratch: string): Promise<DecodedFile> {
  const mark = await firstBytes(path, 4);
  const wide = wideEncoding(mark);
  const { hash, isUtf8, hasNul } = await survey(path);
  if (wide === 'utf-32' || (hasNul && !wide)) throw notText(who);
  if (wide) return { path: await transcode(who, path, scratch, wide), encoding: 'utf-16', hash };
  if (isUtf8) return { path, encoding: 'utf-8', hash };
  await refuseMixed(who, path);
  return { path: await transcode(who, path, scratch, 'windows-1252'), encoding: 'windows-1252', hash };
}

/** The first bytes of a file, fewer when it is shorter. */
export async function firstBytes(path: string, most: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const bytes = new Uint8Array(most);
    const { bytesRead } = await file.read(bytes, 0, most, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The bytes of a file in large pieces. */
export async function eachChunk(path: string, onChunk: (chunk: Buffer) => unknown): Promise<void> {
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
    await onChunk(chunk as Buffer);
  }
}

/** The bytes at the beginning of a UTF-8 file without its byte-order mark. */
export function withoutMark<T extends Uint8Array>(bytes: T): T {
  return byteOrderMark.every((byte, at) => bytes[at] === byte) ? (bytes.subarray(3) as T) : bytes;
}

function wideEncoding(mark: Uint8Array): 'utf-16le' | 'utf-16be' | 'utf-32' | undefined {
  const [a, b, c, d] = mark;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32' : 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return undefined;
}

async function survey(path: string): Promise<{ hash: string; isUtf8: boolean; hasNul: boolean }> {
  const hash = sha256Stream();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isUtf8 = true;
  let hasNul = false;
  let isPending = false;
  const decodes = (chunk?: Buffer): boolean => {
    try {
      decoder.decode(chunk, { stream: chunk !== undefined });
      return true;
    } catch {
      return false;
    }
  };
  await eachChunk(path, (chunk) => {
    hash.update(chunk);
    hasNul ||= chunk.includes(0);
    if (!isUtf8 || (!isPending && isAscii(chunk))) return;
    isUtf8 = decodes(chunk);
    // A character may be cut by the end of the chunk only if the last byte is no ASCII.
    isPending = chunk[chunk.length - 1]! >= 0x80;
  });
  return { hash: hash.digest('hex'), isUtf8: isUtf8 && decodes(), hasNul };
}

/** Refuses UTF-8 text in which only some bytes are wrong. */
async function refuseMixed(who: string, path: string): Promise<void> {
  const decoder = new TextDecoder('utf-8');
  let wrong = 0;
  let wide = 0;
  await eachChunk(path, (chunk) => {
    for (const character of decoder.decode(chunk, { stream: true })) {
      if (character === '\ufffd') wrong++;
      else if (character > '\u007f') wide++;
    }
  });
  if (wide > wrong) {
    throw new DataError(
      'data.encoding',
      `${who}: the text is UTF-8 with ${wrong} damaged places; save the file again as UTF-8`,
      { damaged: wrong },
    );
  }
}

async function transcode(who: string, path: string, scratch: string, encoding: string): Promise<string> {
  const copy = join(scratch, 'decoded.txt');
  const decoder = new TextDecoder(encoding, { fatal: true });
  const write = async (file: FileHandle, chunk?: Buffer) => {
    let text: string;
    try {
      text = decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw notText(who);
    }
    // Windows-1252 decodes its undefined bytes as C1 control characters, which no table holds.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
    if (/[\u0000\u0081\u008d\u008f\u0090\u009d]/.test(text)) throw notText(who);
    await file.write(text);
  };
  const file = await open(copy, 'w', 0o600);
  try {
    await eachChunk(path, (chunk) => write(file, chunk));
    await write(file);
  } finally {
    await file.close();
  }
  return copy;
}

const notText = (who: string): HoldfastError =>
  new DataError(
    'data.encoding',
    `${who}: the file holds bytes that are no text in UTF-8, UTF-16 with a byte-order mark or Windows-1252; save it as UTF-8`,
  );
