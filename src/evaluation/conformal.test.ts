import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../base/random.ts';
import { incompleteBeta } from '../math/incomplete-beta.ts';
import { certaintyOf, fitConformal, likelyOutcomes, measureConformal } from './conformal.ts';
import { goldenTelco } from './testing/golden-telco.ts';

/** `leavers` with scores 1/100, 2/100, ... and as many stayers with 1 less that. */
const ladder = (count: number) => ({
  labels: Uint8Array.from({ length: 2 * count }, (_, row) => (row < count ? 1 : 0)),
  scores: Float64Array.from({ length: 2 * count }, (_, row) =>
    row < count ? (row + 1) / 100 : 1 - (row - count + 1) / 100,
  ),
});

test('conformal: the limit is the floor((n + 1) (1 - coverage))-th score of its own outcome', () => {
  const { labels, scores } = ladder(39);
  // 40 x 0.1 = 4: the fourth lowest leaver and the fourth highest stayer.
  assert.deepEqual(fitConformal(labels, scores, 0.9), { coverage: 0.9, stay: 0.96, churn: 0.04, rows: 78 });
  const fewer = ladder(38);
  assert.equal(fitConformal(fewer.labels, fewer.scores, 0.9).churn, 0.03);
  assert.equal(fitConformal(labels, scores, 0.8).churn, 0.08);
});

test('conformal: with nine of an outcome the lowest is the limit, with eight nothing is ruled out', () => {
  const nine = ladder(9);
  assert.equal(fitConformal(nine.labels, nine.scores, 0.9).churn, 0.01);
  const eight = ladder(8);
  const open = fitConformal(eight.labels, eight.scores, 0.9);
  assert.deepEqual([open.stay, open.churn], [1, 0]);
  for (const score of [0, 0.5, 1]) assert.equal(certaintyOf(score, open), 'unsure');
});

test('certainty: sure when exactly one outcome is likely, unsure for both and for neither', () => {
  const overlapping = { coverage: 0.9, stay: 0.6, churn: 0.4, rows: 100 };
  assert.deepEqual(
    [0.39, 0.4, 0.6, 0.61].map((score) => certaintyOf(score, overlapping)),
    ['sure', 'unsure', 'unsure', 'sure'],
  );
  const apart = { coverage: 0.9, stay: 0.4, churn: 0.6, rows: 100 };
  assert.deepEqual(
    [0.4, 0.41, 0.59, 0.6].map((score) => certaintyOf(score, apart)),
    ['sure', 'unsure', 'unsure', 'sure'],
  );
  assert.deepEqual(likelyOutcomes(0.5, apart), { churn: false, stay: false });
});

test('conformal measures: coverage of each outcome and the sure share, by hand', () => {
  const labels = Uint8Array.of(1, 1, 0, 0, 0);
  const scores = Float64Array.of(0.9, 0.2, 0.1, 0.5, 0.8);
  const measured = measureConformal(labels, scores, { coverage: 0.9, stay: 0.6, churn: 0.4, rows: 9 });
  assert.equal(measured.coverage.churn?.value, 1 / 2);
  assert.equal(measured.coverage.stay?.value, 2 / 3);
  assert.equal(measured.sure.value, 4 / 5);
  assert.deepEqual([measured.rows, measured.both, measured.neither], [5, 1, 0]);
  const noLeaver = measureConformal(new Uint8Array(2), Float64Array.of(0.1, 0.2), {
    coverage: 0.9,
    stay: 0.6,
    churn: 0.4,
    rows: 9,
  });
  assert.equal(noLeaver.coverage.churn, null);
});

test('conformal: a calibration that keeps the order or joins neighbours never costs coverage', () => {
  const random = createRandom(3);
  const scores = new Float64Array(300).map(() => random.uniform());
  const labels = Uint8Array.from(scores, (score) => (random.uniform() < score ? 1 : 0));
  const plain = measureConformal(labels, scores, fitConformal(labels, scores, 0.9));
  const joined = scores.map((score) => Math.floor(8 * score) / 10);
  const after = measureConformal(labels, joined, fitConformal(labels, joined, 0.9));
  assert.ok(after.coverage.churn!.value >= plain.coverage.churn!.value);
  assert.ok(after.coverage.stay!.value >= plain.coverage.stay!.value);
});

test('conformal: without an outcome it can not be learned', () => {
  assert.throws(() => fitConformal(new Uint8Array(4), new Float64Array(4), 0.9), {
    code: 'data.one-class',
    message: /^conformal: 0 leavers and 4 stayers/,
  });
});

