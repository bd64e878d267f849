/** What `disk-recorder.c` saw, of all processes in one order, and the files as a crash would leave them. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../../../base/random.ts';

export const recordedFiles = ['holdfast.db', 'holdfast.db-wal', 'holdfast.db-journal'] as const;

/** Bytes that a disk writes whole. */
const sector = 512;

interface DiskEvent {
  readonly kind: 'write' | 'truncate' | 'sync' | 'create' | 'unlink';
  /** Empty: the folder itself. */
  readonly name: string;
  /** Nanoseconds of the monotonic clock. */
  readonly at: number;
  /** Offset of a write, length of a truncate, beginning of a sync. */
  readonly where: number;
  readonly data: Buffer;
}

export interface Recording {
  readonly events: readonly DiskEvent[];
  /** Files as they were on the disk before. */
  readonly before: ReadonlyMap<string, Buffer>;
  /** As the kernel had them at the end. */
  readonly after: ReadonlyMap<string, Buffer>;
}

export function filesNow(folder: string): ReadonlyMap<string, Buffer> {
  const there = recordedFiles.filter((name) => existsSync(join(folder, name)));
  return new Map(there.map((name) => [name, readFileSync(join(folder, name))]));
}

const kinds = ['', 'name', 'write', 'truncate', 'sync', 'create', 'unlink', 'rename'] as const;
const headLength = 32;

/** `record`: the records' path without the process ids. */
export const readRecording = (record: string): readonly DiskEvent[] =>
  globSync(`${record}.*`)
    .flatMap((path) => readEvents(readFileSync(path)))
    .sort((a, b) => a.at - b.at);

/** Whether the record explains every byte of the files at its end: nothing was written unseen. */
export function explainsAll({ before, events, after }: Recording): boolean {
  const folder = new Map([...before].map(([name, bytes]) => [name, owned(bytes)]));
  for (const event of events) {
    if (event.kind === 'create') folder.set(event.name, owned(Buffer.alloc(0)));
    else if (event.kind === 'unlink') folder.delete(event.name);
    else if (event.kind !== 'sync') folder.set(event.name, applied(folder.get(event.name)!, event));
  }
  return folder.size === after.size && [...after].every(([name, bytes]) => folder.get(name)?.equals(bytes));
}

function readEvents(bytes: Buffer): DiskEvent[] {
  const names = new Map([[1, '']]);
  const events: DiskEvent[] = [];
  for (let from = 0; from + headLength <= bytes.length; ) {
    const kind = kinds[bytes.readUInt32LE(from)]!;
    const file = bytes.readUInt32LE(from + 4);
    const [at, where, length] = [8, 16, 24].map((place) => Number(bytes.readBigUInt64LE(from + place)));
    const data = bytes.subarray(from + headLength, from + headLength + length!);
    from += headLength + length!;
    if (kind === 'rename')
      throw new Error(`${names.get(file)} was renamed, which no database file should be`);
    if (kind === 'name') names.set(file, data.toString());
    else if (kind !== '') events.push({ kind, name: names.get(file)!, at: at!, where: where!, data });
  }
  return events;
}

/** One file from its creation to its removal. */
interface Life {
  /** What is on the disk for certain. */
  sure: Buffer;
  /** What may have reached it, in the order of writing. */
  open: DiskEvent[];
}

interface FolderChange {
  readonly at: number;
  readonly name: string;
  /** Null: removed. */
  readonly life: Life | null;
}

/**
 * The files as a crash at each of these moments could leave them: all that was synced by then, and of the rest
 * nothing, everything, or any part in any order, torn within a write. `moments` ascend.
 */
export function* crashImages(
  { events, before }: Recording,
  moments: readonly number[],
  random: Random,
): Generator<{ readonly moment: number; readonly files: ReadonlyMap<string, Buffer> }> {
  const sureFolder = new Map<string, Life>(
    [...before].map(([name, bytes]) => [name, { sure: owned(bytes), open: [] }]),
  );
  const folder = new Map(sureFolder);
  let openFolder: FolderChange[] = [];
  let next = 0;
  for (const moment of moments) {
    for (; next < events.length && events[next]!.at <= moment; next++) {
      const event = events[next]!;
      const { kind, name } = event;
      if (name === '') {
        if (kind !== 'sync') continue;
        for (const { name: changed, life } of openFolder.filter(({ at }) => at <= event.where))
          set(sureFolder, changed, life);
        openFolder = openFolder.filter(({ at }) => at > event.where);
      } else if (kind === 'create' || kind === 'unlink') {
        const life = kind === 'create' ? { sure: owned(Buffer.alloc(0)), open: [] } : null;
        set(folder, name, life);
        openFolder.push({ at: event.at, name, life });
      } else {
        const life = folder.get(name);
        if (!life) continue;
        if (kind === 'sync') settle(life, event.where);
        else life.open.push(event);
      }
    }
    const left = new Map(sureFolder);
    // What a file system did to its folder it did in order.
    const done = random.integer(openFolder.length + 1);
    for (const { name, life } of openFolder.slice(0, done)) set(left, name, life);
    const luck = lucks[random.integer(lucks.length)]!;
    const files = new Map([...left].map(([name, life]) => [name, crashed(life, luck, random)]));
    yield { moment, files };
  }
}

const set = (folder: Map<string, Life>, name: string, life: Life | null): void => {
  if (life) folder.set(name, life);
  else folder.delete(name);
};

function settle(life: Life, beganAt: number): void {
  for (const event of life.open) if (event.at <= beganAt) life.sure = applied(life.sure, event);
  life.open = life.open.filter(({ at }) => at > beganAt);
}

/** What became of that which was not synced. */
const lucks = ['nothing', 'nothing', 'everything', 'some', 'torn'] as const;

function crashed({ sure, open }: Life, luck: (typeof lucks)[number], random: Random): Buffer {
  let bytes = owned(sure);
  for (const event of open) {
    if (luck === 'nothing' || (luck !== 'everything' && random.uniform() < 0.5)) continue;
    if (luck !== 'torn' || event.kind !== 'write') {
      bytes = applied(bytes, event);
      continue;
    }
    for (let from = 0; from < event.data.length; from += sector) {
      if (random.uniform() < 0.5) continue;
      const data = event.data.subarray(from, from + sector);
      bytes = applied(bytes, { ...event, where: event.where + from, data });
    }
  }
  return bytes;
}

/** A copy in memory of its own, with room to spare, so that a growing file is not copied with each write. */
function owned(bytes: Buffer, length = bytes.length): Buffer {
  const copy = Buffer.from(new ArrayBuffer(Math.max(2 * length, 65_536)), 0, length);
  bytes.copy(copy);
  return copy;
}

/** Changes the bytes, which must be owned. */
function applied(bytes: Buffer, { kind, where, data }: DiskEvent): Buffer {
  const length = kind === 'truncate' ? where : Math.max(bytes.length, where + data.length);
  let sized = bytes;
  if (length > bytes.buffer.byteLength) sized = owned(bytes, length);
  else if (length !== bytes.length) {
    sized = Buffer.from(bytes.buffer, 0, length);
    // What was cut off before must not come back.
    if (length > bytes.length) sized.fill(0, bytes.length);
  }
  if (kind === 'write') data.copy(sized, where);
  return sized;
}
