/**
 * A whole training run for tests of pages: customers, scores and outcomes drawn from a seed, and everything about them
 * measured by the rooms that measure real ones.
 */
import { createRandom, type Random } from '../../base/random.ts';
import { resolveBands } from '../../evaluation/bands.ts';
import { confusionOf } from '../../evaluation/confusion.ts';
import { calibrationCurve, gainCurve, prCurve, rocCurve } from '../../evaluation/curves.ts';
import { measureFairness } from '../../evaluation/fairness.ts';
import { judgeGate } from '../../evaluation/gate.ts';
import { listFigures } from '../../evaluation/list-figures.ts';
import { measure } from '../../evaluation/measure.ts';
import { prepareSample } from '../../evaluation/sample.ts';
import { type GateSection, gateSection } from '../../evaluation/section.ts';
import { measureSegments } from '../../evaluation/segments.ts';
import { chooseThreshold } from '../../evaluation/threshold.ts';
import type { Importance } from '../../explain/importance.ts';
import { createCatalogue } from '../../learn/catalogue.ts';
import { sigmoid } from '../../math/sigmoid.ts';
import { allModels } from '../../models/all.ts';
import type { CandidateResult } from '../../selection/cross-validate.ts';
import { rankCandidates } from '../../selection/leaderboard.ts';
import { booleanColumn, categoryColumn } from '../../table/column.ts';
import { createTable } from '../../table/table.ts';
import type { TrainingFacts } from '../training-facts.ts';
import { syntheticEffects, syntheticMoney, syntheticOverview } from './synthetic-depth.ts';

export interface SyntheticRun {
  readonly seed?: number;
  readonly rows?: number;
  /** How much the score knows: 0 nothing, 2 a lot. */
  readonly signal?: number;
  readonly gate?: Partial<GateSection>;
  /** With the table looked over, effects of columns, certainty and money, as models have them now. */
  readonly inDepth?: boolean;
}

export function syntheticFacts({
  seed = 7,
  rows = 1056,
  signal = 1.55,
  gate,
  inDepth = false,
}: SyntheticRun = {}): TrainingFacts {
  const random = createRandom(seed);
  const validation = drawCustomers(random.fork('validation'), rows, signal);
  const holdout = drawCustomers(random.fork('holdout'), rows, signal);
  const threshold = chooseThreshold(validation.labels, validation.scores, { by: 'f1' });
  const measured = measure(holdout.labels, holdout.scores, threshold.value, random.fork('measure'));
  const sample = prepareSample(holdout.labels, holdout.scores, threshold.value);
  const { leaderboard } = rankCandidates(
    candidates(random.fork('candidates'), measured.rocAuc.value),
    { id: 'roc-auc', higherIsBetter: true },
    'one-standard-error',
    createCatalogue(allModels, []),
  );
  const groups = segmentTable(random.fork('segments'), holdout.risks);
  const { profitCurve, ...money } = syntheticMoney(sample, holdout.labels, holdout.scores, threshold.value);
  const churnRate = (labels: Uint8Array): number =>
    labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const facts: TrainingFacts = {
    model: {
      id: '0198a4c2-7b1e-7c44-9f0a-3d5e8c1b2a90',
      label: '20260312.a1b2c3d',
      name: 'telco',
      author: 'retention-team',
      description: 'Monthly churn of residential lines',
      learned:
        'Missing numbers are filled with medians (TotalCharges 1,394.55). Logistic regression on 45 columns; strongest: Contract=Month-to-month (raises), tenure (lowers), InternetService=Fiber optic (raises).',
    },
    created: '2026-03-12T14:05:09.123Z',
    holdfastVersion: '0.1.0',
    seed: 42,
    source: { name: 'customers.parquet', rows: (rows * 20) / 3, columns: 21 },
    target: { column: 'Churn', churned: 'Yes' },
    parts: {
      training: { rows: Math.round((rows * 14) / 3), churnRate: 0.2654 },
      validation: { rows, churnRate: churnRate(validation.labels) },
      holdout: { rows, churnRate: churnRate(holdout.labels) },
    },
    leaderboard,
    holdout: { rows, ...measured },
    curves: {
      roc: rocCurve(sample),
      pr: prCurve(sample),
      calibration: calibrationCurve(sample),
      gain: gainCurve(sample),
    },
    confusion: confusionOf(holdout.labels, holdout.scores, threshold.value),
    threshold,
    bands: resolveBands({}, threshold.value),
    gate: judgeGate(
      gateSection.parse({
        chance: true,
        rocAuc: 0.8,
        trainValidationGap: 0.1,
        mustBeatChampion: true,
        ...gate,
      }),
      { holdout: measured, gap: 0.0124, champion: null },
    ),
    importance: importance(random.fork('importance'), signal),
    segments: measureSegments(
      groups,
      holdout.labels,
      holdout.scores,
      threshold.value,
      random.fork('segment-intervals'),
    ),
    fairness: measureFairness(
      groups,
      holdout.labels,
      holdout.scores,
      threshold.value,
      random.fork('fairness'),
      ['gender', 'SeniorCitizen'],
    ),
    calibration: null,
    leftOut: [
      { column: 'customerID', reason: 'identifies a customer (id)' },
      { column: 'gender', reason: 'only judges groups (use: segment)' },
    ],
    personal: ['SeniorCitizen'],
    notes: [
      { code: 'column.unknown', message: 'not in the contract, ignored: import_batch' },
      {
        code: 'impute.constant',
        message: 'TotalCharges is missing in 11 of 7,043 rows; filled with the median',
        column: 'TotalCharges',
      },
    ],
    seconds: { fits: 41.7, wall: 26.3 },
  };
  if (!inDepth) return facts;
  const curves = { ...facts.curves, profit: profitCurve };
  const list = listFigures(sample, facts.bands, money.profit);
  return { ...facts, list, ...money, ...syntheticEffects(), overview: syntheticOverview(), curves };
}

