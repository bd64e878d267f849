/** The command line: reads words, calls one command, turns its end into an exit code. */
import { readFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

const argv = process.argv.slice(2);
if (argv[0] === '--version' || argv[0] === '-V') {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  process.stdout.write(`${version}\n`);
} else {
  // What was compiled once need not be again: a third of the time that a command takes to begin. Where the folder
  // cannot be written nothing is kept and nothing is said.
  enableCompileCache(join(import.meta.dirname, '..', '..', '.cache', 'compiled'));
  const { runCli } = await import('./run.ts');
  const { guardProcess } = await import('./guard.ts');
  guardProcess(process);
  process.exitCode = await runCli(argv);
}
