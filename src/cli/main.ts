/** The command line: reads words, calls one command, turns its end into an exit code. */
import { readFileSync } from 'node:fs';

const argv = process.argv.slice(2);
if (argv[0] === '--version' || argv[0] === '-V') {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  process.stdout.write(`${version}\n`);
} else {
  const { runCli } = await import('./run.ts');
  const { guardProcess } = await import('./guard.ts');
  guardProcess(process);
  process.exitCode = await runCli(argv);
}
