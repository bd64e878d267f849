import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataSection } from '../../data/contract.ts';
import type { SegmentMetrics } from '../../evaluation/segments.ts';
import type { Evaluation } from '../../tasks/evaluate.ts';
import { evaluateText } from './evaluate.ts';

const metric = { value: 0.8, low: 0.7, high: 0.9 };
const segment = (column: string, level: string | null): SegmentMetrics => ({
  column,
  level,
  rows: 80,
  churnRate: metric,
  metrics: { rocAuc: metric, recall: metric, selectionRate: metric },
});
const evaluation = (segments: readonly SegmentMetrics[]): Evaluation => ({
  model: { id: 'id', label: '20260101.nogit', name: 'telco' },
  data: { rows: 100, hash: 'a', part: 'all', trainingRows: 0, containsTrainingRows: false },
  metrics: {
    rows: 100,
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
  further: {
    balancedAccuracy: metric,
    mcc: metric,
    liftAt10: metric,
    liftAt20: metric,
    gainAt10: metric,
    gainAt20: metric,
  },
  segments,
  fairness: [],
  certainty: null,
  gate: { passed: true, checks: [] },
  remarks: [],
});
const contract = dataSection.parse({
  source: 'a.csv',
  target: { column: 'churn', churned: 'yes' },
  columns: {
    gender: { kind: 'category', personal: true },
    region: { kind: 'category', use: 'segment' },
    plan: { kind: 'category' },
  },
});
const many = [
  segment('gender', 'Female'),
  segment('gender', null),
  segment('region', 'North'),
  ...Array.from({ length: 20 }, (_, i) => segment('plan', `p${i}`)),
];

test('evaluate text: a few groups are all shown, a missing value by that word', () => {
  const text = evaluateText(evaluation([segment('plan', 'p1'), segment('gender', null)]), contract);
  assert.match(text, /^ {2}plan = p1 {14}80 {4}80\.0% {4}0\.800 {2}0\.700 to 0\.900$/m);
  assert.match(text, /^ {2}gender missing +80 /m);
  assert.doesNotMatch(text, /more with --json/);
});

test('evaluate text: of many groups those of personal columns and segments, and how many more there are', () => {
  const text = evaluateText(evaluation(many), contract);
  assert.match(text, /^ {2}gender = Female/m);
  assert.match(text, /^ {2}region = North/m);
  assert.doesNotMatch(text, /plan = /);
  assert.match(text, /^ {2}and 20 groups more with --json$/m);
});

test('evaluate text: without groups there is no heading for them', () => {
  assert.doesNotMatch(evaluateText(evaluation([]), contract), /Groups/);
});

test('evaluate text: what was found between groups of people stands on one line', () => {
  const none = { selectionRate: null, recall: null, falsePositiveRate: null, calibration: null };
  const gender = { column: 'gender', groups: [], tooSmall: { groups: 2, rows: 100 }, gaps: none };
  const text = evaluateText({ ...evaluation([]), fairness: [gender] }, contract);
  assert.match(text, /^Gaps between groups of gender could not be judged: .*$/m);
});

test('evaluate text: the metrics beside the nine stand in the same table, certainty on a line of its own', () => {
  const share = (value: number) => ({ value, low: value - 0.1, high: value + 0.1 });
  const certainty = {
    rows: 100,
    coverage: { churn: share(0.88), stay: share(0.91) },
    sure: share(0.6),
    both: 40,
    neither: 0,
  };
  const text = evaluateText({ ...evaluation([]), certainty }, contract);
  for (const title of ['Balanced accuracy', 'MCC', 'Lift at 10%', 'Gain at 20%'])
    assert.match(text, new RegExp(`^ {2}${title} +0\\.800 {2}0\\.700 to 0\\.900$`, 'm'));
  assert.doesNotMatch(text, /profit/i);
  assert.match(
    text,
    /^Sure of 60\.0% of the scores; the true outcome was among the likely ones for leavers 88\.0%, stayers 91\.0%\.$/m,
  );
  assert.doesNotMatch(evaluateText(evaluation([]), contract), /Sure of/);
});
