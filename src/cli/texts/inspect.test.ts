import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ColumnReport, InspectReport } from '../../tasks/inspect.ts';
import { inspectText } from './inspect.ts';

const column: ColumnReport = {
  name: 'mails',
  kind: 'number',
  use: 'feature',
  count: 90,
  missing: 10,
  distinct: 30,
  min: 0,
  median: 4,
  max: 60,
  mean: 7,
  zeros: 12,
  cohensD: -1.256,
  cramersV: null,
  auc: 0.9671,
  dateFormat: null,
  zeroInflated: false,
  missingTogether: [],
};
const clean: InspectReport = {
  rows: 100,
  churnRate: 0.25,
  notes: [],
  columns: [column],
  findings: [],
  score: null,
};

test('inspect text: a clean table says so and lists each column in a line', () => {
  const lines = inspectText(clean).split('\n');
  assert.equal(lines[0], '100 customers, 1 column; 25.0% churned');
  assert.equal(lines[1], 'Nothing found that is wrong.');
  assert.match(lines.at(-1)!, /^ *mails +number +feature +10\.0% +13\.3% +30 +4 +d -1\.26 +0\.967$/);
});

test('inspect text: findings stand under their severity, then the score with and without each group', () => {
  const finding = { column: 'mails', message: 'mails: stops', evidence: null };
  const text = inspectText({
    ...clean,
    findings: [
      { ...finding, code: 'leak.single-column', severity: 'block' },
      { ...finding, code: 'zero.inflated', severity: 'note' },
    ],
    score: {
      metric: 'roc-auc',
      model: 'logistic-regression',
      rows: 100,
      all: 0.9684,
      without: [{ columns: ['mails', 'opens'], score: 0.6521 }],
    },
  });
  assert.deepEqual(text.split('\n').slice(1, 7), [
    'Blocks:',
    '  mails: stops [leak.single-column]',
    'Notes:',
    '  mails: stops [zero.inflated]',
    'ROC-AUC of a logistic regression on 100 rows: 0.968 with all columns',
    '  0.652 without mails, opens',
  ]);
});

test('inspect text: a finding about a group of columns is one line; what the reader guessed comes first', () => {
  const group = ['created', 'firstorder'];
  const findings = group.map((column) => ({
    code: 'time.excel-1904',
    severity: 'warn' as const,
    column,
    message: `${column}: dates are late (together with ${group.find((other) => other !== column)}); repair them`,
    evidence: { group },
  }));
  const lines = inspectText({ ...clean, notes: ['a.csv: tabs'], findings }).split('\n');
  assert.deepEqual(lines.slice(1, 4), [
    '  a.csv: tabs',
    'Warnings:',
    '  created, firstorder: dates are late; repair them [time.excel-1904]',
  ]);
  const [alone] = findings;
  assert.match(inspectText({ ...clean, findings: [alone!] }), /created: .* \(together with firstorder\)/);
});
