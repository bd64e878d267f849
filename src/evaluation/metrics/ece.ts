/**
 * ECE (expected calibration error): how far the churn probabilities lie from the churn rates that came true.
 *
 * ECE = mean over ten bins of equal mass of |mean score - churn rate|, weighted by rows. In [0, 1]; 0 is faultless.
 * Bins and ties: `calibration.ts`. Missing scores are refused when the sample is prepared. Cost: O(rows).
 *
 * The value is the plain one that everybody computes, and chance alone lifts it: about 0.03 at 1,000 customers and
 * a churn rate of a quarter, for a perfectly calibrated model. So the interval is about something else than the
 * value: it is where the calibration error of endless data may lie, with that lift taken out, and it is stretched
 * where needed to hold the value. Low 0 means: not told apart from perfect calibration. (Percentiles of a bootstrap
 * would lie above the truth in nearly every case.)
 *
 * Naeini, Cooper and Hauskrecht (2015); Roelofs et al. (2022) on equal mass and bias.
 */
import { calibrationError, equalMassBins } from '../calibration.ts';
import { trueCalibrationError } from '../calibration-interval.ts';
import { defineMetric } from '../definition.ts';

export const ece = defineMetric({
  id: 'ece',
  title: 'ECE',
  jsonKey: 'ece',
  about: 'How far the churn probabilities lie from the churn rates that came true; 0 is faultless.',
  higherIsBetter: false,
  best: 0,
  worst: 1,
  needs: 'scores',
  core: true,
  interval: {
    method: 'noise-inversion',
    intervalOf: (sample, random) => trueCalibrationError(equalMassBins(sample), random),
  },

  compute: (sample) => calibrationError(equalMassBins(sample)),

  textbook(rows) {
    const inBin: { label: number; score: number }[][] = Array.from({ length: 10 }, () => []);
    for (const row of rows) {
      const below = rows.filter((other) => other.score < row.score).length;
      const tied = rows.filter((other) => other.score === row.score).length;
      inBin[Math.floor((10 * (below + tied / 2)) / rows.length)]!.push(row);
    }
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    return inBin
      .filter((bin) => bin.length > 0)
      .map((bin) => {
        const gap = mean(bin.map((row) => row.score)) - mean(bin.map((row) => row.label));
        return (bin.length / rows.length) * Math.abs(gap);
      })
      .reduce((sum, part) => sum + part, 0);
  },
});
