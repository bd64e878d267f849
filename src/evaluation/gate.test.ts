import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type GateFacts, judgeGate } from './gate.ts';
import type { CoreMetrics } from './measure.ts';
import { coreMetrics } from './metrics/all.ts';
import { type GateSection, gateSection } from './section.ts';

const holdout = {
  ...(Object.fromEntries(
    coreMetrics.map((metric) => [metric.jsonKey, { value: 0.7, low: 0.6, high: 0.8 }]),
  ) as Record<keyof CoreMetrics, CoreMetrics['rocAuc']>),
  rocAuc: { value: 0.842, low: 0.811, high: 0.868 },
  ece: { value: 0.021, low: 0, high: 0.04 },
};
const facts: GateFacts = { holdout, gap: 0.012, champion: null };
const judged = (section: Partial<GateSection>, more: Partial<GateFacts> = {}) =>
  judgeGate(gateSection.parse(section), { ...facts, ...more });

test('gate: without conditions everything passes', () => {
  assert.deepEqual(judged({}), { passed: true, checks: [] });
});

test('gate: a floor is compared with the point value, and the reason holds both figures', () => {
  assert.deepEqual(judged({ rocAuc: 0.8, recall: 0.75 }), {
    passed: false,
    checks: [
      {
        name: 'rocAuc',
        limit: 0.8,
        value: 0.842,
        passed: true,
        reason: 'ROC-AUC is 0.842, at least 0.800 required',
      },
      {
        name: 'recall',
        limit: 0.75,
        value: 0.7,
        passed: false,
        reason: 'Recall is 0.700, at least 0.750 required',
      },
    ],
  });
});

test('gate: a value equal to its limit passes', () => {
  assert.equal(judged({ recall: 0.7, ece: 0.021, trainValidationGap: 0.012 }).passed, true);
});

test('gate: figures that round alike get more digits', () => {
  const { passed, checks } = judged({ rocAuc: 0.84202 });
  assert.equal(passed, false);
  assert.equal(checks[0]!.reason, 'ROC-AUC is 0.84200, at least 0.84202 required');
});

test('gate: a loss has a ceiling', () => {
  const [check] = judged({ ece: 0.02 }).checks;
  assert.equal(check!.passed, false);
  assert.equal(check!.reason, 'ECE is 0.021, at most 0.020 required');
});

test("gate: the bank document's rule is three floors of 0.7 and a gap of 0.1", () => {
  // accuracy, precision or recall below 0.7, or training less validation accuracy above 0.1: refused.
  const rule = { accuracy: 0.7, precision: 0.7, recall: 0.7, trainValidationGap: 0.1 };
  assert.deepEqual(
    judged(rule).checks.map(({ name, passed }) => [name, passed]),
    [
      ['accuracy', true],
      ['precision', true],
      ['recall', true],
      ['trainValidationGap', true],
    ],
  );
  assert.equal(judged(rule, { gap: 0.1 }).passed, true);
  assert.equal(judged(rule, { gap: 0.1001 }).passed, false);
  for (const name of ['accuracy', 'precision', 'recall'] as const) {
    const worse = { ...holdout, [name]: { value: 0.6999, low: 0.6, high: 0.8 } };
    const { passed, checks } = judged(rule, { holdout: worse });
    assert.equal(passed, false);
    assert.deepEqual(
      checks.filter((check) => !check.passed).map((check) => check.name),
      [name],
    );
  }
});

test('gate: metrics beside the nine can have limits; one that was not measured is not held', () => {
  const further = { mcc: { value: 0.4, low: 0.3, high: 0.5 }, liftAt10: { value: 2.9, low: 2.5, high: 3.2 } };
  assert.equal(judged({ mcc: 0.4, liftAt10: 2.5, logLoss: 0.7 }, { further }).passed, true);
  assert.equal(judged({ mcc: 0.41 }, { further }).checks[0]!.reason, 'MCC is 0.400, at least 0.410 required');
  const [check] = judged({ expectedProfit: 5 }, { further }).checks;
  assert.deepEqual([check!.passed, check!.value, check!.limit], [false, null, 5]);
  assert.equal(check!.reason, 'Expected maximum profit was not measured, at least 5.000 required');
  const earned = { ...further, expectedProfit: { value: 5.25, low: 4, high: 6 } };
  assert.equal(judged({ expectedProfit: 5 }, { further: earned }).passed, true);
});

test('gate: chance looks at the lower end of the interval', () => {
  assert.equal(judged({ chance: true }).passed, true);
  const weak = { ...holdout, rocAuc: { value: 0.56, low: 0.5, high: 0.62 } };
  const { passed, checks } = judged({ chance: true }, { holdout: weak });
  assert.equal(passed, false);
  assert.deepEqual([checks[0]!.name, checks[0]!.limit, checks[0]!.value], ['chance', 0.5, 0.5]);
  assert.match(checks[0]!.reason, /0\.500 with 95% confidence, above 0\.500/);
});

test('gate: the gap between training and validation has a ceiling', () => {
  const [check] = judged({ trainValidationGap: 0.01 }).checks;
  assert.deepEqual([check!.passed, check!.value, check!.limit], [false, 0.012, 0.01]);
  assert.match(check!.reason, /is 0\.012, at most 0\.010 required/);
});

test('gate: a gap that is not known passes and says that it was not checked', () => {
  const [check] = judged({ trainValidationGap: 0.1 }, { gap: null }).checks;
  assert.deepEqual([check!.passed, check!.value], [true, null]);
  assert.match(check!.reason, /0\.100.*not checked/);
});

test('gate: without a model in use there is nothing to beat, and it says so', () => {
  const [check] = judged({ mustBeatChampion: true }).checks;
  assert.deepEqual([check!.passed, check!.value, check!.limit], [true, null, -0.005]);
  assert.match(check!.reason, /no model in use/);
});

test('gate: a model in use is beaten when the difference is surely not below -0.005', () => {
  const against = (low: number) => judged({ mustBeatChampion: true }, { champion: { low } });
  assert.equal(against(-0.005).passed, true);
  assert.equal(against(-0.0051).passed, false);
  assert.match(
    against(-0.0051).checks[0]!.reason,
    /at least -0\.0051 with 95% confidence, at least -0\.0050/,
  );
});

test('gate: how many customers the model in use could be compared on is told where it was not all', () => {
  const reason = (rows: number) =>
    judged({ mustBeatChampion: true }, { champion: { low: 0, rows, of: 450 } }).checks[0]!.reason;
  assert.match(reason(61), /on the 61 of 450 customers that it has not learned from/);
  assert.doesNotMatch(reason(450), /450/);
});

test('gate: what cannot be compared with the model in use is not shown to be no worse: refused, with the reason', () => {
  const notComparable = 'it has learned from all of them';
  const [check] = judged({ mustBeatChampion: true }, { champion: { notComparable } }).checks;
  assert.deepEqual([check!.passed, check!.value], [false, null]);
  assert.match(check!.reason, /^not comparable with the model in use: it has learned from all of them;/);
});

test('gate: a value that is no number never passes', () => {
  const broken = { ...holdout, f1: { value: Number.NaN, low: 0, high: 1 } };
  assert.equal(judged({ f1: 0 }, { holdout: broken }).passed, false);
});
