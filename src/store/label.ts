/**
 * Model labels: `YYYYMMDD.<7 hex of the project folder's commit, or nogit>[.N]`, the day in UTC. N counts
 * from 2 the models of one day and commit.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The first label of that day and commit that is not taken. `when` is epoch milliseconds. */
export function nextLabel(when: number, commit: string | null, taken: Iterable<string>): string {
  const known = new Set(taken);
  const first = `${new Date(when).toISOString().slice(0, 10).replaceAll('-', '')}.${commit?.slice(0, 7) ?? 'nogit'}`;
  if (!known.has(first)) return first;
  for (let n = 2; ; n++) if (!known.has(`${first}.${n}`)) return `${first}.${n}`;
}

/** The commit that a folder stands on, 40 hex; null without git, a repository or a commit. */
export async function projectCommit(folder: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('git', ['rev-parse', '--verify', 'HEAD'], {
      cwd: folder,
      timeout: 5000,
      // Inside a git hook GIT_DIR points at another repository.
      env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
    });
    const commit = stdout.trim();
    return /^[0-9a-f]{40,64}$/.test(commit) ? commit : null;
  } catch {
    return null;
  }
}
