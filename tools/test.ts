/**
 * Runs one tier of the tests: `node tools/test.ts quick|full|soak [--coverage] [--slowest] [path-part ...]`.
 *
 * Quick tests of pure rooms share one process (a process each costs 0.1 s); tests of the other rooms, which own
 * servers, threads or processes, get one each. The last line is `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { rooms } from '../src/rooms.ts';

type Tier = 'quick' | 'full' | 'soak';
interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/** Below this share of covered lines in the pure rooms the run fails. */
const coverageFloor = 90;
const propertySeed = new URL('./property-seed.ts', import.meta.url).href;

const [tierName = 'quick', ...rest] = process.argv.slice(2);
const tier = tierName as Tier;
const withCoverage = rest.includes('--coverage');
const withSlowest = rest.includes('--slowest');
const wanted = rest.filter((part) => !part.startsWith('--'));
const root = new URL('..', import.meta.url).pathname;
process.chdir(decodeURIComponent(root));

const files = globSync([
  'src/**/*.test.ts',
  'golden/*.test.ts',
  'tools/*.test.ts',
  'bench/**/*.test.ts',
  'examples/**/*.test.ts',
])
  .filter(
    (file) => tierOf(file) === tier && (wanted.length === 0 || wanted.some((part) => file.includes(part))),
  )
  .sort();
if (files.length === 0) {
  console.error(`tests: no file of tier ${tier}${wanted.length > 0 ? ` matches ${wanted.join(' ')}` : ''}`);
  process.exit(2);
}

process.env.HOLDFAST_SEED ??= String(tier === 'quick' ? 20_261_121 : Date.now() % 2 ** 31);
if (tier !== 'quick') console.log(`property tests with HOLDFAST_SEED=${process.env.HOLDFAST_SEED}`);
// Processes of tests read the same sources: what one has compiled the others need not.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../.cache/compiled', import.meta.url));
// What tests of one run may share; removed at its end.
process.env.HOLDFAST_TEST_RUN ??= ownFolder();
await import('./property-seed.ts');

const started = performance.now();
const totals: Totals = { passed: 0, failed: 0, skipped: 0 };
/** Milliseconds of the tests of each file. */
const durations = new Map<string, number>();
let coverage: number | undefined;
// Long tests gain more from both cores than they lose to a process each.
const together = tier === 'quick' ? files.filter(isPure) : [];
const apart = files.filter((file) => !together.includes(file));
if (rest.includes('--apart')) await runGroup(apart, false);
else if (together.length === 0 || apart.length === 0) {
  await runGroup(together, true);
  await runGroup(apart, false);
} else await Promise.all([runGroup(together, true), runElsewhere(['quick', '--apart', ...rest])]);

if (rest.includes('--apart')) {
  tellSlowest();
  console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
  process.exit(totals.failed > 0 ? 1 : 0);
}
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(
  `tier ${tier}: ${files.length} files in ${seconds} s${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}`,
);
tellSlowest();
if (coverage !== undefined) {
  const enough = coverage >= coverageFloor;
  console.log(`line coverage of the pure rooms: ${coverage.toFixed(2)}% (at least ${coverageFloor}%)`);
  if (!enough) totals.failed++;
}
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed > 0 || totals.passed === 0 ? 1 : 0);

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-tests-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The tests that need processes of their own, at the same time as those that share this one. */
async function runElsewhere(words: readonly string[]): Promise<void> {
  const self = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, [self, ...words.filter((word) => word !== '--coverage')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (part: Buffer) => {
    said += part;
  });
  await once(child, 'close');
  const found = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(said);
  totals.passed += Number(found?.[1] ?? 0);
  totals.failed += Number(found?.[2] ?? 1);
  totals.skipped += Number(found?.[3] ?? 0);
  process.stdout.write(said.slice(0, found?.index));
}

function tierOf(file: string): Tier {
  if (file.endsWith('.full.test.ts')) return 'full';
  return file.endsWith('.soak.test.ts') ? 'soak' : 'quick';
}

function isPure(file: string): boolean {
  const [top, room] = file.split('/');
  return top === 'golden' || (top === 'src' && rooms.some(({ name, pure }) => pure && name === room));
}

function tellSlowest(): void {
  if (!withSlowest) return;
  const slowest = [...durations].sort((a, b) => b[1] - a[1]).slice(0, 40);
  for (const [file, ms] of slowest)
    console.log(`  ${(ms / 1000).toFixed(1).padStart(6)} s ${relative(process.cwd(), file)}`);
}

async function runGroup(group: string[], shared: boolean): Promise<void> {
  if (group.length === 0) return;
  const pureGlobs = rooms.filter(({ pure }) => pure).map(({ name }) => `src/${name}/**/*.ts`);
  const stream = run({
    files: group,
    isolation: shared ? 'none' : 'process',
    concurrency: shared ? 1 : availableParallelism(),
    ...(shared ? {} : { execArgv: ['--import', propertySeed] }),
    ...(shared && withCoverage
      ? { coverage: true, coverageIncludeGlobs: pureGlobs, coverageExcludeGlobs: ['**/*.test.ts'] }
      : {}),
  });
  for await (const event of stream) {
    if (event.type === 'test:pass' || event.type === 'test:fail') {
      const { details, skip, todo, file, nesting } = event.data;
      if (nesting === 0 && file !== undefined)
        durations.set(file, (durations.get(file) ?? 0) + details.duration_ms);
      const isSuite = (details as { type?: string }).type === 'suite';
      if (event.type === 'test:fail') {
        // A parent that fails only because of its children is no failure of its own.
        if ((details.error as { failureType?: string }).failureType === 'subtestsFailed') continue;
        totals.failed++;
        tellFailure(event.data.name, event.data.file, details.error);
      } else if (skip !== undefined || todo !== undefined) totals.skipped++;
      else if (!isSuite) totals.passed++;
    } else if (event.type === 'test:coverage') {
      coverage = event.data.summary.totals.coveredLinePercent;
      for (const file of event.data.summary.files) {
        if (file.coveredLinePercent < coverageFloor) {
          const path = file.path.slice(process.cwd().length + 1);
          console.log(`  ${file.coveredLinePercent.toFixed(1).padStart(5)}% ${path}`);
        }
      }
    } else if (event.type === 'test:diagnostic' && tier === 'soak' && event.data.nesting > 0) {
      // The figures that a long test measured.
      console.log(`  ${event.data.message}`);
    } else if (event.type === 'test:stderr') {
      process.stderr.write(event.data.message);
    }
  }
}

/** A failure as a person needs it: which test, which file, what went wrong and where. */
function tellFailure(name: string, file: string | undefined, error: unknown): void {
  const cause = (error as { cause?: unknown }).cause ?? error;
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  const lines = text
    .split('\n')
    .slice(0, 40)
    .map((line) => `    ${line}`);
  console.error(
    [`FAILED ${name}`, `  in ${file === undefined ? '?' : relative(process.cwd(), file)}`, ...lines].join(
      '\n',
    ),
  );
}
