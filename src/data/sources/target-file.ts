/** The file that a path to write names: an ordinary file or none yet. A link is followed, a device is never replaced. */
import { lstat, realpath, stat } from 'node:fs/promises';

/**
 * The path that a rename may take the place of. Throws an error of code ENOTREG for what exists and is no ordinary file (a
 * device, a pipe, a socket), EISDIR for a folder, and what the file system says of a link that leads nowhere.
 */
export async function targetOf(path: string): Promise<string> {
  const found = await lstat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null;
    throw cause;
  });
  if (found === null || found.isFile()) return path;
  const led = await stat(path);
  if (led.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
  if (!led.isFile()) throw Object.assign(new Error('no ordinary file'), { code: 'ENOTREG' });
  return realpath(path);
}
