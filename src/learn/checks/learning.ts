/** A model learns what is there and nothing that is not. */
import { churnedCount, type Dataset } from '../../table/dataset.ts';
import { score } from '../fit.ts';
import { claim } from './claim.ts';
import type { Check, Subject } from './subject.ts';

export const learningChecks: readonly Check[] = [
  {
    id: 'beats-prior',
    title: 'on separable data it beats the churn rate by far, on rows it has not seen',
    role: 'classifier',
    async run(subject) {
      const training = subject.data({ labels: 'separable', rows: 240 });
      const fresh = subject.data({ labels: 'separable', rows: 240, seed: 2 });
      const scores = await scoresOfFresh(subject, training, fresh);
      const rate = churnedCount(training.labels) / training.labels.length;
      const prior = brierScore(new Float64Array(scores.length).fill(rate), fresh.labels);
      const own = brierScore(scores, fresh.labels);
      claim(own < 0.6 * prior, `its Brier score is ${own}, below 0.6 x ${prior} of the churn rate is due`);
      const rank = rankedRight(scores, fresh.labels);
      claim(rank > 0.9, `it ranks ${rank} of the pairs right, above 0.9 is due`);
    },
  },
  {
    id: 'finds-nothing-in-noise',
    title: 'on noise it says about the churn rate and ranks by luck',
    role: 'classifier',
    async run(subject) {
      const training = subject.data({ labels: 'noise', rows: 240 });
      const fresh = subject.data({ labels: 'noise', rows: 600, seed: 2 });
      const scores = await scoresOfFresh(subject, training, fresh);
      const rate = churnedCount(training.labels) / training.labels.length;
      const mean = scores.reduce((sum, value) => sum + value, 0) / scores.length;
      claim(Math.abs(mean - rate) < 0.1, `its mean score is ${mean}, about the churn rate ${rate} is due`);
      // The standard error of the share of pairs is 0.024 here: four of them.
      const rank = rankedRight(scores, fresh.labels);
      claim(Math.abs(rank - 0.5) < 0.1, `it ranks ${rank} of the pairs right, about 0.5 is due`);
    },
  },
];

async function scoresOfFresh(subject: Subject, training: Dataset, fresh: Dataset): Promise<Float64Array> {
  const fitted = await subject.fit(training);
  claim(fitted.role === 'classifier', 'fitClassifier gives a fitted classifier');
  return score(fitted, fresh.table, subject.catalogue);
}

/** Mean squared distance of score and outcome. */
const brierScore = (scores: Float64Array, labels: Uint8Array): number =>
  scores.reduce((sum, value, row) => sum + (value - labels[row]!) * (value - labels[row]!), 0) /
  scores.length;

/** The share of pairs of a leaver and a stayer in which the leaver has the higher score; ties count half. O(rows^2). */
function rankedRight(scores: Float64Array, labels: Uint8Array): number {
  let right = 0;
  let pairs = 0;
  for (const [i, leaver] of scores.entries()) {
    if (labels[i] === 0) continue;
    for (const [j, stayer] of scores.entries()) {
      if (labels[j] === 1) continue;
      pairs++;
      right += leaver > stayer ? 1 : leaver === stayer ? 0.5 : 0;
    }
  }
  return right / pairs;
}
