/**
 * Exact path-dependent TreeSHAP of 200 trees of 31 leaves on one thread: many rows at once, and a row at a time, beside
 * LightGBM's pred_contrib, shap's TreeExplainer on LightGBM's trees, and XGBoost's pred_contribs, each with its own trees.
 * That values are LightGBM's within 1e-12 on the same trees is held by a test; here each row must add up to its raw score.
 */
import { boostedSums } from '../../src/models/boosting/boosted-trees.ts';
import { boostedContributions } from '../../src/models/boosting/contributions.ts';
import type { Matrix } from '../../src/table/matrix.ts';
import { tellAnswer } from './answer.ts';
import { type GrownTrees, rowsOf, withGrownTrees } from './grown-trees.ts';
import {
  benchOptions,
  factsOf,
  figureOf,
  type Repetition,
  takeTurns,
  timed,
  timesLess,
  withFacts,
} from './measure.ts';

const options = benchOptions();
const rows = options.isQuick ? 300 : 4000;
const single = options.isQuick ? 20 : 200;
const leastTimes = 10;
/** Raw scores are a few units large. */
const mostError = 1e-12;
const owes = { error: [0, 1e-4] } as const;

await withGrownTrees(rows, async (grown) => {
  const { repetitions } = options;
  const peer = (name: string, library: string, count: number, atOnce: boolean) => ({
    name,
    threads: 1,
    run: () => grown.peer.ask(atOnce ? 'explain' : 'explain_alone', { library, count }),
    owes,
  });
  const [own, lightgbm, shap, xgboost] = await takeTurns(
    [
      { name: 'Holdfast', threads: 1, run: () => explainAll(grown), owes },
      peer('LightGBM pred_contrib', 'lightgbm', rows, true),
      peer('shap TreeExplainer', 'shap', rows, true),
      peer('XGBoost pred_contribs', 'xgboost', rows, true),
    ],
    { repetitions },
  );
  const [alone, lightgbmAlone] = await takeTurns(
    [
      { name: 'Holdfast', threads: 1, run: () => explainAlone(grown), owes },
      peer('LightGBM pred_contrib', 'lightgbm', single, false),
    ],
    { repetitions },
  );
  tellAnswer({
    question: 'tree-shap',
    asks: 'What do exact SHAP values of 200 trees of 31 leaves take, many rows at once and one at a time?',
    options,
    cases: [
      {
        rows: `made customers, ${rows} x ${grown.columns.length}`,
        sides: [own!, lightgbm!, shap!, xgboost!],
        figures: [
          timesLess(own!, lightgbm!, 'cpuSeconds', { atLeast: leastTimes }),
          timesLess(own!, shap!, 'cpuSeconds', { atLeast: leastTimes }),
          timesLess(own!, xgboost!, 'cpuSeconds'),
          figureOf('largest distance from the raw score', factsOf(own!, 'error'), '', { atMost: mostError }),
        ],
      },
      {
        rows: `${single} of them, one at a time`,
        sides: [alone!, lightgbmAlone!],
        figures: [timesLess(alone!, lightgbmAlone!, 'cpuSeconds')],
      },
    ],
  });
});

async function explainAll({ state, columns, matrix }: GrownTrees): Promise<Repetition> {
  let explained: ReturnType<typeof boostedContributions> | undefined;
  const repetition = await timed(() => {
    explained = boostedContributions(state.base, state.trees, columns, matrix);
    return {};
  });
  return withFacts(repetition, { error: errorOf(state, matrix, explained!) });
}

async function explainAlone({ state, columns, matrix }: GrownTrees): Promise<Repetition> {
  const each = Array.from({ length: single }, (_, row) => rowsOf(matrix, row, 1));
  const explained: ReturnType<typeof boostedContributions>[] = [];
  const repetition = await timed(() => {
    for (const row of each) explained.push(boostedContributions(state.base, state.trees, columns, row));
    return {};
  });
  const errors = explained.map((one, row) => errorOf(state, each[row]!, one));
  return withFacts(repetition, { error: Math.max(...errors) });
}

/** How far base and contributions of a row are from its raw score at most. */
function errorOf(
  { base, trees }: GrownTrees['state'],
  matrix: Matrix,
  { base: start, values }: ReturnType<typeof boostedContributions>,
): number {
  const { columns } = matrix;
  const errors = boostedSums(trees, matrix).map((sum, row) =>
    Math.abs(
      values.subarray(row * columns, (row + 1) * columns).reduce((all, value) => all + value, start) -
        (base + sum),
    ),
  );
  return errors.reduce((most, error) => Math.max(most, error), 0);
}
