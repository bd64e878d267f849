import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  callLists,
  cannotSay,
  certaintySentence,
  dependenceSentence,
  listDetail,
  listSentence,
  whoLeaves,
  whyWords,
  worthSentences,
} from './list-words.ts';
import { decisionsOf } from './plain-words.ts';
import { fullFacts, priorFacts, syntheticFacts } from './testing/synthetic-facts.ts';

test('call lists: the longer the list the fewer of it leave and the more leavers are reached; the threshold stands among them', () => {
  const facts = fullFacts();
  const lists = callLists(facts);
  assert.equal(lists.length, 5);
  lists.slice(1).forEach((list, i) => {
    const before = lists[i]!;
    assert.ok(list.share > before.share && list.leave.value < before.leave.value);
    assert.ok(list.reached > before.reached);
  });
  for (const { leave } of lists) assert.ok(leave.low < leave.value && leave.value < leave.high);
  const own = lists.find(({ isThreshold }) => isThreshold)!;
  assert.ok(Math.abs(own.leave.value - facts.holdout.precision.value) < 1e-12);
  assert.ok(Math.abs(own.reached - facts.holdout.recall.value) < 1e-12);
  assert.equal(own.profit, 1000 * facts.further!.profitAtThreshold!.value);
});

test('call lists: leavers among the first tenth are those of the gain metric; without money no profit', () => {
  const facts = fullFacts();
  const { rows, churned } = decisionsOf(facts.confusion);
  const tenth = callLists(facts).find(({ share }) => share === 0.1)!;
  assert.equal(tenth.reached, facts.further!.gainAt10.value);
  const fifth = callLists(facts).find(({ share }) => share === 0.2)!;
  assert.equal(fifth.reached, facts.further!.gainAt20.value);
  assert.ok(Math.abs(tenth.leave.value * 0.1 * rows - tenth.reached * churned) < 1e-9);
  assert.ok(callLists(syntheticFacts()).every(({ profit }) => profit === null));
});

test('list sentences: so many of 100 from the top, compared with 100 at random; of too few customers nothing is said', () => {
  const facts = fullFacts();
  assert.match(
    listSentence(facts),
    /^Of 100 customers called from the top of the list about \d\d would have left\.$/,
  );
  assert.match(
    listDetail(facts),
    /the first 10% .*95% interval \d\d to \d\d\); of 100 picked at random about \d\d/,
  );
  const few = {
    ...facts,
    confusion: { truePositives: 3, falsePositives: 3, falseNegatives: 3, trueNegatives: 11 },
  };
  assert.deepEqual(callLists(few), []);
  assert.match(listSentence(few), /^Too few customers/);
  assert.equal(listDetail(few), '');
});

test('who leaves: the groups of the strongest columns that stand out with their interval, personal columns never', () => {
  const facts = fullFacts();
  const [contract, tenure] = whoLeaves(facts);
  assert.match(contract!, /^Contract: \d\d of 100 customers with Month-to-month left, \d+ of 100 with T?O?/);
  assert.match(
    tenure!,
    /^tenure: \d\d of 100 customers with \d+ to \d+ months left, \d+ of 100 with \d+ to 71 months\.$/,
  );
  assert.ok(whoLeaves({ ...facts, personal: ['Contract'] }).every((line) => !line.startsWith('Contract')));
  assert.deepEqual(whoLeaves(syntheticFacts()), []);
});

test('why: how far the mean score goes, with what; differences under a point and personal columns are not told', () => {
  const facts = fullFacts();
  assert.deepEqual(whyWords(facts), [
    'Contract: the mean churn probability goes from 10% (Two year) to 40% (Month-to-month).',
    'tenure: the mean churn probability goes from 8% (at 72 months) to 50% (at 0 months).',
    'since: the mean churn probability goes from 20% (at 2015-07-02) to 30% (at 2018-07-02).',
  ]);
  assert.equal(whyWords({ ...facts, personal: ['tenure'] }).length, 2);
  assert.equal(dependenceSentence({ column: 'x', kind: 'number', rows: 3, points: [] }), null);
});

