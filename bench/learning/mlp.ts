/**
 * Eighty networks: the grid of DESIGN.md (four nets, two alphas, two rates, five folds) beside scikit-learn's GridSearchCV
 * with two jobs and one BLAS thread, and beside its fits alone, on the same rows of telco, prepared once, and the same folds.
 *
 * What both did is told as work: the sum over the fits of epochs x weights, which must agree within 5%, or one side stopped
 * sooner; the ratio for the same work stands beside it. Weights start and rows are shuffled by different generators, and each repetition has another seed: AUCs agree, but
 * not to the digit. A minute a repetition on two idle cores; `--quick` fits a fourth of the grid, and leaves out the side that trains as
 * with HOLDFAST_WIDE_KERNELS=1.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { realClock } from '../../src/adapters/clock.ts';
import { createThreadMap } from '../../src/adapters/threads/thread-map.ts';
import { openWideKernels } from '../../src/adapters/wide-kernels.ts';
import { UnavailableError } from '../../src/base/errors.ts';
import { createRandom } from '../../src/base/random.ts';
import { catalogue } from '../../src/catalogue.ts';
import { foldRows, stratifiedFolds } from '../../src/data/splits/stratified-folds.ts';
import { metricById } from '../../src/evaluation/metrics/all.ts';
import { prepareSample } from '../../src/evaluation/sample.ts';
import { useWideKernels } from '../../src/kernels/kernel-module.ts';
import type { FitAnswer } from '../../src/learn/context.ts';
import { mean, standardDeviation } from '../../src/math/sum.ts';
import { type MlpState, mlp } from '../../src/models/mlp.ts';
import { crossValidate } from '../../src/selection/cross-validate.ts';
import { expandGrid } from '../../src/selection/grid.ts';
import { tellAnswer } from './answer.ts';
import { handOver } from './hand-over.ts';
import {
  benchOptions,
  type Figure,
  factsOf,
  figureOf,
  type MeasuredSide,
  type Repetition,
  takeTurns,
  timed,
  timesLess,
} from './measure.ts';
import { startPeer } from './peers.ts';
import { benchContext, preparedTelco } from './tables.ts';

const options = benchOptions();
const wideRefused = options.isQuick ? 'left out by --quick' : refusalOfWideKernels();
// As the command `holdfast` has it: workers find modules compiled.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../../.cache/compiled', import.meta.url));
const threads = 2;
const foldCount = 5;
const maxEpochs = 100;
const grid = options.isQuick
  ? { hidden: [[32], [64, 32]], alpha: [1e-4], learningRate: [1e-3, 1e-2] }
  : { hidden: [[32], [64], [64, 32], [128, 64]], alpha: [1e-4, 1e-2], learningRate: [1e-3, 1e-2] };

const data = await preparedTelco();
const folds = stratifiedFolds(data.labels, foldCount, createRandom(42));
const candidates = expandGrid(mlp, { ...grid, maxEpochs });
const fits = candidates.length * foldCount;

const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
try {
  handOver(folder, data, { fold: folds });
  const peer = await startPeer({ script: 'mlp', folder });
  const askedIn = (round: number) => ({ grid, max_epochs: maxEpochs, seed: round });
  const owes = { fits, auc: [0.8, 0.87] } as const;
  try {
    const [own, search, alone, wide] = await takeTurns(
      [
        { name: 'Holdfast', threads, run: searchOwn, owes },
        {
          name: 'scikit-learn GridSearchCV(n_jobs=2)',
          threads,
          run: (round) => peer.ask('search', askedIn(round), { countsProcesses: true }),
          owes,
        },
        {
          name: 'scikit-learn, the fits alone',
          threads: 1,
          run: (round) => peer.ask('fits', askedIn(round)),
          owes,
        },
        ...(wideRefused === undefined
          ? [{ name: 'Holdfast, wide kernels', threads, run: searchWide, owes }]
          : []),
      ],
      // Eighty fits warm themselves up.
      { repetitions: options.repetitions, warmUps: 0 },
    );
    const work = workShare(own!, alone!);
    const behind = factsOf(search!, 'auc').map((auc, round) => auc - factsOf(own!, 'auc')[round]!);
    tellAnswer({
      question: 'mlp',
      asks: `How much processor time do ${fits} networks of a grid take (${candidates.length} candidates, ${foldCount} folds)?`,
      options,
      cases: [
        {
          rows: `telco, ${data.table.rowCount} x ${data.table.columns.length} prepared`,
          notes: [work.note, ...(wideRefused === undefined ? [] : [`wide kernels: ${wideRefused}`])],
          sides: [own!, search!, alone!, ...(wide ? [wide] : [])],
          figures: [
            timesLess(own!, search!, 'cpuSeconds', { atLeast: 5 }),
            timesLess(own!, alone!, 'cpuSeconds'),
            timesLess(own!, search!, 'wallSeconds'),
            figureOf('best AUC behind scikit-learn', behind, '', { atMost: 0.002 }),
            work.figure,
            forTheSameWork(own!, search!),
            ...(wide ? [wideFigure(wide, search!)] : []),
          ],
        },
      ],
    });
  } finally {
    await peer.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * The work of all repetitions together, beside fits that have a seed each, as the own ones do: those of GridSearchCV share theirs, so
 * that five repetitions are five draws. Seeds stop a tenth sooner or later, which no side can help: 5% either way and two standard
 * errors are borne.
 */
