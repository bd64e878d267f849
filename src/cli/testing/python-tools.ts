/** Real programs of the Python world that tests ask; made by `tools/install-python.sh` where they are missing. */
import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The folder of what belongs to an environment: its pins, its scripts, its settings. */
export const toolFolder = (name: string): string => join(root, 'tools', name);

/** The folder of the environment's programs. */
export function pythonPrograms(name: string): string {
  execFileSync('sh', [join(root, 'tools/install-python.sh'), name], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  // Through python -m: a moved environment's scripts name the place where it was made.
  return join(root, '.cache', name, 'bin');
}

export interface Ran {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Python of an environment, writing no compiled files among the sources. */
export function runPython(
  name: string,
  words: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly withinMs: number },
): Promise<Ran> {
  const python = join(pythonPrograms(name), 'python');
  return new Promise((resolve) => {
    execFile(
      python,
      words,
      {
        env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...options.env },
        maxBuffer: 256 * 1024 * 1024,
        timeout: options.withinMs,
      },
      (error, stdout, stderr) => {
        const { code = 0 } = (error ?? {}) as { readonly code?: unknown };
        resolve({ exit: typeof code === 'number' ? code : 1, stdout, stderr });
      },
    );
  });
}
