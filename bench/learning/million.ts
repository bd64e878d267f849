/**
 * Big tables through the commands, processes and files included: a million made customers with 30 features train gradient
 * boosting (cross-validated, judged, explained and reported as always), and are scored from Parquet to Parquet without and with
 * three reasons. Then the growth from ten thousand rows to ten million (these are scored only: the million ten times over),
 * drawn as bench/growth.svg.
 *
 * Nothing runs beside it: no peer has a command that does this. `boosting.ts` compares the fit. Whole it takes half an hour.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UnavailableError } from '../../src/base/errors.ts';
import { literal, openEngine } from '../../src/data/sources/duckdb.ts';
import { writeTable } from '../../src/data/sources/write-table.ts';
import { chartFile } from '../../src/report/chart-file.ts';
import type { Point } from '../../src/report/charts/chart.ts';
import { type Case, tellAnswer } from './answer.ts';
import { growthChart, rowsText } from './growth-chart.ts';
import {
  benchOptions,
  type Figure,
  factsOf,
  figureOf,
  type MeasuredSide,
  middle,
  type Repetition,
  takeTurns,
} from './measure.ts';
import { done, initProject, trainOwn } from './own-project.ts';
import { madeCustomers, madeFeatures, withIdAndOutcome } from './tables.ts';

const threads = 2;
const options = benchOptions();
const full = options.isQuick ? 50_000 : 1_000_000;
/** Ascending; the last is made of the full table ten times over. */
const sizes = [full / 100, full / 10, full, 10 * full].filter((rows) => rows >= 5000);
/** A training run of a million rows takes minutes: three of them. */
const trainings = Math.min(3, options.repetitions);

const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
try {
  for (const rows of sizes) await makeTable(rows);
  const trained = await takeTurns(sizes.filter((rows) => rows <= full).map(trainingSide), {
    repetitions: trainings,
    warmUps: 0,
  });
  const scored = await scoreAll(0, sizes);
  const explained = await scoreAll(
    3,
    sizes.filter((rows) => rows <= full),
  );
  const drawing = 'growth.svg';
  await draw(drawing, trained, scored, explained);
  tellAnswer({
    question: 'million',
    asks: `How long do ${rowsText(full)} rows of ${madeFeatures} columns take to learn from and to score, and how does that grow?`,
    options: { ...options, repetitions: trainings },
    cases: [trainCase(trained), scoreCase(scored, explained)],
    drawings: [drawing],
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function fileOf(rows: number): string {
  return join(folder, `customers-${rows}.parquet`);
}

/** Small ones are the first customers of the same seed; the largest repeats the full one under new ids. */
async function makeTable(rows: number): Promise<void> {
  if (rows <= full) return writeTable(fileOf(rows), withIdAndOutcome(madeCustomers(rows)));
  const engine = await openEngine('bench', () => new UnavailableError('work.memory', 'bench: DuckDB failed'));
  const copies = rows / full;
  await engine.query(
    `copy (select * exclude (copy) replace (customer || '-' || copy as customer) from read_parquet(${literal(fileOf(full))}), range(${copies}) as r(copy)) to ${literal(fileOf(rows))} (format parquet, compression zstd)`,
  );
  await engine.close();
}

function trainingSide(rows: number) {
  const project = join(folder, `project-${rows}`);
  return {
    name: `train ${rowsText(rows)}`,
    threads,
    async run(round: number): Promise<Repetition> {
      mkdirSync(project, { recursive: true });
      await initProject(project, fileOf(rows), { column: 'churned', churned: 'yes' }, (file) => {
        file.train = { candidates: { 'gradient-boosting': {} } };
      });
      return trainOwn(project, 42 + round, threads);
    },
    owes: { auc: [0.6, 0.95] } as const,
  };
}

/** Every table with the model of the full one. */
function scoreAll(reasons: number, tables: readonly number[]): Promise<MeasuredSide[]> {
  const sides = tables.map((rows) => ({
    name: `score ${rowsText(rows)}${reasons > 0 ? ` with ${reasons} reasons` : ''}`,
    threads,
    async run(): Promise<Repetition> {
      const out = join(folder, 'scored.parquet');
      rmSync(out, { force: true });
      const words = ['score', 'latest', fileOf(rows), out, '--reasons', String(reasons), '--json'];
      const run = await done(join(folder, `project-${full}`), words, threads);
      const { scored } = JSON.parse(run.stdout);
      return {
        cpuSeconds: run.cpuSeconds,
        wallSeconds: run.wallSeconds,
        facts: { scored, rowsPerSecond: rows / run.wallSeconds, peakGb: run.peakGb },
      };
    },
    owes: { scored: rows },
  }));
  return takeTurns(sides, { repetitions: trainings, warmUps: 0 });
}

function trainCase(trained: readonly MeasuredSide[]): Case {
  const largest = trained.at(-1)!;
  return {
    rows: `train, up to ${rowsText(full)} x ${madeFeatures}`,
    sides: trained,
    figures: [
      figureOf('seconds of train', wallsOf(largest), ' s', owedWhenFull({ atMost: 180 })),
      figureOf('peak memory of train', factsOf(largest, 'peakGb'), ' GB', owedWhenFull({ atMost: 4 })),
    ],
  };
}

function scoreCase(scored: readonly MeasuredSide[], explained: readonly MeasuredSide[]): Case {
  const [all, tenfold] = scored.slice(-2) as [MeasuredSide, MeasuredSide];
  const peaks = factsOf(tenfold, 'peakGb').map((peak, round) => peak / factsOf(all, 'peakGb')[round]!);
  return {
    rows: `score, Parquet to Parquet, up to ${rowsText(10 * full)} x ${madeFeatures}`,
    sides: [...scored, ...explained],
    figures: [
      figureOf('rows a second', factsOf(all, 'rowsPerSecond'), '', owedWhenFull({ atLeast: 150_000 })),
      figureOf(
        'rows a second with three reasons',
        factsOf(explained.at(-1)!, 'rowsPerSecond'),
        '',
        owedWhenFull({ atLeast: 15_000 }),
      ),
      figureOf('peak memory of ten times the rows', peaks, 'x', owedWhenFull({ atMost: 1.2 })),
    ],
  };
}

/** What is owed is owed by a million rows. */
function owedWhenFull(owed: Pick<Figure, 'atLeast' | 'atMost'>): Pick<Figure, 'atLeast' | 'atMost'> {
  return options.isQuick ? {} : owed;
}

async function draw(file: string, ...groups: readonly (readonly MeasuredSide[])[]): Promise<void> {
  const names = ['train', 'score', 'score, 3 reasons'];
  const lines = groups.map((sides, i) => ({
    name: names[i]!,
    points: sides.map((side, at): Point => [sizes[at]!, middle(wallsOf(side))]),
  }));
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  writeFileSync(path, await chartFile(growthChart(lines)));
}

function wallsOf({ repetitions }: MeasuredSide): number[] {
  return repetitions.map(({ wallSeconds }) => wallSeconds);
}