test('for any rows: the limits are scores or the ends, and both outcomes cover their own rows', () => {
  const rows = fc.array(fc.tuple(fc.nat(1), fc.nat(20)), { maxLength: 80 });
  fc.assert(
    fc.property(rows, fc.constantFrom(0.5, 0.8, 0.9, 0.95), (some, coverage) => {
      const all: [number, number][] = [[1, 9], [0, 4], ...some];
      const labels = Uint8Array.from(all, ([label]) => label);
      const scores = Float64Array.from(all, ([, step]) => step / 20);
      const conformal = fitConformal(labels, scores, coverage);
      assert.ok(conformal.churn === 0 || scores.includes(conformal.churn));
      assert.ok(conformal.stay === 1 || scores.includes(conformal.stay));
      const { coverage: seen } = measureConformal(labels, scores, conformal);
      assert.ok(seen.churn!.value >= coverage && seen.stay!.value >= coverage);
    }),
    { seed: 4, numRuns: 200 },
  );
});

/**
 * A new customer of one outcome among n learned ones is covered with probability 1 - m / (n + 1); seen over many draws
 * the share lies within four binomial standard errors. Scores, models and churn rates differ on purpose.
 */
test('conformal: simulated coverage of each outcome is 1 - m / (n + 1), within binomial error', (t) => {
  const draws = 2000;
  for (const [leavers, stayers, coverage] of [
    [30, 90, 0.9],
    [12, 400, 0.9],
    [101, 250, 0.8],
  ] as const) {
    const random = createRandom(5).fork(`${leavers}`);
    const scoreOf = (label: number): number => {
      const raw = random.normal() + 1.2 * label;
      return 1 / (1 + Math.max(0, 4 - raw));
    };
    const labels = Uint8Array.from({ length: leavers + stayers }, (_, row) => (row < leavers ? 1 : 0));
    let churnCovered = 0;
    let stayCovered = 0;
    for (let draw = 0; draw < draws; draw++) {
      const conformal = fitConformal(labels, Float64Array.from(labels, scoreOf), coverage);
      if (likelyOutcomes(scoreOf(1), conformal).churn) churnCovered++;
      if (likelyOutcomes(scoreOf(0), conformal).stay) stayCovered++;
    }
    for (const [covered, count] of [
      [churnCovered, leavers],
      [stayCovered, stayers],
    ] as const) {
      const promised = 1 - Math.floor((count + 1) * (1 - coverage) + 1e-9) / (count + 1);
      assert.ok(promised >= coverage);
      const error = Math.sqrt((promised * (1 - promised)) / draws);
      t.diagnostic(`${count} rows: ${(covered / draws).toFixed(4)}, ${promised.toFixed(4)} promised`);
      assert.ok(Math.abs(covered / draws - promised) < 4 * error, `${covered / draws}, ${promised}`);
    }
  }
});

test('conformal: the known answer on telco, 90% of each outcome covered and two thirds sure', (t) => {
  const { labels, scores } = goldenTelco();
  const random = createRandom(6);
  const splits = 100;
  let churn = 0;
  let stay = 0;
  let sure = 0;
  let neither = 0;
  for (let split = 0; split < splits; split++) {
    const inFirst = labels.map(() => random.uint32() & 1);
    const part = (half: number): [Uint8Array, Float64Array] => [
      labels.filter((_, row) => inFirst[row] === half),
      scores.filter((_, row) => inFirst[row] === half),
    ];
    const measured = measureConformal(...part(1), fitConformal(...part(0), 0.9));
    churn += measured.coverage.churn!.value / splits;
    stay += measured.coverage.stay!.value / splits;
    sure += measured.sure.value / splits;
    neither += measured.neither;
  }
  t.diagnostic(`churn ${churn.toFixed(4)}, stay ${stay.toFixed(4)}, sure ${sure.toFixed(4)}`);
  // Of 930 leavers in a half the coverage varies by 0.014 from split to split, its mean over 100 by 0.0015.
  assert.ok(Math.abs(churn - 0.9) < 0.005 && Math.abs(stay - 0.9) < 0.004, `${churn} ${stay}`);
  assert.ok(Math.abs(sure - 0.669) < 0.015, `${sure}`);
  assert.equal(neither, 0);
});

test('conformal: how far coverage strays from one validation part to the next is a beta variable', () => {
  // Given the part, coverage of leavers is a Beta(n + 1 - m, m) variable: how often it falls below 0.87 is known.
  const below = incompleteBeta(281 - 28, 28, 0.87);
  const random = createRandom(7);
  let strayed = 0;
  for (let draw = 0; draw < 2000; draw++) {
    const scores = new Float64Array(281).map(() => random.uniform());
    const labels = Uint8Array.from(scores, (_, row) => (row < 280 ? 1 : 0));
    // Scores of leavers are uniform: coverage of a limit is 1 less it.
    if (1 - fitConformal(labels, scores, 0.9).churn < 0.87) strayed++;
  }
  assert.ok(Math.abs(strayed / 2000 - below) < 4 * Math.sqrt((below * (1 - below)) / 2000), `${strayed}`);
});