let kept: TrainingFacts | undefined;
/** The run with the usual settings, drawn and measured once. */
export function fullFacts(): TrainingFacts {
  kept ??= syntheticFacts({ inDepth: true });
  return kept;
}

/** Names that try to break out of text, attributes, style, Markdown and the reading direction. */
export const hostileNames = [
  '<script>alert(1)</script>',
  '"><img src=x onerror="alert(1)">',
  "' onload='alert(1)",
  '</title></style><svg onload=alert(1)>',
  '&amp;&#60;b&#62;',
  'a|b`c`*d*[e](javascript:alert(1))',
  'line\nbreak\r\n\ttab\u0000nul\u001besc\ud800half',
  'https://example.org/steal?x=1 and www.example.org',
  '\u202egnp.elif\u2066',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what it tries
  '{b}{a|rich}${x} %s',
  'x'.repeat(300),
] as const;

/** The usual run, with such a name wherever a file can bring one in. */
export function hostileFacts(): TrainingFacts {
  const facts = fullFacts();
  const name = (i: number): string => hostileNames[i % hostileNames.length]!;
  const all = hostileNames.join(' ');
  return {
    ...facts,
    model: { id: name(0), label: name(1), name: all, author: all, description: all, learned: all },
    created: name(0),
    holdfastVersion: name(1),
    source: { ...facts.source, name: all },
    target: { column: all, churned: all },
    leaderboard: facts.leaderboard.map((row, i) => ({ ...row, params: { [name(i)]: name(i + 1) } })),
    gate: { ...facts.gate, checks: facts.gate.checks.map((check) => ({ ...check, name: all, reason: all })) },
    importance: facts.importance.map((column, i) => ({ ...column, column: name(i) })),
    segments: facts.segments.map((segment, i) => ({ ...segment, column: name(i >> 1), level: name(i) })),
    fairness: (facts.fairness ?? []).map((each, i) => ({ ...each, column: name(i) })),
    contributions: {
      ...facts.contributions!,
      columns: facts.contributions!.columns.map((column, i) => ({ ...column, column: name(i) })),
    },
    dependence: facts.dependence!.map((one, i) => ({
      ...one,
      column: name(i),
      points:
        one.kind === 'category' ? one.points.map((point, k) => ({ ...point, value: name(k) })) : one.points,
    })),
    units: Object.fromEntries(hostileNames.map((column) => [column, all])),
    meanings: Object.fromEntries(hostileNames.map((column) => [column, all])),
    overview: {
      ...facts.overview!,
      findings: hostileNames.map((column) => ({ code: column, severity: 'warn', column, message: column })),
      columns: facts.overview!.columns.map((column, i) => ({
        ...column,
        column: name(i),
        groups: column.groups.map((group, k) =>
          typeof group.value === 'string' ? { ...group, value: name(i + k) } : group,
        ),
      })),
    },
    leftOut: hostileNames.map((column) => ({ column, reason: column })),
    personal: hostileNames,
    notes: hostileNames.map((message) => ({ code: message, message, column: message })),
  };
}

