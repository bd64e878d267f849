/** Lines of a byte stream as they arrive: as many as a chunk completes, never more in memory than that. */

export interface Line {
  /** Its place in the stream, from 0; blank lines count and are left out. */
  readonly index: number;
  /** Without its end; null for a line that was longer than is taken. */
  readonly content: Uint8Array | null;
}

const newline = 0x0a;
const carriageReturn = 0x0d;

/** Memory: one chunk and one line of at most `longestBytes`, however long the stream is. */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  longestBytes: number,
): AsyncGenerator<readonly Line[]> {
  let index = 0;
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  const hold = (part: Uint8Array): void => {
    heldBytes += part.length;
    // Of a line that is too long only its length is remembered.
    if (heldBytes > longestBytes) held = [];
    else if (part.length > 0) held.push(part);
  };
  const finish = (): Line | null => {
    const isTooLong = heldBytes > longestBytes;
    const content = isTooLong ? null : withoutReturn(held.length === 1 ? held[0]! : Buffer.concat(held));
    held = [];
    heldBytes = 0;
    const line = { index: index++, content };
    return content !== null && isBlank(content) ? null : line;
  };
  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      hold(chunk.subarray(from, end));
      from = end + 1;
      const line = finish();
      if (line) lines.push(line);
    }
    hold(chunk.subarray(from));
    if (lines.length > 0) yield lines;
  }
  const last = heldBytes > 0 ? finish() : null;
  if (last) yield [last];
}

const withoutReturn = (line: Uint8Array): Uint8Array =>
  line.at(-1) === carriageReturn ? line.subarray(0, -1) : line;

const isBlank = (line: Uint8Array): boolean => line.every((byte) => byte === 0x20 || byte === 0x09);