function workShare(own: MeasuredSide, alone: MeasuredSide): { figure: Figure; note: string } {
  const [ours, theirs] = [own, alone].map((side) => Float64Array.from(factsOf(side, 'work')));
  const share = mean(ours!) / mean(theirs!);
  const relativeError = (values: Float64Array): number =>
    values.length > 1 ? standardDeviation(values, 1) / Math.sqrt(values.length) / mean(values) : 0;
  const error = share * Math.hypot(relativeError(ours!), relativeError(theirs!));
  const figure = figureOf('work as a share of scikit-learn', [share], 'x', {
    atLeast: 0.95 - 2 * error,
    atMost: 1.05 + 2 * error,
  });
  return {
    figure,
    note: `the seeds alone move the share of the work by ${error.toFixed(3)} (standard error)`,
  };
}

/** As if both had done the same work. */
function forTheSameWork(own: MeasuredSide, search: MeasuredSide): Figure {
  const [ours, theirs] = [factsOf(own, 'work'), factsOf(search, 'work')];
  const ratios = search.repetitions.map(
    ({ cpuSeconds }, round) =>
      cpuSeconds / theirs[round]! / (own.repetitions[round]!.cpuSeconds / ours[round]!),
  );
  return figureOf('CPU for the same work', ratios, 'x');
}

function wideFigure(wide: MeasuredSide, search: MeasuredSide): Figure {
  const figure = timesLess(wide, search, 'cpuSeconds', { atLeast: 8 });
  return { ...figure, what: `with wide kernels: ${figure.what}` };
}

/** Why this engine or processor can't train in wide registers; undefined where it can. */
function refusalOfWideKernels(): string | undefined {
  try {
    openWideKernels();
    return undefined;
  } catch (error) {
    if (error instanceof UnavailableError) return error.message;
    throw error;
  } finally {
    useWideKernels(undefined);
  }
}

/** The trial of the wide kernels is a part of it. */
async function searchWide(round: number): Promise<Repetition> {
  const { cpuSeconds, wallSeconds } = await timed(() => {
    openWideKernels();
    return {};
  });
  try {
    const search = await searchOwn(round);
    return {
      ...search,
      cpuSeconds: search.cpuSeconds + cpuSeconds,
      wallSeconds: search.wallSeconds + wallSeconds,
    };
  } finally {
    useWideKernels(undefined);
  }
}

/** The search of `train`: workers are started and ended in it. */
function searchOwn(round: number): Promise<Repetition> {
  return timed(async () => {
    const pool = createThreadMap({ threads, clock: realClock, catalogue });
    let work = 0;
    let done = 0;
    const count = ({ fitted }: FitAnswer): void => {
      const { weights, epochs } = fitted.state as MlpState;
      work += weights.length * epochs;
      done++;
    };
    const ctx = benchContext(round, (jobs, onDone) =>
      pool.map(jobs, (index, answer) => {
        count(answer);
        onDone?.(index, answer);
      }),
    );
    try {
      const results = await crossValidate(
        {
          candidates,
          wrap: (candidate) => candidate,
          data,
          folds: foldRows(folds, foldCount),
          measure: (labels, scores) => metricById('roc-auc').compute(prepareSample(labels, scores, 0.5)),
        },
        ctx,
      );
      const aucs = results.map((result) => mean(Float64Array.from(result.folds)));
      return { auc: Math.max(...aucs), meanAuc: mean(Float64Array.from(aucs)), fits: done, work: work / 1e6 };
    } finally {
      await pool.close();
    }
  });
}
