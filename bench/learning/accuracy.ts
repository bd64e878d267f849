/**
 * How good is what comes out? Six public tables, five seeds each: `train` with `search: { method: auto }` beside FLAML with the same budget
 * and threads, CatBoost with its defaults and tuned LightGBM. All learn from the same customers and are judged on the same hold-out by
 * ROC-AUC and log loss. FLAML and `auto` search by ROC-AUC, as they do unless told otherwise.
 *
 * LightGBM is tuned by Optuna, five folds with early stopping, once a table: for twice the budget, on the customers of the first seed.
 * Its settings then serve every seed; what they may so know of the other hold-outs can help it alone, and saves half an hour.
 * `train` chooses on some of the learning rows and fits what it chose on all of them, as the peers may. What is owed: over
 * the seeds the mean is not behind by more than one standard error of the paired differences. `--budget 60` seconds,
 * `--tables telco,bank`; with 60 s all takes an hour and a quarter. A run that was stopped goes on with the seeds it has not
 * asked (`unfinished.ts`): all sides of a seed are asked one after the other.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plain } from '../../src/base/plain.ts';
import { createRandom } from '../../src/base/random.ts';
import { writeTable } from '../../src/data/sources/write-table.ts';
import { splitSection } from '../../src/data/splits/section.ts';
import type { Dataset } from '../../src/table/dataset.ts';
import { splitParts } from '../../src/tasks/train/prepare.ts';
import { type Case, tellAnswer } from './answer.ts';
import { handOver } from './hand-over.ts';
import { type JudgedTable, judgedTables } from './judged-tables.ts';
import {
  benchOptions,
  type Figure,
  factsOf,
  figureOf,
  type KeptRounds,
  type MeasuredSide,
  meanWithinError,
  type Repetition,
  type Side,
  takeTurns,
} from './measure.ts';
import { initProject, type ProjectFile, trainOwn } from './own-project.ts';
import { type Peer, startPeer } from './peers.ts';
import { withIdAndOutcome } from './tables.ts';
import { openUnfinished } from './unfinished.ts';

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
const auto = { search: { method: 'auto', budget: `${budgetSeconds}s`, warmStart: false } };
/** What LightGBM is tuned for, in budgets. */
const tuningBudgets = 2;

/** By table: how LightGBM was tuned; by table and seed: all sides. */
const unfinished = openUnfinished<readonly Repetition[]>('accuracy', {
  ...{ budgetSeconds, tuningBudgets, threads, seeds },
  tables: tables.map(({ name }) => name),
});
if (unfinished.before > 0) console.error('bench: accuracy goes on where it was stopped; --anew begins anew');

const cases: Case[] = [];
for (const table of tables) cases.push(await judgeTable(table));
tellAnswer({
  question: 'accuracy',
  asks: `How good are the models, with a budget of ${budgetSeconds} s where one can be set?`,
  options,
  cases,
  minutesBefore: unfinished.minutesBefore,
});
unfinished.end();

async function judgeTable({ name, read }: JudgedTable): Promise<Case> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    const data = await read();
    const held = seeds.map((seed) => holdoutOf(data, seed));
    const marks = Object.fromEntries(held.map((mark, i) => [`hold-out ${seeds[i]}`, mark]));
    handOver(join(folder, 'peer'), data, marks);
    await writeTable(join(folder, 'customers.parquet'), withIdAndOutcome(data));
    await initProject(folder, 'customers.parquet', { column: 'churned', churned: 'yes' }, (project) => {
      learnFromAll(project);
      project.train = { ...auto };
    });
    const peer = await startPeer({ script: 'accuracy', folder: join(folder, 'peer'), threads });
    try {
      console.error(`${name}: ${data.table.rowCount} x ${data.table.columns.length}`);
      const rows = `${name} ${hashOf(join(folder, 'peer', 'rows.f64'))}`;
      const tuned = await tuneLightgbm(peer, rows);
      const [own, ...others] = await takeTurns([ownSide(folder), ...peersOf(peer, tuned)], {
        repetitions: seeds.length,
        warmUps: 0,
        kept: keptRounds(rows),
      });
      return {
        rows: `${name}, ${data.table.rowCount} x ${data.table.columns.length}, ${budgetSeconds} s, seeds ${seeds.join(', ')}`,
        sides: [own!, ...others],
        figures: [...others.flatMap((one) => behind(own!, one)), withinBudget(own!)],
        notes: [`LightGBM had ${tuned.facts.trials} trials in ${tuned.wallSeconds.toFixed(0)} s`],
      };
    } finally {
      await peer.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All of `train`, reading and report included. */
function withinBudget({ repetitions }: MeasuredSide): Figure {
  const shares = repetitions.map(({ wallSeconds }) => wallSeconds / budgetSeconds);
  return figureOf('time of train as a share of its budget', shares, 'x', { atMost: 1.1 });
}

/** What is kept is of these rows, and of no others under their name. */
function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12);
}

function keptRounds(table: string): KeptRounds {
  return {
    of: (round) => unfinished.of(`${table} ${seeds[round]}`),
    keep: (round, sides) => unfinished.keep(`${table} ${seeds[round]}`, sides),
  };
}

/** The settings are its facts. */
async function tuneLightgbm(peer: Peer, table: string): Promise<Repetition> {
  const before = unfinished.of(`${table} tuned`)?.[0];
  if (before !== undefined) return before;
  const args = { seed: seeds[0]!, threads, budget: tuningBudgets * budgetSeconds };
  const found = await peer.ask('tune_lightgbm', args, { countsProcesses: true });
  unfinished.keep(`${table} tuned`, [found]);
  return found;
}

function ownSide(folder: string): Side {
  return {
    name: 'Holdfast auto',
    threads,
    run: (round) => trainOwn(folder, seeds[round]!, threads),
    owes: { auc: [0.5, 1] },
  };
}

/** `init` leaves out what gives the outcome away, as e-mails do in storedata; here all sides learn from the same columns. */
function learnFromAll({ data }: ProjectFile): void {
  for (const column of Object.values(data!.columns as Record<string, { use?: string }>)) delete column.use;
}

function peersOf(peer: Peer, tuned: Repetition): Side[] {
  const side = (name: string, task: string, args: Readonly<Record<string, Plain>> = {}): Side => ({
    name,
    threads,
    run: (round) => peer.ask(task, { seed: seeds[round]!, threads, ...args }, { countsProcesses: true }),
    owes: { auc: [0.5, 1] },
  });
  return [
    side('FLAML', 'flaml', { budget: budgetSeconds }),
    side('CatBoost', 'catboost'),
    side('tuned LightGBM', 'lightgbm', { tuned: tuned.facts }),
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
