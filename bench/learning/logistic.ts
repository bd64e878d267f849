/**
 * Logistic regression with C = 1: processor time from the columns of a table to the coefficients, copies included, beside
 * the solvers of scikit-learn on one thread. The rival is the fastest whose objective is within a millionth of the best; the
 * objective of every repetition is computed here, in double precision, from the coefficients handed back. Telco as `train`
 * prepares it, one-hot, and 200,000 rows drawn from it whose numbers are moved a little, so that no row stands twice.
 * A minute. `node bench/learning/logistic.ts --quick` draws 50,000.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../../src/base/random.ts';
import { catalogue } from '../../src/catalogue.ts';
import { fitClassifier, score } from '../../src/learn/fit.ts';
import { log1pExp } from '../../src/math/sigmoid.ts';
import { type LogisticRegressionState, logisticRegression } from '../../src/models/logistic-regression.ts';
import { numberColumn } from '../../src/table/column.ts';
import { type Dataset, takeDatasetRows, withTable } from '../../src/table/dataset.ts';
import { numberColumns } from '../../src/table/number-columns.ts';
import { createTable } from '../../src/table/table.ts';
import { type Case, tellAnswer } from './answer.ts';
import { handedBack, handOver } from './hand-over.ts';
import {
  benchOptions,
  factsOf,
  figureOf,
  type MeasuredSide,
  middle,
  type Repetition,
  type Side,
  takeTurns,
  timed,
  timesLess,
  withFacts,
} from './measure.ts';
import { startPeer } from './peers.ts';
import { benchContext, judged, preparedTelco } from './tables.ts';

const options = benchOptions();
const many = options.isQuick ? 50_000 : 200_000;
/** Objectives are the same within this share. */
const same = 1e-6;
const solvers = [
  { solver: 'newton-cholesky', single: false, tolerance: 1e-4 },
  { solver: 'newton-cholesky', single: true, tolerance: 1e-4 },
  { solver: 'lbfgs', single: false, tolerance: 1e-7 },
  { solver: 'lbfgs', single: true, tolerance: 1e-5 },
] as const;
const telco = await preparedTelco();
const cases: Case[] = [];
cases.push(await caseOf('telco', telco, 50, 3));
cases.push(await caseOf('drawn from telco', drawn(telco, many), 1, 5));
tellAnswer({
  question: 'logistic',
  asks: 'How much processor time does a logistic regression take, from columns to coefficients?',
  options,
  cases,
});

/** `fits` to a repetition, so that the clock has something to count and the first one, which doesn't count, has warmed both sides up. */
async function caseOf(name: string, data: Dataset, fits: number, atLeast: number): Promise<Case> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    handOver(folder, data);
    const peer = await startPeer({ script: 'logistic', folder });
    try {
      const own: Side = {
        name: 'Holdfast',
        threads: 1,
        run: () => fitOwn(data, fits),
        owes: { auc: [0.8, 0.9] },
      };
      const theirs = solvers.map(
        ({ solver, single, tolerance }): Side => ({
          name: `scikit-learn ${solver}, ${single ? 'single' : 'double'} precision, tol ${tolerance}`,
          threads: 1,
          async run() {
            const found = await peer.ask('fit', { solver, single, tolerance, fits });
            return withFacts(perFit(found, fits), {
              objective: objectiveOf(data, handedBack(folder, 'found')),
            });
          },
        }),
      );
      const sides = await takeTurns([own, ...theirs], options);
      return {
        rows: `${name}, ${data.table.rowCount} x ${data.table.columns.length}`,
        sides,
        ...judge(sides, atLeast),
      };
    } finally {
      await peer.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Who reached the objective, the fastest of them, and how far the own one is above the best. */
function judge([own, ...theirs]: readonly MeasuredSide[], atLeast: number): Pick<Case, 'figures' | 'notes'> {
  const best = Math.min(...[own!, ...theirs].flatMap((side) => factsOf(side, 'objective')));
  const above = factsOf(own!, 'objective').map((objective) => objective / best - 1);
  const there = theirs.filter((side) =>
    factsOf(side, 'objective').every((value) => value <= best * (1 + same)),
  );
  const cpu = ({ repetitions }: MeasuredSide): number =>
    middle(repetitions.map(({ cpuSeconds }) => cpuSeconds));
  const rival = there.toSorted((a, b) => cpu(a) - cpu(b))[0];
  if (rival === undefined)
    throw new Error('bench: no solver of scikit-learn came within a millionth of the best');
  const late = theirs.filter((side) => !there.includes(side)).map(({ name }) => name);
  return {
    figures: [
      timesLess(own!, rival, 'cpuSeconds', { atLeast }),
      figureOf('objective above the best', above, '', { atMost: same }),
    ],
    notes: late.length > 0 ? [`not within ${same} of the best objective: ${late.join(', ')}`] : [],
  };
}

async function fitOwn(data: Dataset, fits: number) {
  const fitted: Awaited<ReturnType<typeof fitClassifier>>[] = [];
  const repetition = await timed(async () => {
    for (let fit = 0; fit < fits; fit++)
      fitted.push(await fitClassifier(logisticRegression(), data, benchContext(7)));
    return {};
  });
  const last = fitted.at(-1)!;
  const { coefficients, intercept, iterations } = last.state as LogisticRegressionState;
  return withFacts(perFit(repetition, fits), {
    steps: iterations,
    objective: objectiveOf(data, Float64Array.of(...coefficients, intercept)),
    auc: judged(data.labels, score(last, data.table, catalogue)).auc,
  });
}

function perFit(found: Repetition, fits: number): Repetition {
  return { ...found, cpuSeconds: found.cpuSeconds / fits, wallSeconds: found.wallSeconds / fits };
}

/** Sum of log losses and half the squares of the coefficients; the intercept is the last number. */
function objectiveOf({ table, labels }: Dataset, found: Float64Array): number {
  const columns = numberColumns('bench', table);
  const logOdds = new Float64Array(labels.length).fill(found.at(-1)!);
  columns.forEach((values, c) => {
    for (let row = 0; row < values.length; row++) logOdds[row]! += found[c]! * values[row]!;
  });
  const squares = found.slice(0, -1).reduce((sum, entry) => sum + entry * entry, 0);
  return logOdds.reduce((sum, z, row) => sum + log1pExp(labels[row] === 1 ? -z : z), squares / 2);
}

function drawn(data: Dataset, rows: number): Dataset {
  const random = createRandom(42);
  const chosen = takeDatasetRows(
    data,
    Int32Array.from({ length: rows }, () => random.integer(data.labels.length)),
  );
  const columns = chosen.table.columns.map((column) => {
    if (column.kind !== 'number' || new Set(column.values).size <= 2) return column;
    return numberColumn(
      column.name,
      column.values.map((value) => value + 0.01 * random.normal()),
    );
  });
  return withTable(chosen, createTable(columns));
}
