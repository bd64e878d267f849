/**
 * The main job whole: `init` and `train` of telco with four families, tuned, cross-validated, calibrated, judged, explained
 * and reported, on two threads, once for each of five seeds; beside it scikit-learn's logistic regression, fitted on the same
 * training rows and judged on the same hold-out. What `train` does besides fitting has no peer: its seconds stand alone.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mean } from '../../src/math/sum.ts';
import { acceptanceSeeds, type LearnableTable } from '../../src/tasks/testing/acceptance-tables.ts';
import { tellAnswer } from './answer.ts';
import { handOver } from './hand-over.ts';
import { benchOptions, factsOf, figureOf, takeTurns } from './measure.ts';
import { initProject, trainOwn } from './own-project.ts';
import { startPeer } from './peers.ts';
import { acceptanceTable, learnable, publicTable } from './tables.ts';

const threads = 2;
const candidates = {
  mlp: { hidden: [[32], [64], [64, 32]], alpha: [1e-4, 1e-2], learningRate: [1e-3, 1e-2] },
  'logistic-regression': { l2: [0.1, 1, 10] },
  'random-forest': {},
  'gradient-boosting': {},
};

const options = benchOptions();
const seeds = acceptanceSeeds.slice(0, options.repetitions);
const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
try {
  const table = await acceptanceTable('telco');
  const rows = learnable(table.contract, table.all);
  const marks = Object.fromEntries(seeds.map((seed) => [`part ${seed}`, partMark(table, seed)]));
  handOver(join(folder, 'peer'), rows, marks);
  const target = { column: 'Churn', churned: 'Yes' };
  await initProject(folder, publicTable('telco.csv'), target, (project) => {
    project.train!.candidates = candidates;
  });
  const peer = await startPeer({ script: 'telco', folder: join(folder, 'peer') });
  try {
    const owes = { auc: [0.8, 0.88] } as const;
    const [own, sklearn] = await takeTurns(
      [
        { name: 'Holdfast train', threads, run: (round) => trainOwn(folder, seeds[round]!, threads), owes },
        {
          name: 'scikit-learn LogisticRegression, the fit alone',
          threads: 1,
          run: (round) => peer.ask('logistic_regression', { seed: seeds[round]! }),
          owes,
        },
      ],
      { repetitions: seeds.length, warmUps: 0 },
    );
    const behind =
      mean(Float64Array.from(factsOf(sklearn!, 'auc'))) - mean(Float64Array.from(factsOf(own!, 'auc')));
    tellAnswer({
      question: 'telco',
      asks: `How long does the whole of \`train\` take with four families on ${threads} cores, and how good is its model?`,
      options,
      cases: [
        {
          rows: `telco, ${rows.table.rowCount} x ${rows.table.columns.length}, seeds ${seeds.join(', ')}`,
          sides: [own!, sklearn!],
          figures: [
            figureOf(
              'seconds of train',
              own!.repetitions.map(({ wallSeconds }) => wallSeconds),
              ' s',
              { atMost: 30 },
            ),
            figureOf('mean ROC-AUC behind logistic regression', [behind], '', { atMost: 0.003 }),
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

/** 0 training, 1 validation, 2 hold-out. */
function partMark({ all, partsOf }: LearnableTable, seed: number): Uint8Array {
  const { validation, holdout } = partsOf(seed);
  const partOf = new Map([
    ...validation.ids!.map((id) => [id, 1] as const),
    ...holdout.ids!.map((id) => [id, 2] as const),
  ]);
  return Uint8Array.from(all.ids!, (id) => partOf.get(id) ?? 0);
}
