/**
 * Asks every question of this folder and writes bench/RESULTS.md: what `make bench` runs. Each question is a process of its
 * own. `--only mlp,telco` asks these and keeps what the page's other questions last said; `--quick` reduces the counts and
 * `--repetitions N` sets them; both are passed on. Ends with 1 when a question failed or missed a figure.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { didYouMean } from '../../src/base/text.ts';
import { type DatedAnswer, machineFacts, resultFileVariable } from './answer.ts';
import { peerVersions, preparePython } from './peers.ts';
import { questions } from './questions.ts';
import { pageOf } from './results.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** The answers of this checkout, so that asking one question anew keeps the others on the page. */
const kept = `${root}.cache/bench-answers/`;
const fileOf = (question: string): string => `${kept}${question}.json`;

const words = process.argv.slice(2);
const at = words.indexOf('--only');
const asked = at < 0 ? questions : chosen(words[at + 1] ?? '');
const passedOn = at < 0 ? words : words.toSpliced(at, 2);

preparePython();
mkdirSync(kept, { recursive: true });
const failed = asked.filter((question) => !ask(question));
const answers = questions
  .filter((question) => existsSync(fileOf(question)))
  .map((question) => JSON.parse(readFileSync(fileOf(question), 'utf8')) as DatedAnswer);
const machine = [...machineFacts(), `${Math.round(totalmem() / 2 ** 30)} GB`];
const page = pageOf(answers, { machine, versions: peerVersions(), commit: commitOf() });
writeFileSync(`${root}bench/RESULTS.md`, page);
console.log(`bench: ${asked.length} of ${questions.length} questions asked, bench/RESULTS.md written`);
if (failed.length > 0) console.log(`bench: missed or failed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;

/** Whether all was held. The old answer goes first: one that failed is not to be told with it. */
function ask(question: string): boolean {
  rmSync(fileOf(question), { force: true });
  const script = fileURLToPath(new URL(`${question}.ts`, import.meta.url));
  const { status } = spawnSync(process.execPath, [script, ...passedOn], {
    stdio: 'inherit',
    env: { ...process.env, [resultFileVariable]: fileOf(question) },
  });
  return status === 0;
}

function chosen(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) {
    if (!questions.includes(name)) {
      console.error(
        `bench: --only takes ${questions.join(', ')}, got ${name}${didYouMean(name, [...questions])}`,
      );
      process.exit(2);
    }
  }
  return names;
}

/** What was measured: changes that are not committed are said; `nogit` outside of a repository. */
function commitOf(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const isChanged = git('status', '--porcelain', '--', 'src') !== '';
    return `${git('rev-parse', '--short=7', 'HEAD')}${isChanged ? ' and changes not committed' : ''}`;
  } catch {
    return 'nogit';
  }
}
