import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FairnessColumn, FairnessGap } from '../evaluation/fairness.ts';
import { fairnessSentence, toldGaps } from './fairness-words.ts';

const gap = (value: number, reach: number): FairnessGap => ({
  value,
  low: value - reach,
  high: value + reach,
  highest: 'below 30',
  lowest: null,
  proven: value > reach,
});

const column = (gaps: Partial<FairnessColumn['gaps']>): FairnessColumn => ({
  column: 'Age',
  groups: [],
  tooSmall: { groups: 0, rows: 0 },
  gaps: { selectionRate: null, recall: null, falsePositiveRate: null, calibration: null, ...gaps },
});

test('fairness: not looked for, no personal column, and too few customers are three different sentences', () => {
  assert.match(fairnessSentence(undefined), /were not looked for\.$/);
  assert.match(fairnessSentence([]), /calls no column personal/);
  assert.match(fairnessSentence([column({})]), /groups of Age could not be judged/);
});

test('fairness: a gap that may be chance is told as not proven, and not as equal treatment', () => {
  const sentence = fairnessSentence([column({ recall: gap(0.2, 0.3) })]);
  assert.match(sentence, /^Between groups of Age no gap is proven\. That does not prove/);
  assert.doesNotMatch(sentence, /20\.0/);
});

test('fairness: a proven gap is told with its groups, points and interval', () => {
  const columns = [column({ recall: gap(0.2, 0.3), selectionRate: gap(0.091, 0.05) })];
  assert.match(
    fairnessSentence(columns),
    /^1 gap between groups of Age is proven\. Age: the share flagged is 9\.1 points \(95% interval 4\.1 to 14\.1\) higher for below 30 than for \(missing\)\. A gap is not yet unfair/,
  );
  assert.deepEqual(
    toldGaps(columns).map(({ measure }) => measure),
    ['selectionRate', 'recall'],
  );
});

test('fairness: many proven gaps are counted, a few are named', () => {
  const all = column({
    selectionRate: gap(0.2, 0.1),
    recall: gap(0.2, 0.1),
    falsePositiveRate: gap(0.2, 0.1),
    calibration: gap(0.2, 0.1),
  });
  assert.match(
    fairnessSentence([all, { ...all, column: 'Sex' }]),
    /^8 gaps .* are proven\. .*; and 4 more\./,
  );
});
