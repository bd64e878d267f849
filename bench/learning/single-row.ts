/**
 * One customer at a time, as an API asks: logistic regression and a network (64, 32) on telco, from a table of one row to P(churn),
 * beside scikit-learn's predict_proba and the same scikit-learn models in onnxruntime on one thread. Trees: `tree-scoring.ts`.
 *
 * A request brings its row into the cache of the processor just before it is scored. So on every side customers are asked by
 * turns in groups of 50, each group twenty times: rows from memory that nobody has looked at for long would measure that memory.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogue } from '../../src/catalogue.ts';
import type { AnyClassifier } from '../../src/learn/catalogue.ts';
import type { Estimator, FittedClassifier } from '../../src/learn/definition.ts';
import { fitClassifier, score } from '../../src/learn/fit.ts';
import { logisticRegression } from '../../src/models/logistic-regression.ts';
import { mlp } from '../../src/models/mlp.ts';
import { takeRows } from '../../src/table/table.ts';
import { type Case, tellAnswer } from './answer.ts';
import { handOver } from './hand-over.ts';
import {
  benchOptions,
  figureOf,
  type Repetition,
  takeTurns,
  timed,
  timesLess,
  withFacts,
} from './measure.ts';
import { startPeer } from './peers.ts';
import { benchContext, judged, preparedTelco } from './tables.ts';

const options = benchOptions();
const rowCount = options.isQuick ? 500 : 2000;
const groupRows = 50;
const timesAsked = 20;
const mostMicroseconds = 2;
const owes = { auc: [0.75, 0.9] } as const;
const models: readonly (readonly [string, string, Estimator])[] = [
  ['logistic regression', 'logistic', logisticRegression({ l2: 1 })],
  ['network (64, 32)', 'network', mlp({ hidden: [64, 32] })],
];

const data = await preparedTelco();
const rows = Array.from({ length: rowCount }, (_, row) => takeRows(data.table, [row]));
const labels = data.labels.slice(0, rowCount);

const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
try {
  handOver(folder, data);
  const peer = await startPeer({ script: 'single_row', folder });
  try {
    const cases: Case[] = [];
    for (const [name, task, estimator] of models) {
      const fitted = await fitClassifier(estimator, data, benchContext(1));
      const ask = (how: string) => () =>
        peer.ask(task, { how, count: rowCount, group: groupRows, times: timesAsked });
      const sides = await takeTurns(
        [
          {
            name: 'Holdfast',
            threads: 1,
            run: () => scoreOneByOne(fitted),
            owes: { ...owes, otherThanTogether: 0 },
          },
          { name: 'onnxruntime', threads: 1, run: ask('onnxruntime'), owes },
          { name: 'scikit-learn', threads: 1, run: ask('scikit-learn'), owes },
        ],
        { repetitions: options.repetitions, warmUps: 2 },
      );
      const [own, onnx, sklearn] = sides;
      const microseconds = own!.repetitions.map(
        ({ cpuSeconds }) => (cpuSeconds * 1e6) / (rowCount * timesAsked),
      );
      cases.push({
        rows: `${name}, ${rowCount} rows of ${data.table.columns.length} columns, one at a time, each ${timesAsked} times`,
        sides,
        figures: [
          figureOf('CPU a row', microseconds, ' us', { atMost: mostMicroseconds }),
          timesLess(own!, onnx!, 'cpuSeconds'),
          timesLess(own!, sklearn!, 'cpuSeconds'),
        ],
      });
    }
    tellAnswer({ question: 'single-row', asks: 'What does the score of one customer cost?', options, cases });
  } finally {
    await peer.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A row alone must score as it does among all, to the bit. */
async function scoreOneByOne({ id, state, ...fitted }: FittedClassifier): Promise<Repetition> {
  const definition: AnyClassifier = catalogue.classifier(id);
  const scores = new Float64Array(rowCount);
  const repetition = await timed(() => {
    for (let asked = 0; asked < rowCount * timesAsked; asked++) {
      const row = Math.floor(asked / (groupRows * timesAsked)) * groupRows + (asked % groupRows);
      scores[row] = definition.predictProba(state, rows[row]!, catalogue)[0]!;
    }
    return {};
  });
  const together = score({ id, state, ...fitted }, data.table, catalogue);
  const otherThanTogether = scores.reduce((count, one, row) => count + (one === together[row] ? 0 : 1), 0);
  return withFacts(repetition, { ...judged(labels, scores), otherThanTogether });
}
