/**
 * What a run that takes hours has found so far, so that one that was stopped goes on instead of beginning anew.
 *
 * Kept in .cache/bench-unfinished until the run is over: the next run then measures everything again. It goes on only where
 * it is the same run: the same program (sources, benches, pins), Node, processor and settings. `--anew` forgets what is kept.
 * What is kept together was measured together: all sides of a round, or a whole question.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonicalJson, type Plain } from '../../src/base/plain.ts';
import { machineFacts } from './answer.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Unfinished<Found> {
  /** How many were found before the run was stopped. */
  readonly before: number;
  /** What the run had taken until it last kept something. */
  readonly minutesBefore: number;
  of(name: string): Found | undefined;
  keep(name: string, found: Found): void;
  /** The run is over. */
  end(): void;
}

export interface UnfinishedOptions {
  readonly folder?: string;
  readonly isAnew?: boolean;
  /** What the program is known by. */
  readonly program?: string;
}

/** `settings`: what another run of the same name must agree in to be the same. Found values are plain, as JSON holds them. */
export function openUnfinished<Found>(
  name: string,
  settings: Plain,
  {
    folder = `${root}.cache/bench-unfinished/`,
    isAnew = process.argv.includes('--anew'),
    program = programHash(),
  }: UnfinishedOptions = {},
): Unfinished<Found> {
  const file = `${folder}${name}.json`;
  const key = canonicalJson({ program, settings, machine: machineFacts() });
  const kept = isAnew ? undefined : readKept<Found>(file, key);
  const found = new Map(Object.entries(kept?.found ?? {}));
  const minutesBefore = kept?.minutes ?? 0;
  return {
    before: found.size,
    minutesBefore,
    of: (one) => found.get(one),
    keep(one, value) {
      found.set(one, value);
      mkdirSync(dirname(file), { recursive: true });
      // A stop in the middle of writing leaves the file of before.
      const minutes = minutesBefore + performance.now() / 60_000;
      writeFileSync(`${file}.draft`, JSON.stringify({ key, minutes, found: Object.fromEntries(found) }));
      renameSync(`${file}.draft`, file);
    },
    end: () => rmSync(file, { force: true }),
  };
}

interface Kept<Found> {
  readonly key: string;
  readonly minutes: number;
  readonly found: Readonly<Record<string, Found>>;
}

function readKept<Found>(file: string, key: string): Kept<Found> | undefined {
  if (!existsSync(file)) return undefined;
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Kept<Found>;
  return kept.key === key ? kept : undefined;
}

/** Of everything that decides what is measured, tests aside. */
export function programHash(of = root): string {
  const hash = createHash('sha256');
  for (const file of globSync('{src,bench}/**/*.{ts,py,txt}', { cwd: of }).sort()) {
    if (file.endsWith('.test.ts')) continue;
    hash.update(`${file}\n`).update(readFileSync(`${of}${file}`));
  }
  return hash.digest('hex');
}
