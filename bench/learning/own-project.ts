/** A project as a user makes one, in a folder of its own: `init`, some changes of the file, `train` with any seed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { type Measured, runCommand } from '../measure/run-command.ts';
import type { Repetition } from './measure.ts';

export interface OwnTarget {
  readonly column: string;
  readonly churned: string;
}

/** The sections of a project file, as read from it. */
export type ProjectFile = Record<string, Record<string, unknown>>;

/** Writes `holdfast.yaml` into the folder, as `init` does, with `change` applied. */
export async function initProject(
  folder: string,
  data: string,
  { column, churned }: OwnTarget,
  change: (project: ProjectFile) => void = () => {},
): Promise<void> {
  await done(folder, ['init', data, '--target', column, '--churned', churned]);
  const file = join(folder, 'holdfast.yaml');
  const project = parse(readFileSync(file, 'utf8')) as ProjectFile;
  change(project);
  writeFileSync(file, stringify(project));
}

/** `train`, judged on its hold-out. */
export async function trainOwn(folder: string, seed: number, threads: number): Promise<Repetition> {
  const run = await done(folder, ['train', 'holdfast.yaml', '--seed', String(seed), '--json'], threads);
  const { holdout, best } = JSON.parse(run.stdout);
  console.error(`  seed ${seed}: ${best.model}`);
  return {
    cpuSeconds: run.cpuSeconds,
    wallSeconds: run.wallSeconds,
    facts: { auc: holdout.rocAuc.value, logLoss: holdout.logLoss.value, peakGb: run.peakGb },
  };
}

/** Runs a command that must succeed; a gate that refuses its model (exit code 3) is an answer too. */
export async function done(folder: string, words: readonly string[], threads?: number): Promise<Measured> {
  const run = await runCommand(folder, words, threads);
  if (run.exit !== 0 && run.exit !== 3)
    throw new Error(`bench: ${words[0]} ended with ${run.exit}: ${run.stderr.slice(-2000)}`);
  return run;
}
