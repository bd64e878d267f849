import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { GainPoint } from '../evaluation/curves.ts';
import {
  calibrationSentence,
  decisionsOf,
  firstTenthSentence,
  gateSentence,
  headlineOf,
  hundredsOf,
  levelName,
  rankingSentence,
  reachedBy,
  segmentsSentence,
  sizesSentence,
  strongestColumns,
  thresholdSentences,
  validationUse,
  weakSegments,
} from './plain-words.ts';
import { fullFacts, priorFacts } from './testing/synthetic-facts.ts';
import { syntheticSearch } from './testing/synthetic-search.ts';

const facts = fullFacts();
const withAuc = (low: number, value: number, high = 1) => ({
  holdout: { ...facts.holdout, rocAuc: { low, value, high } },
});

test('headline: from not proven to too good to be true', () => {
  assert.equal(headlineOf(withAuc(0.499, 0.58)), 'Not shown to be better than chance.');
  assert.match(headlineOf(withAuc(0.55, 0.69)), /a little better than chance/);
  assert.match(headlineOf(withAuc(0.65, 0.79)), /a little better than chance/);
  assert.match(headlineOf(withAuc(0.7, 0.85)), /fairly well/);
  assert.match(headlineOf(withAuc(0.8, 0.89)), /stayers well/);
  assert.match(headlineOf(withAuc(0.9, 0.93)), /very well/);
  assert.match(headlineOf(withAuc(0.98, 0.99)), /known only after a customer has left/);
});

test('ranking: told as pairs of a hundred, and against a coin', () => {
  assert.match(
    rankingSentence(withAuc(0.81, 0.842, 0.87)),
    /about 84 of 100 such pairs \(95% interval 81 to 87\); a coin would in 50\.$/,
  );
  assert.match(rankingSentence(withAuc(0.4, 0.5, 0.6)), /The interval includes the coin\.$/);
  const { holdout } = withAuc(0.81, 0.842, 0.87);
  assert.match(
    rankingSentence({ holdout: { ...holdout, rows: 45 } }),
    /Only 45 customers judged it: .* rough/,
  );
});

const metric = (value: number) => ({ value, low: value - 0.05, high: Math.min(1, value + 0.05) });
const decided = (tp: number, fp: number, fn: number, tn: number) => ({
  confusion: { truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn },
  holdout: { ...facts.holdout, precision: metric(tp / (tp + fp || 1)), recall: metric(tp / (tp + fn)) },
});

test('hundreds: precision, recall and work as a manager says them', () => {
  const [precision, recall, work] = hundredsOf(decided(58, 42, 21, 179));
  assert.equal(precision!.sentence, 'Of 100 customers it flags, about 58 leave.');
  assert.equal(precision!.more, '95% interval 53 to 63. Of 100 picked at random about 26 leave.');
  assert.equal(recall!.sentence, 'It finds about 73 of 100 leavers.');
  assert.equal(recall!.more, '95% interval 68 to 78. In the hold-out 58 of 79.');
  assert.equal(work!.sentence, 'It flags about 33 of 100 customers.');
  assert.equal(work!.more, '100 of the 300 customers in the hold-out.');
});

test('hundreds: nobody flagged is one sentence without a share of nothing', () => {
  const all = hundredsOf(decided(0, 0, 21, 179));
  assert.deepEqual(
    all.map(({ sentence }) => sentence),
    ['At this threshold it flags nobody.'],
  );
});

test('hundreds: everybody flagged is no choice', () => {
  assert.match(hundredsOf(decided(21, 179, 0, 0)).at(-1)!.more, /it makes no choice/);
});

test('reached: between two points of the curve in a straight line, at its ends exactly', () => {
  const point = (contacted: number, reached: number): GainPoint => ({
    threshold: 0.5,
    contacted,
    reached,
    lift: null,
  });
  const curve = [point(0, 0), point(0.2, 0.6), point(1, 1)];
  assert.ok(Math.abs(reachedBy(curve, 0.1) - 0.3) < 1e-12);
  assert.equal(reachedBy(curve, 0), 0);
  assert.equal(reachedBy(curve, 1), 1);
  assert.ok(Number.isNaN(reachedBy([], 0.1)));
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
      const reached = reachedBy(facts.curves.gain, share);
      assert.ok(reached >= 0 && reached <= 1);
    }),
  );
});

test('first tenth: told as so many times as at random', () => {
  assert.match(firstTenthSentence(facts), /hold \d\d% of all leavers, [2-4]\.\d times as many as 10% picked/);
  assert.match(
    firstTenthSentence(priorFacts()),
    /hold 10% of all leavers, as many as 10% picked at random\./,
  );
});

test('strongest columns: only those that stand out from their own spread', () => {
  const importance = [
    { column: 'a', value: 0.05, sd: 0.01 },
    { column: 'b', value: 0.01, sd: 0.02 },
    { column: 'c', value: 0.005, sd: 0.001 },
    { column: 'd', value: -0.01, sd: 0 },
  ];
  assert.deepEqual(strongestColumns({ importance }), ['a', 'c']);
  assert.deepEqual(strongestColumns({ importance }, 1), ['a']);
  assert.deepEqual(strongestColumns(priorFacts()), []);
});

