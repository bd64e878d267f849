/** A disk of a few megabytes that a test can fill. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk extends Disposable {
  readonly folder: string;
  /** To the last byte. */
  fill(): void;
  free(): void;
  makeReadOnly(): void;
}

/** Null where this user may not mount. */
export function smallDisk(megabytes: number): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', folder], { stdio: 'pipe' });
  } catch (cause) {
    rmdirSync(folder);
    const { stderr, code } = cause as { stderr?: Buffer; code?: string };
    const isForbidden =
      process.getuid?.() !== 0 || code === 'ENOENT' || /permission|not permitted/i.test(String(stderr));
    if (!isForbidden) throw cause;
    return null;
  }
  const filler = join(folder, 'filler');
  return {
    folder,
    fill() {
      const file = openSync(filler, 'a');
      for (const size of [65_536, 4096, 1]) {
        const bytes = Buffer.alloc(size);
        try {
          for (;;) if (writeSync(file, bytes) < size) break;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        }
      }
      closeSync(file);
    },
    free: () => unlinkSync(filler),
    makeReadOnly: () => void execFileSync('mount', ['-o', 'remount,ro', folder], { stdio: 'pipe' }),
    [Symbol.dispose]() {
      execFileSync('umount', [folder]);
      rmdirSync(folder);
    },
  };
}
