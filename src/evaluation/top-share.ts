/**
 * Who is among the customers with the highest scores? Lift and gain at a share of the list.
 *
 * The first `percent` of the list are called, by weight. Where the cut falls inside a tie, or inside a row, that part of
 * it counts: what calling them by lot would give on average. So nothing depends on the order of tied rows, and the
 * numbers are those of the gain curve, read off at that share.
 */
import { defineMetric, type JudgedRow } from './definition.ts';
import { classTotals, type Sample, tieEnd } from './sample.ts';

/** The share of all leavers that is among the first `percent` of the list. O(rows called). */
export function reachedAt(sample: Sample, percent: number): number {
  const { churned, stayed } = classTotals(sample);
  const calls = ((churned + stayed) * percent) / 100;
  let called = 0;
  let found = 0;
  for (let start = 0; start < sample.rowCount && called < calls; ) {
    const end = tieEnd(sample, start);
    let here = 0;
    let foundHere = 0;
    for (let i = start; i < end; i++) {
      here += sample.counts[i]!;
      foundHere += sample.labels[i]! * sample.counts[i]!;
    }
    if (called + here > calls) foundHere *= (calls - called) / here;
    called += here;
    found += foundHere;
    start = end;
  }
  // Parts of rows may add up to a little more than all of them.
  return Math.min(1, found / churned);
}

const dependsOnChurn = {
  check: 'perfect',
  reason: 'a faultless list fits all leavers only when there are no more of them than calls',
};

/** Leavers among the first `percent`, times as many as calling at random finds. */
export function liftAt<const Percent extends number>(percent: Percent) {
  return defineMetric({
    id: `lift-at-${percent}`,
    title: `Lift at ${percent}%`,
    jsonKey: `liftAt${percent}` as `liftAt${Percent}`,
    about: `How many times as many leavers the ${percent}% with the highest scores hold as the same number drawn at random.`,
    higherIsBetter: true,
    best: 100 / percent,
    worst: 0,
    needs: 'scores',
    core: false,
    interval: { method: 'bootstrap' },
    skips: [dependsOnChurn],
    compute: (sample) => (reachedAt(sample, percent) * 100) / percent,
    textbook: (rows) => (reachedByLot(rows, percent) * 100) / percent,
  });
}

/** The share of all leavers among the first `percent`. */
export function gainAt<const Percent extends number>(percent: Percent) {
  return defineMetric({
    id: `gain-at-${percent}`,
    title: `Gain at ${percent}%`,
    jsonKey: `gainAt${percent}` as `gainAt${Percent}`,
    about: `The share of all leavers that is reached by calling the ${percent}% with the highest scores.`,
    higherIsBetter: true,
    best: 1,
    worst: 0,
    needs: 'scores',
    core: false,
    interval: { method: 'bootstrap' },
    skips: [dependsOnChurn],
    compute: (sample) => reachedAt(sample, percent),
    textbook: (rows) => reachedByLot(rows, percent),
  });
}

/** Each row is called with the probability that a lot among its ties gives it. */
function reachedByLot(rows: readonly JudgedRow[], percent: number): number {
  const calls = (rows.length * percent) / 100;
  const leavers = rows.filter(({ label }) => label === 1);
  const chances = leavers.map(({ score }) => {
    const above = rows.filter((other) => other.score > score).length;
    const tied = rows.filter((other) => other.score === score).length;
    return Math.max(0, Math.min(1, (calls - above) / tied));
  });
  return chances.reduce((sum, chance) => sum + chance, 0) / leavers.length;
}
