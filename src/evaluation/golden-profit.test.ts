import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, readGolden } from '../../golden/compare.ts';
import { createRandom } from '../base/random.ts';
import { bestCuts, expectedProfit } from './expected-profit.ts';
import { liftAt10 } from './metrics/lift-at-10.ts';
import { liftAt20 } from './metrics/lift-at-20.ts';
import { profitPoints } from './profit.ts';
import { profitAtThreshold } from './profit-at-threshold.ts';
import { prepareSample, type Sample } from './sample.ts';
import { type ProfitSection, profitSection } from './section.ts';
import { goldenTelco } from './testing/golden-telco.ts';
import { chooseThreshold } from './threshold.ts';

type Campaign = Record<'offer' | 'contact' | 'lifetimeValue' | 'alpha' | 'beta', number>;
interface Golden {
  cases: {
    name: string;
    labels: number[];
    scores: number[];
    campaign: Campaign;
    expectedProfit: number | null;
    contacted: number;
    integrated: number;
    profitOfBestCut: number;
    liftAt10: number | null;
    liftAt20: number | null;
  }[];
}

const golden = readGolden<Golden>('evaluation-profit');
const rounding = { absolute: 1e-12, reason: 'the same numbers added in another order' };
const promise = { absolute: 1e-5, reason: 'the promise; empulse itself integrates by a series' };

const sectionOf = ({ alpha, beta, ...money }: Campaign): ProfitSection =>
  profitSection.parse({ ...money, acceptance: { alpha, beta } });
const sampleOf = ({ labels, scores }: { labels: number[]; scores: number[] }, threshold = 0.5): Sample =>
  prepareSample(Uint8Array.from(labels), Float64Array.from(scores), threshold);

for (const one of golden.cases) {
  test(`expected profit: equals empulse and an integration, ${one.name}`, () => {
    const found = bestCuts(sampleOf(one), sectionOf(one.campaign));
    // empulse has no answer when the beta function overflows.
    if (one.expectedProfit !== null) assertClose(found.profit, one.expectedProfit, promise);
    assertClose(found.contacted, one.contacted, promise);
    assertClose(found.profit, one.integrated, {
      relative: 1e-5,
      reason: 'the midpoint rule over 200,000 shares of acceptance',
    });
  });

  test(`threshold by expected profit: earns what empulse finds at the best cut, ${one.name}`, () => {
    const profit = sectionOf(one.campaign);
    const labels = Uint8Array.from(one.labels);
    const scores = Float64Array.from(one.scores);
    const { value } = chooseThreshold(labels, scores, { by: 'expected-profit' }, null, { profit });
    assertClose(profitAtThreshold(profit).compute(sampleOf(one, value)), one.profitOfBestCut, rounding);
    const best = Math.max(...profitPoints(sampleOf(one), profit).map((point) => point.profit));
    assertClose(best, one.profitOfBestCut, rounding);
  });

  test(`lift: equals empulse where no scores are tied, ${one.name}`, () => {
    const sample = sampleOf(one);
    if (one.liftAt10 !== null) assertClose(liftAt10.compute(sample), one.liftAt10, rounding);
    if (one.liftAt20 !== null) assertClose(liftAt20.compute(sample), one.liftAt20, rounding);
  });
}

test('expected profit: the known answers on telco, 10.3 with a model, 6.9 without, 14.9 without a fault', () => {
  const { labels, scores, answers } = goldenTelco();
  const profit = sectionOf(answers.campaign);
  const { compute } = expectedProfit(profit);
  const found = bestCuts(prepareSample(labels, scores, 0.5), profit);
  assertClose(found.profit, answers.expectedProfit, promise);
  assertClose(found.contacted, answers.contacted, promise);
  assertClose(found.profit, 10.25, { absolute: 0.03, reason: 'boosting of other settings and folds' });
  assertClose(found.contacted, 0.509, { absolute: 0.01, reason: 'boosting of other settings and folds' });

  const alike = prepareSample(labels, new Float64Array(labels.length).fill(0.5), 0.5);
  assertClose(compute(alike), answers.ofScoresAlike, promise);
  const faultless = prepareSample(labels, Float64Array.from(labels), 0.5);
  assertClose(compute(faultless), answers.ofFaultlessScores, promise);
  assertClose(
    profitAtThreshold(profit).compute({ ...alike, selected: labels.length }),
    answers.ofCallingAll,
    rounding,
  );
  const random = createRandom(1);
  const drawn = prepareSample(
    labels,
    scores.map(() => random.uniform()),
    0.5,
  );
  assertClose(compute(drawn), 6.92, { absolute: 0.03, reason: 'other random scores' });
  assert.ok(compute(drawn) >= compute(alike), 'a ranking can be passed over');
});