test('dependence: values have no more decimals than their range needs', () => {
  const points = [0.1958, 9.2, 27.86].map((value, i) => ({
    value,
    mean: 0.1 + i / 10,
    low: 0,
    high: 1,
  }));
  const say = (scale: number) =>
    dependenceSentence(
      {
        column: 'x',
        kind: 'number',
        rows: 3,
        points: points.map((point) => ({ ...point, value: point.value * scale })),
      },
      'orders',
    );
  assert.match(say(1)!, /\(at 0 orders\) to 30% \(at 28 orders\)/);
  assert.match(say(0.1)!, /\(at 0 orders\) to 30% \(at 2\.8 orders\)/);
});

test('worth: in money with the figures that were reckoned with; without a profit section what to add', () => {
  const told = worthSentences(fullFacts());
  assert.match(
    told[0]!,
    /^For every 1,000 customers, calling those above the threshold \(\d+%\) is expected to earn [\d,]+ \(95% interval [\d,]+ to [\d,]+\); calling everybody/,
  );
  assert.match(told[2]!, /offer 10\.00, contact 1\.00, a kept customer 200, and 30 of 100 leavers staying/);
  assert.match(told[2]!, /A call to a leaver brings 56\.00 on average, one to a stayer −11\.00/);
  assert.match(worthSentences(syntheticFacts())[0]!, /^Not known: add a profit section/);
  const losing = {
    ...fullFacts().curves,
    profit: [
      { threshold: null, contacted: 0, profit: 0 },
      { threshold: 0, contacted: 1, profit: -1 },
    ],
  };
  assert.match(
    worthSentences({ ...fullFacts(), curves: losing, list: undefined! })[1]!,
    /no list of any length would have paid/,
  );
});

test('worth: a threshold set to earn most says where its interval includes zero, and where a shorter list earns as much', () => {
  const facts = fullFacts();
  const by = (value: number, low: number, rule: 'f1' | 'expected-profit') => ({
    ...facts,
    threshold: { ...facts.threshold, by: rule },
    further: { ...facts.further!, profitAtThreshold: { value, low, high: 2 * Math.abs(value) } },
  });
  const unproven = (told: readonly string[]) => told.filter((line) => /not proven to earn/.test(line));
  const most = Math.max(...callLists(facts).map(({ profit }) => profit!)) / 1000;
  assert.deepEqual(unproven(worthSentences(by(most + 1, 1, 'expected-profit'))), []);
  assert.deepEqual(unproven(worthSentences(by(0.1, -1, 'f1'))), []);
  const [zero, shorter, ...none] = unproven(worthSentences(by(0.1, -1, 'expected-profit')));
  assert.match(zero!, /^This list is not proven to earn anything: the interval includes zero\./);
  assert.match(
    shorter!,
    /^All flagged are not proven to earn more than a shorter list: the first \d+% would have earned [\d,.]+/,
  );
  assert.deepEqual(none, []);
});

test('what it can’t say: no causes, no effect of a call, no future; and for how many customers the score is unclear', () => {
  const told = cannotSay(fullFacts());
  assert.equal(told.length, 4);
  assert.match(told[1]!, /picked at random, without a call/);
  assert.match(told[3]!, /for \d+ of 100 customers (both outcomes are likely|neither outcome is usual)/);
  assert.equal(cannotSay(syntheticFacts()).length, 3);
  const share = { value: 1, low: 0.99, high: 1 };
  const measured = { rows: 5, coverage: { churn: null, stay: null }, sure: share, both: 0, neither: 0 };
  assert.match(certaintySentence({ measured }), /even a sure score is a probability/);
});

test('list words: a model that knows nothing has a list that is no better than chance, and says nothing of who leaves', () => {
  const facts = priorFacts();
  const { churnRate } = decisionsOf(facts.confusion);
  for (const { leave } of callLists(facts))
    assert.ok(leave.low <= churnRate + 0.05 && leave.high >= churnRate - 0.05);
  assert.deepEqual(whoLeaves(facts), []);
});
