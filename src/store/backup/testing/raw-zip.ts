/** Zips that no honest writer makes: any name, any size said, the same bytes for several entries. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface RawEntry {
  readonly name: string;
  readonly content: Uint8Array;
  readonly pack?: boolean;
  /** What the entry says of its unpacked size; the truth unless given. */
  readonly says?: number;
  /** Points to the bytes of the first entry instead of its own. */
  readonly shares?: boolean;
}

export function rawZip(entries: readonly RawEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  let first: { at: number; packed: number } | undefined;
  for (const { name, content, pack = false, says = content.length, shares = false } of entries) {
    const bytes = pack ? deflateRawSync(content) : Buffer.from(content);
    // Flags, method, time, date, checksum, both sizes, length of the name: alike in both headers.
    const facts = Buffer.concat([
      // Names are UTF-8.
      word16(0x800),
      word16(pack ? 8 : 0),
      Buffer.alloc(4),
      word(crc32(content)),
      word(shares && first ? first.packed : bytes.length),
      word(says),
      word16(Buffer.byteLength(name)),
    ]);
    const local = Buffer.concat([word(0x04034b50), word16(20), facts, word16(0), Buffer.from(name)]);
    const offset = shares && first ? first.at : at;
    directory.push(
      Buffer.concat([
        word(0x02014b50),
        word16(20),
        word16(20),
        facts,
        Buffer.alloc(12),
        word(offset),
        Buffer.from(name),
      ]),
    );
    if (shares && first) continue;
    first ??= { at, packed: bytes.length };
    parts.push(local, bytes);
    at += local.length + bytes.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.concat([
    word(0x06054b50),
    Buffer.alloc(4),
    word16(entries.length),
    word16(entries.length),
    word(list.length),
    word(at),
    word16(0),
  ]);
  return Buffer.concat([...parts, list, end]);
}

const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const word16 = (value: number): Buffer => word(value).subarray(0, 2);