test('threshold: each way of choosing it is told', () => {
  const by = (rule: 'f1' | 'fixed'): string => thresholdSentences({ threshold: { value: 0.3127, by: rule } });
  assert.match(by('f1'), /probability is 31\.3% or more .* \(the highest F1\) on the validation part\./);
  assert.match(by('fixed'), /was set by a person in the project file\./);
});

test('sizes and gate: in one sentence each', () => {
  assert.match(
    sizesSentence(facts),
    /^Learned from 4,928 customers, threshold set on 1,056, and judged once/,
  );
  assert.match(
    sizesSentence({ ...facts, threshold: { value: 0.3, by: 'fixed' } }),
    /^Learned from 4,928 customers and judged once/,
  );
  const calibration = {
    method: 'sigmoid',
    chosenBy: 'auto',
    rows: 1056,
    logLoss: { before: 0.5, after: 0.4 },
  };
  assert.match(
    sizesSentence({ ...facts, calibration }),
    /, scores calibrated and threshold set on 1,056, and/,
  );
  assert.match(sizesSentence(facts), /judged once on 1,056 that it had never seen \(the hold-out\)/);
  const parting = { by: 'time', words: 'by time', group: 'who', time: 'cutoff', gap: '90d', leftOut: 0 };
  assert.match(
    sizesSentence({ ...facts, parting }),
    /^Learned from 4,928 rows \(a customer at a cutoff\), threshold set on 1,056, and judged once on 1,056 later than all it learned from \(the hold-out\)/,
  );
  const search = syntheticSearch({ method: 'auto', refitRows: 5984 });
  assert.match(
    sizesSentence({ ...facts, search }),
    /^Learned from 5,984 customers, threshold set on 1,056 of them before it saw those, and judged once on 1,056/,
  );
  assert.equal(gateSentence(facts), 'All 4 conditions of the gate hold.');
  assert.match(gateSentence({ gate: { passed: true, checks: [] } }), /sets no conditions/);
  assert.match(
    gateSentence(priorFacts()),
    /^2 of 4 conditions of the gate do not hold: .*; ROC-AUC is 0\.500/,
  );
  const [check] = facts.gate.checks;
  assert.match(gateSentence({ gate: { passed: true, checks: [check!] } }), /^The one condition/);
  const one = { gate: { passed: false, checks: [{ ...check!, passed: false }] } };
  assert.match(gateSentence(one), /^1 of 1 condition of the gate does not hold/);
});

test('segments: weak ones are named, chance is told, none is told', () => {
  const weak = weakSegments(facts);
  for (const { metrics } of weak) assert.ok(metrics.rocAuc.high < facts.holdout.rocAuc.value);
  const [segment] = facts.segments;
  const poor = {
    ...segment!,
    column: 'Plan',
    level: null,
    metrics: { ...segment!.metrics, rocAuc: { low: 0.4, value: 0.5, high: 0.6 } },
  };
  assert.match(
    segmentsSentence({ ...facts, segments: [poor] }),
    /clearly below that of all customers for Plan = \(missing\)\. That alone is no fault/,
  );
  assert.match(segmentsSentence({ ...facts, segments: [] }), /^No group could be judged/);
  const many = segmentsSentence({ ...facts, segments: Array.from({ length: 9 }, () => poor) });
  assert.match(many, /and 4 more\./);
  assert.deepEqual([null, '', false, 'x'].map(levelName), ['(missing)', '(empty)', 'false', 'x']);
});

test('segments: a single group is told in the singular', () => {
  const best = facts.segments.find((segment) => !weakSegments(facts).includes(segment))!;
  assert.match(segmentsSentence({ ...facts, segments: [best] }), /^The one group that could be judged/);
});

test('calibration: absent, helpful and asked for are told apart', () => {
  assert.match(calibrationSentence({ calibration: null }), /no calibration was put over them/);
  const calibration = {
    method: 'sigmoid',
    chosenBy: 'auto',
    rows: 300,
    logLoss: { before: 0.5, after: 0.45 },
  };
  assert.match(
    calibrationSentence({ calibration }),
    /because it helps: a sigmoid learned on 300 customers .* from 0\.5000 to 0\.4500\.$/,
  );
  assert.match(
    calibrationSentence({
      calibration: { method: 'isotonic', chosenBy: 'project file', rows: 9, logLoss: null },
    }),
    /as the project file asks: isotonic steps learned on 9 customers/,
  );
  assert.match(validationUse({ ...facts, calibration }), /^calibrating the scores, setting the threshold, /);
  const fixed = { value: 0.3, by: 'fixed' } as const;
  assert.doesNotMatch(validationUse({ threshold: fixed, calibration: null }), /threshold/);
});

test('decisions: the four counts add up', () => {
  const { rows, churned, flagged, found, churnRate } = decisionsOf(decided(1, 2, 3, 4).confusion);
  assert.deepEqual([rows, churned, flagged, found, churnRate], [10, 4, 3, 1, 0.4]);
});
