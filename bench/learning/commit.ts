/** Which commit is measured: changes of the sources that are not committed are said; `nogit` outside of a repository. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export function measuredCommit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const isChanged = git('status', '--porcelain', '--', 'src') !== '';
    return `${git('rev-parse', '--short=7', 'HEAD')}${isChanged ? ' and changes not committed' : ''}`;
  } catch {
    return 'nogit';
  }
}
