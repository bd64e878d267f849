/**
 * Asks every question of this folder and writes bench/RESULTS.md: what `make bench` runs. Each question is a process of its
 * own. `--only mlp,telco` asks these and keeps what the page's other questions last said; `--quick` reduces the counts and
 * `--repetitions N` sets them; both are passed on. Ends with 1 when a question failed or missed a figure.
 *
 * The page is written after each question. A run that was stopped, or of which a question failed, goes on when it is started
 * again with the same words and the same program (`unfinished.ts`); `--anew` begins from the first question.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { didYouMean } from '../../src/base/text.ts';
import { type DatedAnswer, machineFacts, resultFileVariable } from './answer.ts';
import { peerVersions, preparePython } from './peers.ts';
import { questions } from './questions.ts';
import { pageOf } from './results.ts';
import { openUnfinished } from './unfinished.ts';

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
const run = openUnfinished<'held' | 'missed'>('all', { words: words.filter((word) => word !== '--anew') });
if (run.before > 0) {
  const known = asked.filter((question) => run.of(question) !== undefined).join(', ');
  console.log(`bench: goes on with the run that was stopped, ${known} answered; --anew begins anew`);
}
for (const question of asked.filter((one) => run.of(one) === undefined)) {
  const outcome = ask(question);
  if (outcome !== 'failed') run.keep(question, outcome);
  writePage();
}
const failed = asked.filter((question) => run.of(question) === undefined);
const missed = asked.filter((question) => run.of(question) === 'missed');
if (failed.length === 0) run.end();
console.log(`bench: ${asked.length} of ${questions.length} questions asked, bench/RESULTS.md written`);
if (missed.length > 0) console.log(`bench: missed a figure: ${missed.join(', ')}`);
if (failed.length > 0) console.log(`bench: failed: ${failed.join(', ')}; the same command asks them again`);
process.exitCode = failed.length + missed.length > 0 ? 1 : 0;

/** Whether all was held. The old answer goes first: one that failed is not to be told with it. */
function ask(question: string): 'held' | 'missed' | 'failed' {
  rmSync(fileOf(question), { force: true });
  const script = fileURLToPath(new URL(`${question}.ts`, import.meta.url));
  const { status } = spawnSync(process.execPath, [script, ...passedOn], {
    stdio: 'inherit',
    env: { ...process.env, [resultFileVariable]: fileOf(question) },
  });
  if (!existsSync(fileOf(question))) return 'failed';
  return status === 0 ? 'held' : 'missed';
}

function writePage(): void {
  const answers = questions
    .filter((question) => existsSync(fileOf(question)))
    .map((question) => JSON.parse(readFileSync(fileOf(question), 'utf8')) as DatedAnswer)
    // Those of an earlier form say less than the page tells.
    .filter((answer) => typeof answer.minutes === 'number' && typeof answer.commit === 'string');
  const machine = [...machineFacts(), `${Math.round(totalmem() / 2 ** 30)} GB`];
  writeFileSync(`${root}bench/RESULTS.md`, pageOf(answers, { machine, versions: peerVersions(), questions }));
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
