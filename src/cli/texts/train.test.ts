import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LeaderboardRow } from '../../selection/leaderboard.ts';
import type { TrainSummary } from '../../tasks/train/summary.ts';
import { trainText } from './train.ts';

const metric = { value: 0.8, low: 0.7, high: 0.9 };
const row = (rank: number, more: Partial<LeaderboardRow> = {}): LeaderboardRow => ({
  rank,
  model: 'logistic-regression',
  params: { l2: rank, iterations: 100 },
  metric: 'roc-auc',
  mean: 0.8 - rank / 1000,
  sd: 0.01,
  folds: [0.8],
  seconds: 0.5,
  chosen: rank === 1,
  ...more,
});
const summary = (leaderboard: readonly LeaderboardRow[], more: Partial<TrainSummary> = {}): TrainSummary => ({
  model: { id: 'id', label: '20260101.nogit', name: 'telco', file: '/w/.holdfast/m.holdfast' },
  best: { model: 'logistic-regression', params: {} },
  leaderboard,
  search: {
    method: 'grid',
    metric: 'roc-auc',
    higherIsBetter: true,
    most: leaderboard.length,
    isCut: false,
    resumedFits: 0,
    warmStart: true,
    fromEarlierRuns: 0,
    resource: null,
    rungs: [],
    trials: [],
  },
  stability: { metric: 'roc-auc', rows: 5986, mean: 0.8451, sd: 0.0102, folds: [0.84, 0.85] },
  parts: {
    by: 'stratified',
    words: 'at random',
    group: null,
    time: null,
    gap: null,
    training: 4929,
    validation: 1057,
    holdout: 1,
    leftOut: 0,
  },
  holdout: {
    rows: 1,
    rocAuc: metric,
    prAuc: metric,
    logLoss: metric,
    brier: metric,
    ece: metric,
    accuracy: metric,
    precision: metric,
    recall: metric,
    f1: metric,
  },
  threshold: { value: 0.3, by: 'f1' },
  decisions: { rows: 100, churned: 27, flagged: 40, found: 20, churnRate: 0.27 },
  gate: { passed: true, checks: [] },
  findings: [],
  seconds: 1,
  report: '/w/.holdfast/m.html',
  registered: { name: 'telco', version: 3 },
  ...more,
});

test('train text: of parameters only those are shown that the grid varied', () => {
  const text = trainText(summary([row(1), row(2)]), '/w');
  assert.match(text, /^ {2}\* {2}1 {2}logistic-regression {2}l2 1 {8}0\.7990/m);
  assert.doesNotMatch(text, /iterations/);
});

test('train text: of many candidates the first twenty and the chosen one are shown', () => {
  const text = trainText(summary(Array.from({ length: 60 }, (_, i) => row(i + 1, { chosen: i === 40 }))));
  assert.match(text, /^ {5}20 {2}/m);
  assert.doesNotMatch(text, /^ {5}21 {2}/m);
  assert.match(text, /^ {2}\* {2}41 {2}/m);
  assert.match(text, /^ {2}and 39 more, see the report$/m);
});

test('train text: long parameters are cut, so that the table stays a table', () => {
  const hidden = Array.from({ length: 40 }, (_, i) => i);
  const text = trainText(summary([row(1, { params: { hidden } }), row(2, { params: { hidden: [1] } })]));
  assert.ok(text.split('\n').every((line) => line.length < 130));
});

test('train text: says when lower is better, when a gate asks for nothing, and one customer is one', () => {
  const text = trainText(summary([row(1, { metric: 'log-loss' })]));
  assert.match(text, /^Candidates by Log loss \(lower is better\), cross-validated/);
  assert.match(text, /^Gate: passed, the project file asks for nothing$/m);
  assert.match(text, /^Hold-out, 1 customer that no candidate has seen:$/m);
});

test('train text: the threshold is told with what it does, and where more than half are called with what to do', () => {
  assert.match(
    trainText(summary([row(1)])),
    /^Called churn from a probability of 0\.300 on \(highest F1\): 40 of the 100, among them 20 of 27 who left\.$/m,
  );
  const many = { rows: 100, churned: 27, flagged: 51, found: 25, churnRate: 0.27 };
  assert.match(
    trainText(summary([row(1)], { decisions: many })),
    / 51 of the 100, among them 25 of 27 who left; for fewer see train\.threshold\.$/m,
  );
});

test('train text: paths are relative to the working directory when that is shorter', () => {
  assert.match(trainText(summary([row(1)]), '/w'), /^Report {2}\.holdfast\/m\.html$/m);
  assert.match(trainText(summary([row(1)]), '/a/b/c/d/e'), /^Report {2}\/w\/\.holdfast\/m\.html$/m);
});

test('train text: no colours, no line ends in blanks', () => {
  const text = trainText(summary([row(1), row(2)]));
  assert.doesNotMatch(text, /(?!\n)\p{Cc}/u);
  assert.doesNotMatch(text, / +$/m);
});

test('train text: the winner once more; how rows were parted where that is not at random', () => {
  const usual = trainText(summary([row(1)]));
  assert.match(
    usual,
    /once more, on all 5986 training and validation rows: ROC-AUC 0\.8451, sd 0\.0102 over 2 folds\./,
  );
  assert.ok(!usual.includes('Rows were parted'));
  const { parts } = summary([row(1)]);
  const inTime = trainText(
    summary([row(1)], { parts: { ...parts, by: 'time', words: 'by time', leftOut: 30 } }),
  );
  assert.match(
    inTime,
    /Rows were parted by time: 4929 to learn from, .* 1 held out, 30 in between left out\./,
  );
});

test('train text: the version that the model became, with what puts it to work; nothing where it became none', () => {
  assert.match(
    trainText(summary([row(1)]), '/w'),
    /^Version telco@3, put to work by: holdfast models promote telco@3$/m,
  );
  assert.doesNotMatch(trainText(summary([row(1)], { registered: null }), '/w'), /Version/);
  const refused = summary([row(1)], { gate: { passed: false, checks: [] } });
  assert.match(trainText(refused, '/w'), /^Version telco@3$/m);
});
