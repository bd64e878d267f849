/** Finds the public data sets that lie beside the repository, for tests that compare with known answers. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The path of a file in `shared/data` beside the repository or one of its parents; undefined without one, so that
 * a test can skip. Where CI=true its absence is an error, since a skipped check would look like a passed one, unless
 * HOLDFAST_SHARED=none says that this machine has no public data sets.
 */
export function sharedData(name: string): string | undefined {
  for (let folder = dirname(dirname(fileURLToPath(import.meta.url))); ; folder = dirname(folder)) {
    const path = join(dirname(folder), 'shared', 'data', name);
    if (existsSync(path)) return path;
    if (dirname(folder) === folder) break;
  }
  if (process.env.CI === 'true' && process.env.HOLDFAST_SHARED !== 'none')
    throw new Error(`shared/data/${name} is missing; CI needs it`);
  return undefined;
}
