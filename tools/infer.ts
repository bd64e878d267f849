/**
 * `make infer`: scores customers with the newest model and writes every score into the prediction log. Without a table
 * it makes 200 customers; where the workspace has no model it trains that of the demo first. Every command is shown
 * before it runs.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [model = 'latest', input = '', output = 'scored.csv'] = process.argv.slice(2);

const folder = join(root, 'demo');
const ownHome = process.env.HOLDFAST_HOME ? resolve(process.env.HOLDFAST_HOME) : join(root, '.holdfast');
const home = hasModel(ownHome) ? ownHome : join(folder, '.holdfast');

if (input !== '') {
  // A table and a workspace of one's own: nothing is made up for these.
  process.exit(holdfast(process.cwd(), ['score', model, input, output, '--log']));
}

mkdirSync(folder, { recursive: true });
if (!hasModel(home)) {
  console.log('No model yet: training that of the demo first.');
  must('generate', 'customers.csv', '--rows', '5000');
  must('init', 'customers.csv', '--target', 'churned', '--churned', 'yes', '--yes');
  must('train');
}
must('generate', 'new.csv', '--rows', '200', '--seed', '11');
if (holdfast(folder, ['score', model, 'new.csv', output, '--log']) !== 0) {
  console.log(
    '\nA model of other columns than made customers have needs your own: make infer IN=customers.csv',
  );
  process.exit(1);
}
const shown = (path: string): string => relative(process.cwd(), path) || '.';
console.log(
  `\nThe list is ${shown(join(folder, output))}; the same scores are in the prediction log of ${shown(home)}.`,
);

function hasModel(workspace: string): boolean {
  const models = join(workspace, 'artifacts', 'models');
  return existsSync(models) && readdirSync(models).some((name) => name.endsWith('.holdfast'));
}

function must(...words: string[]): void {
  const exit = holdfast(folder, words);
  if (exit !== 0) process.exit(exit);
}

/** Runs one command as a person would. */
function holdfast(cwd: string, words: readonly string[]): number {
  console.log(`\n$ holdfast ${words.join(' ')}`);
  const env = cwd === folder ? { ...process.env, HOLDFAST_HOME: home } : process.env;
  const main = join(root, 'src/cli/main.ts');
  return spawnSync(process.execPath, [main, ...words], { cwd, stdio: 'inherit', env }).status ?? 1;
}
