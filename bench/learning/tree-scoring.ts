/**
 * Scoring 200 trees of 31 leaves: 100,000 rows at once, and a row at a time, from a matrix to raw scores on one thread,
 * beside XGBoost, LightGBM and HistGradientBoosting, each with its own trees. Holdfast has made its trees ready before,
 * as a server has; the strict build alone scores.
 */
import { boostedSums } from '../../src/models/boosting/boosted-trees.ts';
import { tellAnswer } from './answer.ts';
import { type GrownTrees, rowsOf, withGrownTrees } from './grown-trees.ts';
import {
  benchOptions,
  figureOf,
  type MeasuredSide,
  type Repetition,
  shareOf,
  takeTurns,
  timed,
  timesLess,
  withFacts,
} from './measure.ts';
import { judged } from './tables.ts';

const options = benchOptions();
const rows = options.isQuick ? 10_000 : 100_000;
const single = 2000;
const mostMicroseconds = 10;
const owes = { auc: [0.6, 0.99] } as const;

await withGrownTrees(rows, async (grown) => {
  const { repetitions } = options;
  const peer = (name: string, task: string, args = {}) => ({
    name,
    threads: 1,
    run: () => grown.peer.ask(task, args),
    owes,
  });
  const [own, xgboost, lightgbm, histogram] = await takeTurns(
    [
      { name: 'Holdfast', threads: 1, run: () => scoreAll(grown), owes },
      peer('XGBoost', 'score', { library: 'xgboost' }),
      peer('LightGBM', 'score', { library: 'lightgbm' }),
      peer('HistGradientBoosting', 'score', { library: 'histogram' }),
    ],
    { repetitions },
  );
  const [alone, xgboostAlone, lightgbmAlone] = await takeTurns(
    [
      { name: 'Holdfast', threads: 1, run: () => scoreAlone(grown), owes },
      peer('XGBoost', 'score_alone', { library: 'xgboost', count: single }),
      peer('LightGBM', 'score_alone', { library: 'lightgbm', count: single }),
    ],
    { repetitions },
  );
  tellAnswer({
    question: 'tree-scoring',
    asks: 'What does scoring 200 trees of 31 leaves take, many rows at once and one at a time?',
    options,
    cases: [
      {
        rows: `made customers, ${rows} x ${grown.columns.length}`,
        sides: [own!, xgboost!, lightgbm!, histogram!],
        figures: [
          shareOf(own!, xgboost!, 'cpuSeconds', { atMost: 1 }),
          shareOf(own!, lightgbm!, 'cpuSeconds'),
          shareOf(own!, histogram!, 'cpuSeconds'),
        ],
      },
      {
        rows: `${single} of them, one at a time`,
        sides: [alone!, xgboostAlone!, lightgbmAlone!],
        figures: [
          figureOf('microseconds a row', microseconds(alone!), ' us', { atMost: mostMicroseconds }),
          timesLess(alone!, xgboostAlone!, 'cpuSeconds'),
          timesLess(alone!, lightgbmAlone!, 'cpuSeconds'),
        ],
      },
    ],
  });
});

async function scoreAll({ state, matrix, labels }: GrownTrees): Promise<Repetition> {
  let sums: Float64Array = new Float64Array(0);
  const repetition = await timed(() => {
    sums = boostedSums(state.trees, matrix);
    return {};
  });
  return withFacts(repetition, { auc: judged(labels, asShares(sums)).auc });
}

async function scoreAlone({ state, matrix, labels }: GrownTrees): Promise<Repetition> {
  const each = Array.from({ length: single }, (_, row) => rowsOf(matrix, row, 1));
  const sums = new Float64Array(single).fill(Number.NaN);
  const repetition = await timed(() => {
    for (let row = 0; row < single; row++) sums[row] = boostedSums(state.trees, each[row]!)[0]!;
    return {};
  });
  return withFacts(repetition, { auc: judged(labels.slice(0, single), asShares(sums)).auc });
}

/** In the same order, and between 0 and 1 as a judge wants them. */
function asShares(sums: Float64Array): Float64Array {
  return sums.map((sum) => 0.5 + sum / (2 + 2 * Math.abs(sum)));
}

function microseconds({ repetitions }: MeasuredSide): number[] {
  return repetitions.map(({ cpuSeconds }) => (cpuSeconds * 1e6) / single);
}
