/**
 * Gradient boosting of 200 trees of 31 leaves, rate 0.1, lambda 1, hessian 1 at least and no fewest rows of a leaf, 255 bins, on one thread,
 * beside LightGBM, XGBoost and scikit-learn's with the same settings on the same rows (the last knows no least hessian: leaves of 20 rows there): telco, 100,000 and a million made customers (there LightGBM alone).
 * Each round holds out other customers; ours is from the column table to the fitted model, bins included, theirs from a data frame made before.
 *
 * AUC owes the best of the peers less one standard error of the rounds' differences. A quarter of an hour whole;
 * `--quick` leaves the million out and takes 20,000 for 100,000; `--only telco,100k,million`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realClock } from '../../src/adapters/clock.ts';
import { createRandom } from '../../src/base/random.ts';
import { catalogue } from '../../src/catalogue.ts';
import type { Context } from '../../src/learn/context.ts';
import type { FittedClassifier } from '../../src/learn/definition.ts';
import { fitClassifier, score } from '../../src/learn/fit.ts';
import { mean, standardDeviation } from '../../src/math/sum.ts';
import { type GradientBoostingState, gradientBoosting } from '../../src/models/gradient-boosting.ts';
import { type Dataset, takeDatasetRows } from '../../src/table/dataset.ts';
import { type Case, tellAnswer } from './answer.ts';
import { handOver } from './hand-over.ts';
import {
  benchOptions,
  type Figure,
  factsOf,
  figureOf,
  type MeasuredSide,
  type Repetition,
  shareOf,
  takeTurns,
  timed,
  withFacts,
} from './measure.ts';
import { startPeer } from './peers.ts';
import { acceptanceTable, holdoutMark, judged, learnable, madeCustomers, partsByMark } from './tables.ts';

const trees = 200;
const leaves = 31;
const rate = 0.1;
const testShare = 0.2;
const peers = {
  LightGBM: 'lightgbm',
  XGBoost: 'xgboost',
  'scikit-learn': 'scikit_learn',
} as const;
type PeerName = keyof typeof peers;

interface Asked {
  readonly key: string;
  readonly name: string;
  readonly beside: readonly PeerName[];
  /** The most of LightGBM's time. */
  readonly share: number;
  read(): Promise<Dataset> | Dataset;
}

const options = benchOptions();
const made = options.isQuick ? 20_000 : 100_000;
const everyPeer = Object.keys(peers) as PeerName[];
const tables: readonly Asked[] = [
  { key: 'telco', name: 'telco', beside: everyPeer, share: 0.9, read: telco },
  {
    key: '100k',
    name: 'made customers',
    beside: everyPeer,
    share: 0.65,
    read: () => madeCustomers(made / (1 - testShare)),
  },
  {
    key: 'million',
    name: 'made customers',
    beside: ['LightGBM'],
    share: 0.8,
    read: () => madeCustomers(1_000_000 / (1 - testShare)),
  },
];
const onlyAt = process.argv.indexOf('--only');
const only = onlyAt < 0 ? undefined : process.argv[onlyAt + 1]?.split(',');
const isAsked = ({ key }: Asked): boolean => only?.includes(key) ?? !(options.isQuick && key === 'million');

const cases: Case[] = [];
for (const table of tables.filter(isAsked)) cases.push(await besidePeers(table));
tellAnswer({
  question: 'boosting',
  asks: `What does gradient boosting of ${trees} trees of ${leaves} leaves take on one thread, and does it rank as well?`,
  options,
  cases,
});

async function besidePeers({ name, beside, share, read }: Asked): Promise<Case> {
  const data = await read();
  const rowCount = data.table.rowCount;
  const marks = Array.from({ length: options.repetitions }, (_, s) => holdoutMark(rowCount, testShare, s));
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  try {
    handOver(folder, data, Object.fromEntries(marks.map((mark, split) => [`hold-out ${split}`, mark])));
    const peer = await startPeer({ script: 'boosting', folder });
    // What warms up counts from -1.
    const splitOf = (round: number): number => Math.max(round, 0);
    const owes = { trees, auc: [0.6, 0.99] } as const;
    try {
      const [own, ...others] = await takeTurns(
        [
          { name: 'Holdfast', threads: 1, run: (round) => boosted(data, marks[splitOf(round)]!), owes },
          ...beside.map((other) => ({
            name: other,
            threads: 1,
            run: (round: number) => peer.ask(peers[other], { split: splitOf(round), trees, leaves, rate }),
            owes,
          })),
        ],
        // Two hundred trees of a million rows warm themselves up.
        { repetitions: options.repetitions, warmUps: rowCount > 1_000_000 ? 0 : 1 },
      );
      return {
        rows: `${name}, ${Math.round(rowCount * (1 - testShare))} x ${data.table.columns.length}`,
        sides: [own!, ...others],
        figures: [
          ...others.map((other) =>
            shareOf(own!, other, 'cpuSeconds', other.name === 'LightGBM' ? { atMost: share } : {}),
          ),
          behindBest(own!, others),
        ],
      };
    } finally {
      await peer.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Mean AUC behind the best peer; it may be as much as a standard error of the differences. */
function behindBest(own: MeasuredSide, others: readonly MeasuredSide[]): Figure {
  const meanAuc = (side: MeasuredSide): number => mean(Float64Array.from(factsOf(side, 'auc')));
  const best = others.reduce((a, b) => (meanAuc(b) > meanAuc(a) ? b : a));
  const behind = Float64Array.from(factsOf(best, 'auc'), (auc, round) => auc - factsOf(own, 'auc')[round]!);
  const error = behind.length > 1 ? standardDeviation(behind) / Math.sqrt(behind.length) : 0;
  return figureOf(`mean AUC behind ${best.name}`, [mean(behind)], '', { atMost: error });
}

async function boosted(data: Dataset, mark: Uint8Array): Promise<Repetition> {
  const { train, test } = partsByMark(mark);
  const [learned, held] = [takeDatasetRows(data, train), takeDatasetRows(data, test)];
  const estimator = gradientBoosting({
    ...{ trees, maxLeaves: leaves, learningRate: rate, l2: 1, minLeaf: 1, minHessian: 1, maxBins: 255 },
    ...{ rowShare: 1, columnShare: 1 },
  });
  let fitted: FittedClassifier | undefined;
  const repetition = await timed(async () => {
    fitted = await fitClassifier(estimator, learned, context());
    return {};
  });
  return withFacts(repetition, {
    ...judged(held.labels, score(fitted!, held.table, catalogue)),
    trees: (fitted!.state as GradientBoostingState).trees.roots.length - 1,
  });
}

async function telco(): Promise<Dataset> {
  const { contract, all } = await acceptanceTable('telco');
  return learnable(contract, all);
}

function context(): Context {
  return {
    random: createRandom(42),
    clock: realClock,
    catalogue,
    map: () => Promise.reject(new Error('bench: boosting starts no jobs')),
    note: () => {},
  };
}
