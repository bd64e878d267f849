/** Looks for a text in the bytes of a file, whatever the file is, a piece at a time. O(bytes). */
import { createReadStream } from 'node:fs';

export interface BytesFound {
  /** Where the text stands as a word of its own: no letter, digit, `_` or `-` beside it. */
  readonly words: number;
  /** Lines with such a word. */
  readonly lines: number;
  /** Anywhere at all, also inside longer words. */
  readonly anywhere: number;
  /** A zero byte was met: no text for people. */
  readonly isBinary: boolean;
}

/** `text` is looked for as UTF-8. A file that is gone or shut holds nothing that can be found. */
export async function searchFile(path: string, text: string, pieceBytes = 1 << 20): Promise<BytesFound> {
  const wanted = Buffer.from(text, 'utf8');
  const found = { words: 0, lines: 0, anywhere: 0, isBinary: false };
  if (wanted.length === 0) return found;
  let tail: Buffer = Buffer.alloc(0);
  /** Of the file: where `tail` begins, and the line of the last word. */
  let line = 0;
  let lastLine = -1;
  let isFirst = true;
  const look = (bytes: Buffer, isLast: boolean): void => {
    // The last byte of a match needs the one behind it, so the end waits for the next piece.
    const end = isLast ? bytes.length : bytes.length - wanted.length;
    let counted = 0;
    let at = bytes.indexOf(wanted, isFirst ? 0 : 1);
    while (at >= 0 && at < end) {
      found.anywhere++;
      if (!isWordByte(bytes[at - 1]) && !isWordByte(bytes[at + wanted.length])) {
        found.words++;
        line += linesIn(bytes, counted, at);
        counted = at;
        if (line !== lastLine) found.lines++;
        lastLine = line;
      }
      at = bytes.indexOf(wanted, at + 1);
    }
    if (isLast || end <= 0) {
      tail = bytes;
      return;
    }
    // One byte before what is kept: what stands before a match decides too.
    const keepFrom = Math.max(0, end - 1);
    line += linesIn(bytes, counted, keepFrom);
    tail = Buffer.from(bytes.subarray(keepFrom));
    isFirst = keepFrom === 0 && isFirst;
  };
  try {
    for await (const piece of createReadStream(path, {
      highWaterMark: pieceBytes,
    }) as AsyncIterable<Buffer>) {
      if (!found.isBinary && piece.includes(0)) found.isBinary = true;
      look(Buffer.concat([tail, piece]), false);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  look(tail, true);
  return found;
}

/** ASCII letters, digits, `_`, `-`, and bytes of other letters. */
const isWordByte = (byte: number | undefined): boolean =>
  byte !== undefined &&
  ((byte >= 48 && byte <= 57) ||
    (byte >= 65 && byte <= 90) ||
    (byte >= 97 && byte <= 122) ||
    byte === 95 ||
    byte === 45 ||
    byte >= 128);

function linesIn(bytes: Buffer, from: number, to: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(10, from); at >= 0 && at < to; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}