/** The same run as judged when nothing was learned: one score for everybody. */
export function priorFacts(): TrainingFacts {
  const facts = syntheticFacts({ signal: 0, inDepth: true });
  return {
    ...facts,
    contributions: { link: 'probability', rows: 200, columns: [] },
    dependence: [],
    importance: facts.importance.map(({ column }) => ({ column, value: 0, sd: 0 })),
    leaderboard: facts.leaderboard
      .filter(({ model }) => model === 'prior')
      .map((row) => ({ ...row, rank: 1, mean: 0.5, sd: 0, folds: row.folds.map(() => 0.5), chosen: true })),
  };
}

interface Customers {
  readonly labels: Uint8Array;
  readonly scores: Float64Array;
  readonly risks: Float64Array;
}

/** Outcomes drawn from the scores themselves: a calibrated model, but for what chance does. */
function drawCustomers(random: Random, rows: number, signal: number): Customers {
  const risks = Float64Array.from({ length: rows }, () => random.normal());
  const scores = risks.map((risk) => sigmoid(signal * risk - 1.45));
  const labels = Uint8Array.from(scores, (score) => (random.uniform() < score ? 1 : 0));
  return { labels, scores, risks };
}

function candidates(random: Random, centre: number): CandidateResult[] {
  const folds = Array.from({ length: 5 }, () => 0.012 * random.normal());
  const candidate = (
    id: string,
    params: Record<string, number>,
    lift: number,
    noise: number,
    seconds: number,
  ) => ({
    candidate: { id, params },
    folds: folds.map((fold) =>
      id === 'prior' ? 0.5 : Math.min(1, Math.max(0, centre + lift + fold + noise * random.normal())),
    ),
    outOfFold: new Float64Array(0),
    seconds,
    notes: [],
  });
  return [
    candidate('prior', {}, 0, 0, 0.01),
    candidate('logistic-regression', { l2: 0.1 }, -0.0003, 0.0008, 0.42),
    candidate('logistic-regression', { l2: 1 }, -0.0002, 0.0008, 0.38),
    candidate('logistic-regression', { l2: 10 }, -0.0001, 0.0008, 0.31),
    candidate('random-forest', { trees: 100, maxDepth: 10 }, -0.0012, 0.003, 18.2),
    candidate('random-forest', { trees: 300, maxDepth: 14 }, -0.004, 0.003, 21.4),
    candidate('decision-tree', { maxDepth: 6 }, -0.03, 0.006, 0.9),
  ];
}

const columns = [
  ...[
    'Contract',
    'tenure',
    'InternetService',
    'TotalCharges',
    'MonthlyCharges',
    'OnlineSecurity',
    'TechSupport',
  ],
  ...['PaymentMethod', 'PaperlessBilling', 'StreamingMovies', 'StreamingTV', 'MultipleLines', 'OnlineBackup'],
  ...[
    'SeniorCitizen',
    'Dependents',
    'DeviceProtection',
    'number_of_support_calls_in_the_last_quarter',
    'Partner',
  ],
];

function importance(random: Random, signal: number): Importance[] {
  return columns
    .map((column, i) => ({
      column,
      value: (0.05 * signal) / ((i + 1) * (i + 1)) ** 0.62 - 0.004 + 0.001 * random.normal(),
      sd: 0.001 + 0.003 * random.uniform(),
    }))
    .sort((a, b) => b.value - a.value);
}

function segmentTable(random: Random, risks: Float64Array) {
  const level = (names: readonly string[], pull: number) =>
    Array.from(risks, (risk) => {
      const place = Math.floor(names.length * sigmoid(pull * risk + random.normal()));
      return names[Math.min(names.length - 1, place)]!;
    });
  return createTable([
    categoryColumn('Contract', level(['Two year', 'One year', 'Month-to-month'], 1.2)),
    categoryColumn('InternetService', level(['No', 'DSL', 'Fiber optic'], 0.6)),
    categoryColumn(
      'PaymentMethod',
      level(
        ['Credit card (automatic)', 'Bank transfer (automatic)', 'Mailed check', 'Electronic check'],
        0.4,
      ),
    ),
    categoryColumn('gender', level(['Female', 'Male'], 0)),
    booleanColumn(
      'SeniorCitizen',
      Array.from(risks, (risk) => random.uniform() < sigmoid(risk - 1.5)),
    ),
  ]);
}
