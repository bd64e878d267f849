/**
 * How good is what comes out? Six public tables, five seeds each: `train` as it comes (and with `search: { method: auto }` where
 * this version has it) beside FLAML with the same budget, CatBoost with its defaults and LightGBM tuned by Optuna for the same
 * budget. All learn from the same customers and are judged on the same hold-out by ROC-AUC and log loss.
 *
 * `train` sets part of the learning rows aside for calibration and threshold; the peers may use them all. What is owed: over
 * the seeds the mean is not behind by more than one standard error of the paired differences. `--budget 60` seconds,
 * `--tables telco,bank`; with 60 s all takes about two hours.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../../src/base/random.ts';
import { writeTable } from '../../src/data/sources/write-table.ts';
import { splitSection } from '../../src/data/splits/section.ts';
import { trainSection } from '../../src/selection/section.ts';
import type { Dataset } from '../../src/table/dataset.ts';
import { splitParts } from '../../src/tasks/train/prepare.ts';
import { type Case, tellAnswer } from './answer.ts';
import { handOver } from './hand-over.ts';
import { type JudgedTable, judgedTables } from './judged-tables.ts';
import {
  benchOptions,
  type Figure,
  factsOf,
  type MeasuredSide,
  meanWithinError,
  type Side,
  takeTurns,
} from './measure.ts';
import { initProject, type ProjectFile, trainOwn } from './own-project.ts';
import { type Peer, startPeer } from './peers.ts';
import { withIdAndOutcome } from './tables.ts';

const threads = 2;
const allSeeds = [40, 41, 42, 43, 44];
const options = benchOptions();
const budgetSeconds = Number(wordAfter('--budget') ?? (options.isQuick ? 10 : 60));
const seeds = allSeeds.slice(0, options.repetitions);
const wanted = wordAfter('--tables')?.split(',') ?? (options.isQuick ? ['telco'] : undefined);
const tables = judgedTables.filter(({ name }) => wanted === undefined || wanted.includes(name));
const unknown = wanted?.find((name) => !judgedTables.some((table) => table.name === name));
if (unknown !== undefined)
  throw new RangeError(
    `bench: --tables takes ${judgedTables.map(({ name }) => name).join(', ')}, got ${unknown}`,
  );
const auto = { search: { method: 'auto', budget: `${budgetSeconds}s` } };
const hasAuto = trainSection.safeParse(auto).success;

const cases: Case[] = [];
for (const table of tables) cases.push(await judgeTable(table));
tellAnswer({
  question: 'accuracy',
  asks: `How good are the models, with a budget of ${budgetSeconds} s where one can be set?`,
  options,
  cases,
});

async function judgeTable({ name, read }: JudgedTable): Promise<Case> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    const data = await read();
    const held = seeds.map((seed) => holdoutOf(data, seed));
    const marks = Object.fromEntries(held.map((mark, i) => [`hold-out ${seeds[i]}`, mark]));
    handOver(join(folder, 'peer'), data, marks);
    await writeTable(join(folder, 'customers.parquet'), withIdAndOutcome(data));
    const peer = await startPeer({ script: 'accuracy', folder: join(folder, 'peer'), threads });
    try {
      console.error(`${name}: ${data.table.rowCount} x ${data.table.columns.length}`);
      const own = await ownSides(folder);
      const all = [...own, ...peersOf(peer)];
      const sides = await takeTurns(all, { repetitions: seeds.length, warmUps: 0 });
      const judge = sides[own.length - 1]!;
      return {
        rows: `${name}, ${data.table.rowCount} x ${data.table.columns.length}, seeds ${seeds.join(', ')}`,
        sides,
        figures: sides.slice(own.length).flatMap((peers) => behind(judge, peers)),
        notes: [`figures are of ${judge.name}`],
      };
    } finally {
      await peer.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ownSides(folder: string): Promise<Side[]> {
  const target = { column: 'churned', churned: 'yes' };
  const side = (name: string): Side => ({
    name,
    threads,
    run: (round) => trainOwn(folder, seeds[round]!, threads),
    owes: { auc: [0.5, 1] },
  });
  await initProject(folder, 'customers.parquet', target, learnFromAll);
  const byDefault = side('Holdfast train');
  if (!hasAuto) return [byDefault];
  const tuned = mkdtempSync(join(folder, 'auto-'));
  await initProject(tuned, join(folder, 'customers.parquet'), target, (project) => {
    learnFromAll(project);
    project.train = { ...auto };
  });
  const found = { ...side('Holdfast auto'), run: (round: number) => trainOwn(tuned, seeds[round]!, threads) };
  return [byDefault, found];
}

/** `init` leaves out what gives the outcome away, as e-mails do in storedata; here all sides learn from the same columns. */
function learnFromAll({ data }: ProjectFile): void {
  for (const column of Object.values(data!.columns as Record<string, { use?: string }>)) delete column.use;
}

function peersOf(peer: Peer): Side[] {
  const side = (name: string, task: string, budget: boolean): Side => ({
    name,
    threads,
    run: (round) =>
      peer.ask(
        task,
        { seed: seeds[round]!, threads, ...(budget && { budget: budgetSeconds }) },
        { countsProcesses: true },
      ),
    owes: { auc: [0.5, 1] },
  });
  return [
    side('FLAML', 'flaml', true),
    side('CatBoost', 'catboost', false),
    side('tuned LightGBM', 'lightgbm', true),
  ];
}

/** How far the mean over the seeds is behind a peer's, in AUC and in log loss. */
function behind(own: MeasuredSide, peer: MeasuredSide): Figure[] {
  const differences = (fact: string, sign: number): Float64Array =>
    Float64Array.from(factsOf(peer, fact), (theirs, i) => sign * (theirs - factsOf(own, fact)[i]!));
  return [
    meanWithinError(`ROC-AUC behind ${peer.name}`, differences('auc', 1)),
    meanWithinError(`log loss above ${peer.name}`, differences('logLoss', -1)),
  ];
}

/** 1 for the rows that `train` holds out by this seed. */
function holdoutOf(data: Dataset, seed: number): Uint8Array {
  const named = { ...data, ids: Array.from(data.labels, (_, row) => String(row)) };
  const { holdout } = splitParts(
    named,
    splitSection.parse({ test: 0.15, validation: 0.15, by: 'stratified', seed }),
    createRandom(seed),
  );
  const mark = new Uint8Array(data.labels.length);
  for (const id of holdout.ids!) mark[Number(id)] = 1;
  return mark;
}

function wordAfter(word: string): string | undefined {
  const at = process.argv.indexOf(word);
  return at < 0 ? undefined : process.argv[at + 1];
}
