/** Builds the library that stands between a process and its disk, and switches its faults. See `disk-recorder.c`. */
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, realpathSync, writeFileSync, writeSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Preload {
  /** For the process to be watched. */
  readonly env: Readonly<Record<string, string>>;
  /** Before the file name of each process's record. */
  readonly record: string;
  /** What writes and syncs of the database files end with from now on; null: as the disk says. */
  fail(fault: { readonly write?: Errno; readonly sync?: Errno } | null): void;
  /** Sets the wall clock of the process wrong, from now on. */
  setClockWrong(byMs: number): void;
}

type Errno = 'EIO' | 'EROFS' | 'ENOSPC';

/** `scratch`: where library, switch and records go. `watch`: the folder of the database. */
export function preload(scratch: string, watch: string, { isRecording = false } = {}): Preload {
  const library = join(scratch, 'disk-recorder.so');
  const source = fileURLToPath(new URL('./disk-recorder.c', import.meta.url));
  execFileSync(
    process.env.CC ?? 'cc',
    ['-shared', '-fPIC', '-O2', '-Wall', '-Wextra', '-Werror', '-o', library, source, '-ldl', '-lpthread'],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const faults = join(scratch, 'faults');
  writeFileSync(faults, Buffer.alloc(24));
  const set = (place: number, value: bigint): void => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(value);
    const file = openSync(faults, 'r+');
    writeSync(file, bytes, 0, 8, 8 * place);
    closeSync(file);
  };
  const numberOf = (errno: Errno | undefined): bigint => BigInt(errno ? constants.errno[errno] : 0);
  const record = join(scratch, 'record');
  return {
    record,
    env: {
      LD_PRELOAD: library,
      FAULT_FOLDER: realpathSync(watch),
      FAULT_SWITCH: faults,
      ...(isRecording && { FAULT_RECORD: record }),
    },
    fail(fault) {
      set(0, numberOf(fault?.write));
      set(1, numberOf(fault?.sync));
    },
    setClockWrong: (byMs) => set(2, BigInt(byMs) * 1_000_000n),
  };
}
