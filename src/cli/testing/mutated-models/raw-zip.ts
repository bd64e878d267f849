/** Zip files in which every field may say something else than what is there. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface RawEntry {
  readonly name: string;
  /** As it lies in the file. */
  readonly stored: Uint8Array;
  readonly method: number;
  readonly crc: number;
  readonly size: number;
  readonly storedSize: number;
  readonly flags: number;
  /** Of Unix, in the upper half of the attributes. */
  readonly mode: number;
  readonly extra: Uint8Array;
  /** Where the directory says that it begins; where it does by default. */
  readonly offset?: number;
}

export interface RawDirectory {
  readonly count?: number;
  readonly size?: number;
  readonly offset?: number;
  readonly disk?: number;
  readonly comment?: Uint8Array;
  /** Before the first entry. */
  readonly prefix?: Uint8Array;
}

/** An entry that tells the truth. */
export function rawEntry(name: string, content: Uint8Array): RawEntry {
  const stored = deflateRawSync(content, { level: 1 });
  return {
    ...{ name, stored, method: 8, crc: crc32(content), size: content.length, storedSize: stored.length },
    ...{ flags: 0x800, mode: 0o100644, extra: new Uint8Array() },
  };
}

export function rawZip(entries: readonly RawEntry[], directory: RawDirectory = {}): Uint8Array {
  const prefix = Buffer.from(directory.prefix ?? []);
  const parts: Buffer[] = [prefix];
  const listed: Buffer[] = [];
  let at = prefix.length;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const extra = Buffer.from(entry.extra);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(entry.flags, 2);
    fields.writeUInt16LE(entry.method, 4);
    fields.writeUInt16LE(33, 8);
    fields.writeUInt32LE(entry.crc >>> 0, 10);
    fields.writeUInt32LE(entry.storedSize >>> 0, 14);
    fields.writeUInt32LE(entry.size >>> 0, 18);
    fields.writeUInt16LE(name.length, 22);
    fields.writeUInt16LE(extra.length, 24);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((entry.mode * 65_536) >>> 0, 6);
    tail.writeUInt32LE((entry.offset ?? at) >>> 0, 10);
    const maker = Buffer.from([20, 3]);
    listed.push(Buffer.concat([signature(0x02014b50), maker, fields, tail, name, extra]));
    const whole = Buffer.concat([signature(0x04034b50), fields, name, extra, Buffer.from(entry.stored)]);
    parts.push(whole);
    at += whole.length;
  }
  const list = Buffer.concat(listed);
  const comment = Buffer.from(directory.comment ?? []);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.disk ?? 0, 0);
  end.writeUInt16LE(directory.count ?? entries.length, 4);
  end.writeUInt16LE(directory.count ?? entries.length, 6);
  end.writeUInt32LE((directory.size ?? list.length) >>> 0, 8);
  end.writeUInt32LE((directory.offset ?? at) >>> 0, 12);
  end.writeUInt16LE(comment.length, 16);
  return Buffer.concat([...parts, list, signature(0x06054b50), end, comment]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
