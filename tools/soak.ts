/**
 * The full counts: every soak test in a process of its own, one after the other. A file that has passed at this
 * commit is not run again, so a stopped run goes on where it was; `bench/SOAK.md` keeps what ran, when and where.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const page = join(root, 'bench/SOAK.md');
const head =
  '# Soak runs\n\nThe full counts, by `make soak`, newest last.\n\n| test | result | minutes | date | commit |\n|---|---|---|---|---|\n';

process.chdir(root);
const commit =
  git('rev-parse', '--short=7', 'HEAD') +
  // What the run before wrote is no change of what is tested.
  (git('status', '--porcelain', '--', '.', ':!bench/SOAK.md') === '' ? '' : '+changes');
let lines = existsSync(page) ? readFileSync(page, 'utf8') : head;
let failed = 0;
let passed = 0;
// Named ones alone: `node tools/soak.ts known-answers`.
const wanted = process.argv.slice(2);
const files = globSync('{src,tools}/**/*.soak.test.ts').sort();
for (const file of files.filter((one) => wanted.length === 0 || wanted.some((part) => one.includes(part)))) {
  if (
    !commit.endsWith('+changes') &&
    newestRow(file)?.startsWith(`| ${file} | passed |`) &&
    newestRow(file)?.endsWith(`| ${commit} |`)
  ) {
    console.log(`${file}: passed at this commit already`);
    passed++;
    continue;
  }
  console.log(`${file}: running`);
  const started = Date.now();
  const { status } = spawnSync(process.execPath, ['--test', file], { stdio: 'inherit' });
  const minutes = ((Date.now() - started) / 60_000).toFixed(1);
  if (status === 0) passed++;
  else failed++;
  const date = new Date().toISOString().slice(0, 10);
  lines += `| ${file} | ${status === 0 ? 'passed' : 'FAILED'} | ${minutes} | ${date} | ${commit} |\n`;
  writeFileSync(page, lines);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

/** The newest row of a file. */
function newestRow(file: string): string | undefined {
  return lines.split('\n').findLast((line) => line.startsWith(`| ${file} |`));
}

function git(...words: string[]): string {
  try {
    return execFileSync('git', words, { encoding: 'utf8' }).trim();
  } catch {
    return 'nogit';
  }
}
